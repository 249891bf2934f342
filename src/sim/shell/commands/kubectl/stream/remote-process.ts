/**
 * Connects kubectl's own terminal or files with a process in a container, for exec and attach: raw mode, sizes, end of
 * input, and how it ended (kubectl pkg/cmd/exec, client-go remotecommand, v0.37).
 */
import { WaitQueue } from '../../../../engine/wait-queue.ts';
import type { Streams, StreamResult } from '../../../../kube/apiserver/kubelet-client.ts';
import { LogFile } from '../../../../kube/cri/container-log.ts';
import { isErrno } from '../../../../linux/errno.ts';
import { isAgain } from '../../../../linux/fs/open-file.ts';
import type { OpenFile } from '../../../../linux/fs/open-file.ts';
import type { Blocking, ProcessContext } from '../../../../linux/process/process-context.ts';
import { Tty, TtyFile } from '../../../../linux/tty/pty.ts';
import type { TtyModes } from '../../../../linux/tty/pty.ts';
import type { Status } from '../../../../kube/api/status.ts';

export interface RemoteOptions {
  readonly stdin: boolean;
  readonly tty: boolean;
  /** Joins a running process: input goes to its own terminal, whose size is changed and changed back. */
  readonly attach: boolean;
  /** The terminal of the process that is joined. */
  readonly joined?: Tty | undefined;
}

const RAW: TtyModes = { canonical: false, echo: false, signals: false, outputNewlines: false };
/** Virtual milliseconds until the first message about the terminal's size has arrived. */
const FIRST_SIZE = 70;

/** Whether standard input is a terminal. */
export function inputTerminal(context: ProcessContext): Tty | undefined {
  return context.process.files.get(0)?.tty ?? undefined;
}

/**
 * Starts with `begin` and copies until it has ended.
 * @returns how it ended, or why it could not begin
 */
export function* runRemote(
  context: ProcessContext,
  options: RemoteOptions,
  begin: (streams: Streams) => Status | undefined,
): Blocking<StreamResult | Status> {
  const ended = new WaitQueue();
  let result: StreamResult | undefined;
  const pipe = options.stdin && (!options.tty || options.attach) ? context.pipe() : undefined;
  pipe?.writer.retain();
  pipe?.reader.retain();
  const write =
    (fd: number) =>
    (text: string): void => {
      if (context.process.state !== 'zombie' && context.process.state !== 'dead') context.write(fd, text);
    };
  const behind = (fd: number) => () => context.process.files.get(fd);
  const local = options.tty ? inputTerminal(context) : undefined;
  const remote = options.tty ? new Tty({ name: 'pts/0', rows: 0, columns: 0, onOutput: write(1), outlet: behind(1) }) : undefined;
  if (remote !== undefined && options.attach) remote.setModes(RAW);
  const [output, errors] = [context.kernel.nextFileInode(), context.kernel.nextFileInode()];
  const terminal = remote === undefined ? undefined : new TtyFile(remote);
  const refused = begin({
    stdin: pipe?.reader ?? (options.stdin ? terminal : undefined),
    stdout: terminal ?? new LogFile(output, write(1), behind(1)),
    stderr: terminal ?? new LogFile(errors, write(2), behind(2)),
    tty: remote,
    done: (how) => {
      result = how;
      ended.notify();
    },
  });
  if (refused !== undefined) return refused;
  const before = local?.modes;
  local?.setModes(RAW);
  const target = options.attach ? options.joined : remote;
  const resize = (): void => {
    if (local !== undefined) target?.resize(local.rows, local.columns);
  };
  if (options.tty) context.handle('SIGWINCH', resize);
  if (local !== undefined && target !== undefined) {
    if (options.attach) target.resize(local.rows + 1, local.columns + 1);
    context.simulation.after(FIRST_SIZE, resize);
  }
  let input: OpenFile | undefined = options.stdin ? context.process.files.get(0) : undefined;
  try {
    for (;;) {
      if (result !== undefined) return result;
      if (input !== undefined) {
        const text = input.read({ max: 65_536 });
        if (isErrno(text) || text === '') {
          input = undefined;
          pipe?.writer.release();
          continue;
        }
        if (!isAgain(text)) {
          if (pipe !== undefined) pipe.writer.write(text);
          else remote?.input(text);
          continue;
        }
      }
      yield* context.waitFor(input === undefined ? [ended] : [ended, input.readable]);
    }
  } finally {
    if (before !== undefined) local?.setModes(before);
    if (options.tty) context.handle('SIGWINCH', 'default');
    if (input !== undefined) pipe?.writer.release();
  }
}
