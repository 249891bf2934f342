/** BusyBox 1.37 ash under the name sh. */
import { shellProgram } from '../../interpreter/shell-program.ts';
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'sh',
  suite: 'busybox',
  summary: { zh: '容器里的命令解释器（BusyBox ash）', en: 'The shell of containers (BusyBox ash)' },
  options: ['-c', '-e', '-x', '-u', '-i', '-s'],
  run: shellProgram('ash'),
};
