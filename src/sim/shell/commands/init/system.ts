/** The first process of a machine: adopts and reaps orphans. */
import { reapForever } from '../../../linux/process/reaper.ts';
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'init',
  suite: 'system',
  summary: { zh: '节点的 1 号进程', en: 'PID 1 of a node' },
  run: reapForever,
};
