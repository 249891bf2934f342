/** BusyBox 1.37 ash under its own name. */
import { shellProgram } from '../../interpreter/shell-program.ts';
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'ash',
  suite: 'busybox',
  summary: { zh: 'BusyBox 的命令解释器，与 sh 相同', en: "BusyBox' shell, the same as sh" },
  options: ['-c', '-e', '-x', '-u', '-i', '-s'],
  run: shellProgram('ash'),
};
