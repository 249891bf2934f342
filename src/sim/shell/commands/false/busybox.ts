/** false of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { endWith } from '../true/true.ts';

export const command: Command = {
  name: 'false',
  suite: 'busybox',
  summary: { zh: '什么也不做，失败', en: 'Does nothing, unsuccessfully' },
  run: (context) => endWith(context, 1),
};
