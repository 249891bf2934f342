/** kubectl attach: connects streams to the first process of a running container (containerd: internal/cri/server/container_attach.go). */
import { isAgain } from '../../linux/fs/open-file.ts';
import { isErrno } from '../../linux/errno.ts';
import type { Process } from '../../linux/process/process.ts';
import type { Container } from './container.ts';
import type { ExecRequest } from './runtime.ts';

/**
 * Copies what the container writes from now on, and what the caller types, until the container ends.
 * @param whenEnded calls its second argument after the process has ended
 */
export function attachTo(container: Container, request: Omit<ExecRequest, 'argv'>, whenEnded: (process: Process, done: () => void) => void): void {
  const { process } = container;
  if (!process) return;
  let seen = container.log.entries.length;
  const unsubscribe = container.log.subscribe(() => {
    for (const entry of container.log.entries.slice(seen)) {
      if (request.tty) request.tty.output(entry.text);
      else (entry.stream === 'stdout' ? request.stdout : request.stderr).write(entry.text);
    }
    seen = container.log.entries.length;
  });
  const { stdin } = request;
  let open = true;
  const pump = (): void => {
    if (!stdin || !open) return;
    for (;;) {
      const text = stdin.read({ max: 65_536 });
      if (isAgain(text)) {
        stdin.readable.add(pump);
        return;
      }
      if (isErrno(text)) return;
      if (text === '') {
        if (container.config.stdinOnce) {
          container.stdin?.release();
          container.stdin = undefined;
        }
        return;
      }
      if (container.tty) container.tty.input(text);
      else container.stdin?.write(text);
    }
  };
  pump();
  whenEnded(process, () => {
    open = false;
    unsubscribe();
    const exit = process.exit;
    request.done({ exitCode: exit?.kind === 'exited' ? exit.code : 137 });
  });
}
