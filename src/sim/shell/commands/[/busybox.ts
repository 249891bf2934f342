/** [ of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { test } from '../echo/echo.ts';

export const command: Command = {
  name: '[',
  suite: 'busybox',
  summary: { zh: '判断条件', en: 'Evaluates a condition' },
  run: (context) => test(context, 'busybox'),
};
