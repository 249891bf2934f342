/** `kubectl attach` (kubectl pkg/cmd/attach/attach.go, v0.37). */
import type { Pod } from '../../../kube/api/types-pod.ts';
import type { PodRequest } from '../../../kube/apiserver/pod-streams.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { FILE_FLAGS } from './common-flags.ts';
import { Failure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { chosenContainer } from './request/containers.ts';
import { objectNamed, podOf } from './request/pod-of.ts';
import type { NamedObject } from './request/pod-of.ts';
import type { Session } from './session.ts';
import { inputTerminal, runRemote } from './stream/remote-process.ts';
import type { Verb } from './verb.ts';

export const attach: Verb = {
  name: 'attach',
  group: 'Troubleshooting and Debugging Commands:',
  short: 'Attach to a running container',
  long: 'Attach to a process that is already running inside an existing container.',
  usage: '(POD | TYPE/NAME) -c CONTAINER',
  flags: [...FILE_FLAGS, ...flagsOf('c|container=', 'pod-running-timeout~1m', 'detach-keys=', 'q|quiet!', 'i|stdin!', 't|tty!')],
  *run(session, input) {
    const { args, flags } = input;
    const [first, second] = args;
    if (first === undefined) throw new Failure('at least 1 argument is required for attach');
    if (args.length > 2)
      throw new Failure(`expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${String(args.length)}: [${args.join(' ')}]`);
    const named: NamedObject = yield* objectNamed(session, second === undefined ? first : `${first}/${second}`);
    const { pod } = yield* podOf(session, named, 'running');
    const phase = pod.status.phase ?? '';
    if (phase === 'Succeeded' || phase === 'Failed') throw new Failure(`cannot attach a container in a completed pod; current phase is ${phase}`);
    yield* attachTo(session, {
      pod,
      container: flags.text('container'),
      stdin: flags.bool('stdin'),
      tty: flags.bool('tty'),
      quiet: flags.bool('quiet'),
    });
    return 0;
  },
};

export interface AttachOrder {
  readonly pod: Pod;
  /** Empty: the default one. */
  readonly container: string;
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly quiet: boolean;
}

/** The container to attach to. Errors: there is none of that name */
function attachable(session: Session, pod: Pod, wanted: string): string {
  try {
    return chosenContainer(session, pod, wanted);
  } catch (failure) {
    throw failure instanceof Failure && /^container /.test(failure.message)
      ? new Failure(`cannot attach to the container: ${failure.message}`)
      : failure;
  }
}

/** Joins a container's first process until it ends. */
export function* attachTo(session: Session, order: AttachOrder): Blocking<void> {
  const { pod, stdin, quiet } = order;
  const container = attachable(session, pod, order.container);
  const own = [...pod.spec.containers, ...(pod.spec.ephemeralContainers ?? []), ...(pod.spec.initContainers ?? [])].find(
    (each) => each.name === container,
  );
  const hasTty = own?.tty === true;
  if (order.tty && !hasTty && !quiet) session.err(`error: Unable to use a TTY - container ${container} did not allocate one\n`);
  const terminal = inputTerminal(session.context);
  if (hasTty && stdin && terminal === undefined && !quiet) session.err('Unable to use a TTY - input is not a terminal or the right kind of file\n');
  const raw = hasTty && stdin && terminal !== undefined;
  if (!quiet) {
    session.err(
      'All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\n',
    );
    session.err("If you don't see a command prompt, try pressing enter.\n");
  }
  const cluster = yield* session.cluster();
  yield* session.context.sleep(8);
  const namespace = pod.metadata.namespace ?? '';
  const request: PodRequest = { namespace, pod: pod.metadata.name, container };
  const joined = cluster.findContainer(`${namespace}/${pod.metadata.name}/${container}`)?.container.tty;
  const result = yield* runRemote(session.context, { stdin, tty: raw, attach: true, joined }, (ends) => cluster.streams.attach(request, ends));
  if (!('exitCode' in result)) {
    throw new Failure(`unable to upgrade connection: ${result.message}`);
  }
  if (quiet || !raw) return;
  const ephemeral = (pod.spec.ephemeralContainers ?? []).some((each) => each.name === container);
  const resume = `kubectl attach ${pod.metadata.name} -c ${container} -n ${namespace} -i -t`;
  session.out(
    ephemeral
      ? `Session ended, the ephemeral container will not be restarted but may be reattached using '${resume}' if it is still running\n`
      : `Session ended, resume using '${resume}' command\n`,
  );
}
