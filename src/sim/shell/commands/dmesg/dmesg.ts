/** dmesg in both families: the kernel's messages are not modelled, so its ring buffer is empty; who may read it is. */
import { capable } from '../../../linux/process/credentials.ts';
import { defineTool } from '../../tool/tool.ts';

export const dmesg = defineTool({
  name: 'dmesg',
  suite: 'util-linux',
  summary: { zh: '显示内核消息', en: 'Print the kernel’s messages' },
  usage: 'dmesg [-cr] [-n LEVEL] [-s SIZE]',
  gnuUsage: 'dmesg [options]',
  version: 'dmesg from util-linux 2.38.1',
  busybox: { short: 'cn:rs:' },
  gnu: {
    short: 'CcDdEeF:f:HhJkL::l:n:PprSs:TtuVWwx',
    long: {
      clear: 'none',
      follow: 'none',
      ctime: 'none',
      level: 'required',
      facility: 'required',
      human: 'none',
      json: 'none',
      kernel: 'none',
      raw: 'none',
    },
  },
  // eslint-disable-next-line require-yield -- nothing here can block
  *run(call) {
    const { credentials, kernel } = call.context.process;
    if (!capable(credentials, 'CAP_SYSLOG', kernel.initial.user))
      return call.complain(call.busybox ? 'klogctl: Operation not permitted' : 'read kernel buffer failed: Operation not permitted');
    return 0;
  },
});
