/** domainname, nisdomainname and ypdomainname of Debian's hostname 3.23: the NIS domain, which no machine here has. */
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'domainname',
  suite: 'hostname',
  summary: { zh: '显示 NIS 域名', en: 'Show the NIS domain' },
  // eslint-disable-next-line require-yield -- it asks the kernel and prints
  *run(context) {
    const name = (context.argv[0] ?? '').split('/').at(-1) ?? 'domainname';
    if (context.args.length > 0) return 0;
    if (name === 'domainname') {
      context.out('(none)\n');
      return 0;
    }
    context.out(`${name}: Local domain name not set\n`);
    return 1;
  },
};
