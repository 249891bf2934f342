/** `kubectl exec` (kubectl pkg/cmd/exec/exec.go, v0.37). */
import type { Pod } from '../../../kube/api/types-pod.ts';
import type { PodRequest } from '../../../kube/apiserver/pod-streams.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { FILE_FLAGS } from './common-flags.ts';
import { Failure, usageFailure, plainFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { chosenContainer } from './request/containers.ts';
import { objectNamed, podOf } from './request/pod-of.ts';
import type { Session } from './session.ts';
import { inputTerminal, runRemote } from './stream/remote-process.ts';
import type { Verb } from './verb.ts';

export const exec: Verb = {
  name: 'exec',
  group: 'Troubleshooting and Debugging Commands:',
  short: 'Execute a command in a container',
  usage: '(POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]',
  flags: [...FILE_FLAGS, ...flagsOf('c|container=', 'pod-running-timeout~1m', 'q|quiet!', 'i|stdin!', 't|tty!')],
  *run(session, input) {
    const { args, dash, flags } = input;
    if (dash === undefined && args.length > 1)
      throw usageFailure(input.path, 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead');
    if (dash !== undefined && dash > 1)
      throw usageFailure(input.path, 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead');
    const name = dash === 0 ? undefined : args[0];
    const command = dash === undefined ? [] : args.slice(dash);
    if (name === undefined) throw new Failure('pod, type/name or --filename must be specified');
    if (command.length === 0) throw new Failure('you must specify at least one command for the container');
    const named = yield* objectNamed(session, name);
    const { pod } = yield* podOf(session, named, 'running');
    const phase = pod.status.phase ?? '';
    if (phase === 'Succeeded' || phase === 'Failed') throw new Failure(`cannot exec into a container in a completed pod; current phase is ${phase}`);
    const container = chosenContainer(session, pod, flags.text('container'));
    return yield* execIn(session, { pod, container, command, stdin: flags.bool('stdin'), tty: wantsTty(session) });
  },
};

/** Whether -t counts: it needs -i and a terminal. */
export function wantsTty(session: Session): boolean {
  const { flags } = session;
  if (!flags.bool('tty') || !flags.bool('stdin')) return false;
  if (inputTerminal(session.context) !== undefined) return true;
  if (!flags.bool('quiet')) session.err('Unable to use a TTY - input is not a terminal or the right kind of file\n');
  return false;
}

export interface ExecOrder {
  readonly pod: Pod;
  readonly container: string;
  readonly command: readonly string[];
  readonly stdin: boolean;
  readonly tty: boolean;
}

/** Runs a command in a container. @returns 0; another exit code is a Failure with that code */
export function* execIn(session: Session, order: ExecOrder): Blocking<number> {
  const { pod, container, command, stdin, tty } = order;
  const { streams } = yield* session.cluster();
  yield* session.context.sleep(8);
  const request: PodRequest = { namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name, container };
  const result = yield* runRemote(session.context, { stdin, tty, attach: false }, (ends) => streams.exec(request, command, ends));
  if ('exitCode' in result) {
    if (result.exitCode === 0) return 0;
    throw plainFailure(`command terminated with exit code ${String(result.exitCode)}`, result.exitCode);
  }
  if (result.kind === 'Status') throw new Failure(`unable to upgrade connection: ${result.message}`);
  throw new Failure(`Internal error occurred: Internal error occurred: error executing command in container: ${result.message}`);
}
