/** What the exercise's checks may see of the running world, read from its objects and traces. */
import type { PodFacts, WorldView } from '../exercise/world-view.ts';
import { podTrouble } from './pod-trouble.ts';
import { podStatusText } from '../sim/kube/apiserver/printers/pod.ts';
import type { Process } from '../sim/linux/process/process.ts';
import type { NamespaceSet } from '../sim/linux/namespace/namespaces.ts';
import type { World } from '../sim/shell/world.ts';

export interface StartedProgram {
  readonly at: string;
  readonly program: string;
  readonly process: Process | undefined;
}

type Inodes = Readonly<Record<'net' | 'pid' | 'ipc', number>>;

const inodes = (namespaces: NamespaceSet): Inodes => ({ net: namespaces.net.inode, pid: namespaces.pid.inode, ipc: namespaces.ipc.inode });

export function worldFacts(
  world: World,
  started: readonly StartedProgram[],
  history: readonly { readonly at: string; readonly line: string }[],
): WorldView {
  const { cluster } = world;
  return {
    pods: podFacts(world),
    nodes: Object.fromEntries(
      cluster.nodes.flatMap((name) => {
        const machine = cluster.machines.get(name);
        return machine ? [[name, inodes(machine.kernel.initial)]] : [];
      }),
    ),
    started: started.map(({ at, program, process }) => ({ at, program, running: process !== undefined && process.exit === undefined })),
    history,
    answered: cluster.traces.list().flatMap(({ flow, hops }) => {
      const target = /> ([\d.]+):(\d+)$/.exec(flow);
      const reached = hops.some((hop) => hop.kind === 'delivered') && !hops.some((hop) => hop.kind === 'dropped');
      return target && reached && hops[0] ? [{ from: hops[0].host, address: target[1] ?? '', port: Number(target[2]) }] : [];
    }),
  };
}

/** What is seen of the Pods that are not the system's own. */
export function podFacts({ cluster }: World): readonly PodFacts[] {
  const pods = cluster.apiServer.storage.sorted('pods').filter((pod) => pod.metadata.namespace !== 'kube-system');
  return pods.map((pod): PodFacts => {
    const { name, namespace = 'default' } = pod.metadata;
    const container = pod.spec.containers[0] && cluster.findContainer(`${namespace}/${name}/${pod.spec.containers[0].name}`);
    const trouble = podTrouble(pod);
    return {
      namespace,
      name,
      node: pod.spec.nodeName,
      ready: pod.status.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false,
      status: podStatusText(pod),
      ip: pod.status.podIP,
      ...(trouble === undefined ? {} : { trouble }),
      namespaces: container?.container.namespaces && inodes(container.container.namespaces),
    };
  });
}
