/** stub */
import type { Running } from '../../linux/process/wait.ts';
import type { Shell } from './shell.ts';
export function* runInteractive(shell: Shell, options: { readonly login: boolean }): Running {
  yield* [];
  void options;
  return shell.lastStatus;
}
