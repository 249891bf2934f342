/** echo of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { echo } from './echo.ts';

export const command: Command = {
  name: 'echo',
  suite: 'busybox',
  summary: { zh: '输出一行文字', en: 'Prints a line of text' },
  run: echo,
};
