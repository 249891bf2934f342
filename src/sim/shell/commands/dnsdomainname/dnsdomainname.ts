/** dnsdomainname in both families: what is behind the first dot of the full host name. */
import { isResolveFailure } from '../../../linux/net/resolver.ts';
import { fullName, lookupFailure } from '../hostname/host-name.ts';
import { defineTool } from '../../tool/tool.ts';

export const dnsdomainname = defineTool({
  name: 'dnsdomainname',
  suite: 'hostname',
  summary: { zh: '显示 DNS 域名', en: 'Show the DNS domain name' },
  usage: 'dnsdomainname',
  busybox: { short: '' },
  gnu: { short: '' },
  *run(call) {
    const { hostname } = call.context.process.namespaces.uts;
    const full = yield* fullName(call.context, hostname, call.busybox ? 'musl' : 'glibc');
    if (isResolveFailure(full)) {
      return call.complain(
        call.busybox
          ? `${hostname}: ${lookupFailure(full)}`
          : full.code === 'EAI_AGAIN'
            ? 'Temporary failure in name resolution'
            : 'Name or service not known',
      );
    }
    const dot = full.indexOf('.');
    if (dot >= 0) call.out(`${full.slice(dot + 1)}\n`);
    return 0;
  },
});
