/** test of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { test } from '../echo/echo.ts';

export const command: Command = {
  name: 'test',
  suite: 'coreutils',
  summary: { zh: '判断条件', en: 'Evaluates a condition' },
  run: (context) => test(context, 'gnu'),
};
