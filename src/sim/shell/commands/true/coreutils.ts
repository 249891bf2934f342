/** true of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { endWith } from '../true/true.ts';

export const command: Command = {
  name: 'true',
  suite: 'coreutils',
  summary: { zh: '什么也不做，成功', en: 'Does nothing, successfully' },
  run: (context) => endWith(context, 0),
};
