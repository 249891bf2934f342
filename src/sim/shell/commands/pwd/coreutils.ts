/** pwd of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { pwd } from '../echo/echo.ts';

export const command: Command = {
  name: 'pwd',
  suite: 'coreutils',
  summary: { zh: '显示当前目录', en: 'Prints the working directory' },
  run: pwd,
};
