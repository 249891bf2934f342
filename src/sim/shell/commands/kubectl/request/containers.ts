/** Which container of a Pod is meant (kubectl pkg/cmd/util/podcmd, v0.37). */
import type { Pod } from '../../../../kube/api/types-pod.ts';
import { Failure } from '../failure.ts';
import type { Session } from '../session.ts';

const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

/** `main, side, setup (init), dbg (ephem)` */
export function containerNames(pod: Pod): string {
  const { containers, initContainers = [], ephemeralContainers = [] } = pod.spec;
  return [
    ...containers.map((each) => each.name),
    ...ephemeralContainers.map((each) => `${each.name} (ephem)`),
    ...initContainers.map((each) => `${each.name} (init)`),
  ].join(', ');
}

/** Whether the Pod has a container of that name, of whatever sort. */
export function hasContainer(pod: Pod, name: string): boolean {
  const { containers, initContainers = [], ephemeralContainers = [] } = pod.spec;
  return [...containers, ...initContainers, ...ephemeralContainers].some((each) => each.name === name);
}

/** The named container, else the default one, which is told when there is a choice. Errors: no such container */
export function chosenContainer(session: Session, pod: Pod, name: string): string {
  const quiet = session.flags.bool('quiet');
  if (name !== '') {
    if (!hasContainer(pod, name)) throw new Failure(`container ${name} is not valid for pod ${pod.metadata.name} out of: ${containerNames(pod)}`);
    return name;
  }
  const annotated = pod.metadata.annotations?.[DEFAULT_CONTAINER] ?? '';
  if (annotated !== '') {
    if (hasContainer(pod, annotated)) return annotated;
    session.err(`Default container name "${annotated}" not found in pod ${pod.metadata.name}\n`);
  }
  const [first] = pod.spec.containers;
  if (first === undefined) throw new Failure(`no container found in pod ${pod.metadata.name}`);
  const { initContainers = [], ephemeralContainers = [] } = pod.spec;
  const several = pod.spec.containers.length > 1 || initContainers.length > 0 || ephemeralContainers.length > 0;
  if (several && !quiet) session.err(`Defaulted container "${first.name}" out of: ${containerNames(pod)}\n`);
  return first.name;
}
