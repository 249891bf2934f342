/** printf of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { printf } from '../echo/echo.ts';

export const command: Command = {
  name: 'printf',
  suite: 'busybox',
  summary: { zh: '按格式输出', en: 'Prints formatted text' },
  run: (context) => printf(context, 'busybox'),
};
