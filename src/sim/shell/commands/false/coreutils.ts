/** false of GNU coreutils 9.1. */
import type { Command } from '../../command.ts';
import { endWith } from '../true/true.ts';

export const command: Command = {
  name: 'false',
  suite: 'coreutils',
  summary: { zh: '什么也不做，失败', en: 'Does nothing, unsuccessfully' },
  run: (context) => endWith(context, 1),
};
