/** dash 0.5.12, Debian's /bin/sh. */
import { shellProgram } from '../../interpreter/shell-program.ts';
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'sh',
  suite: 'system',
  summary: { zh: 'Debian 的 /bin/sh（dash）', en: "Debian's /bin/sh (dash)" },
  options: ['-c', '-e', '-x', '-u', '-i', '-s'],
  run: shellProgram('dash'),
};
