/** GNU bash 5.2, the shell of nodes. */
import { shellProgram } from '../../interpreter/shell-program.ts';
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'bash',
  suite: 'bash',
  summary: { zh: '节点上的命令解释器', en: 'The shell of nodes' },
  options: ['-c', '-e', '-x', '-u', '-i', '-l', '-s', '--login', '--norc', '--version'],
  run: shellProgram('bash'),
};
