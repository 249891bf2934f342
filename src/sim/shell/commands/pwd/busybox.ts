/** pwd of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { pwd } from '../echo/echo.ts';

export const command: Command = {
  name: 'pwd',
  suite: 'busybox',
  summary: { zh: '显示当前目录', en: 'Prints the working directory' },
  run: pwd,
};
