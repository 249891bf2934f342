/** uptime in both families. */
import { uptime as upSeconds } from '../../../linux/fs/proc/machine-files.ts';
import { uptimeLine } from '../../process-table/load.ts';
import { defineTool } from '../../tool/tool.ts';

/** `up 1 hour, 22 minutes` */
function pretty(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const parts = (
    [
      ['day', Math.floor(minutes / 1440)],
      ['hour', Math.floor(minutes / 60) % 24],
      ['minute', minutes % 60],
    ] as const
  ).filter(([, count]) => count > 0);
  return `up ${(parts.length > 0 ? parts : [['minute', 0] as const]).map(([unit, count]) => `${count} ${unit}${count === 1 ? '' : 's'}`).join(', ')}`;
}

export const uptime = defineTool({
  name: 'uptime',
  suite: 'procps',
  summary: { zh: '显示运行时间与负载', en: 'Show how long the machine has been up' },
  usage: 'uptime',
  gnuUsage: 'uptime [options]',
  version: 'uptime from procps-ng 4.0.2',
  busybox: { short: '' },
  gnu: { short: 'phsV', long: { pretty: 'none', help: 'none', since: 'none', version: 'none' } },
  *run(call) {
    const { context } = call;
    if (call.has('V') && !call.busybox) {
      call.out('uptime from procps-ng 4.0.2\n');
      return 0;
    }
    if (call.has('h') && !call.busybox) {
      call.out('\nUsage:\n uptime [options]\n');
      return 0;
    }
    if (call.has('p', 'pretty')) call.out(`${pretty(upSeconds(context.kernel))}\n`);
    else if (call.has('s', 'since'))
      call.out(`${new Date(context.simulation.wallClock - upSeconds(context.kernel) * 1000).toISOString().slice(0, 19).replace('T', ' ')}\n`);
    else call.out(` ${yield* uptimeLine(context, call.busybox ? '0 users' : '0 user')}\n`);
    return 0;
  },
});
