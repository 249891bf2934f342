/** dnsdomainname in both families: what is behind the first dot of the full host name. */
import { canonicalName } from '../hostname/host-name.ts';
import { defineTool } from '../../tool/tool.ts';

export const dnsdomainname = defineTool({
  name: 'dnsdomainname',
  suite: 'hostname',
  summary: { zh: '显示 DNS 域名', en: 'Show the DNS domain name' },
  usage: 'dnsdomainname',
  busybox: { short: '' },
  gnu: { short: '' },
  *run(call) {
    const full = yield* canonicalName(call.context, call.context.process.namespaces.uts.hostname);
    const dot = full.indexOf('.');
    if (dot >= 0) call.out(`${full.slice(dot + 1)}\n`);
    return 0;
  },
});
