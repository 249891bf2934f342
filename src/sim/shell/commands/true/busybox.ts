/** true of BusyBox 1.37. */
import type { Command } from '../../command.ts';
import { endWith } from '../true/true.ts';

export const command: Command = {
  name: 'true',
  suite: 'busybox',
  summary: { zh: '什么也不做，成功', en: 'Does nothing, successfully' },
  run: (context) => endWith(context, 0),
};
