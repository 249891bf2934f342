/** hostname of Debian's package hostname 3.23. */
import { isErrno } from '../../../linux/errno.ts';
import { isResolveFailure, resolve } from '../../../linux/net/resolver.ts';
import { isLoopback } from '../../../linux/net/address.ts';
import { has, parseOptions, valueOf } from '../../options/parse-options.ts';
import type { Command } from '../../command.ts';
import { fullName, nameFromFile, setHostname } from './host-name.ts';

const USAGE = `Usage: hostname [-b] {hostname|-F file}         set host name (from file)
       hostname [-a|-A|-d|-f|-i|-I|-s|-y]       display formatted name
       hostname                                 display host name

       {yp,nis,}domainname {nisdomain|-F file}  set NIS domain name (from file)
       {yp,nis,}domainname                      display NIS domain name

       dnsdomainname                            display dns domain name

       hostname -V|--version|-h|--help          print info and exit
`;

const LONG = {
  alias: 'none',
  'all-fqdns': 'none',
  boot: 'none',
  domain: 'none',
  fqdn: 'none',
  long: 'none',
  file: 'required',
  'ip-address': 'none',
  'all-ip-addresses': 'none',
  short: 'none',
  yp: 'none',
  nis: 'none',
  version: 'none',
  help: 'none',
} as const;

export const command: Command = {
  name: 'hostname',
  suite: 'hostname',
  summary: { zh: '显示或设置主机名', en: 'Show or set the host name' },
  options: ['-a', '-A', '-d', '-f', '-F', '-i', '-I', '-s'],
  *run(context) {
    const parsed = parseOptions(context.args, { short: 'aAbdfF:h?iIsVy', long: LONG });
    if (parsed.kind === 'mistake') {
      context.err(`hostname: ${parsed.message}\n`);
      context.out(USAGE);
      return 255;
    }
    if (has(parsed, 'h', '?', 'help')) {
      context.out(USAGE);
      return 255;
    }
    if (has(parsed, 'V', 'version')) {
      context.out('hostname 3.23\n');
      return 0;
    }
    const { hostname, domainname } = context.process.namespaces.uts;
    const file = valueOf(parsed, 'F', 'file');
    const [operand, second] = parsed.operands;
    if (second !== undefined) {
      context.err(USAGE);
      return 255;
    }
    if (file !== undefined || operand !== undefined) {
      const name = file === undefined ? (operand ?? '') : yield* nameFromFile(context, file);
      if (isErrno(name)) {
        context.err(`hostname: ${name.text}\n`);
        return 1;
      }
      // As RFC 1123 has them (hostname.c check_name).
      if (!/^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(name)) {
        context.err('hostname: the specified hostname is invalid\n');
        return 1;
      }
      const failed = setHostname(context, name);
      if (!failed) return 0;
      context.err(failed.code === 'EPERM' ? 'hostname: you must be root to change the host name\n' : 'hostname: name too long\n');
      return 1;
    }
    if (has(parsed, 'y', 'yp', 'nis')) {
      if (domainname === '(none)') {
        context.out('hostname: Local domain name not set\n');
        return 1;
      }
      context.out(`${domainname}\n`);
      return 0;
    }
    if (has(parsed, 'I', 'all-ip-addresses')) {
      const shown = context.process.namespaces.net.interfaces
        .list()
        .flatMap((device) => (device.up ? device.addresses : []))
        .map((each) => each.address)
        .filter((address) => !isLoopback(address) && !address.startsWith('fe80:'));
      context.out(`${shown.map((address) => `${address} `).join('')}\n`);
      return 0;
    }
    if (has(parsed, 'i', 'ip-address')) {
      const addresses = yield* resolve(context, hostname, { flavour: 'glibc' });
      if (isResolveFailure(addresses)) {
        context.err(`hostname: ${addresses.code === 'EAI_AGAIN' ? 'Temporary failure in name resolution' : 'Name or service not known'}\n`);
        return 1;
      }
      context.out(`${addresses.join(' ')}\n`);
      return 0;
    }
    if (has(parsed, 'a', 'alias', 'A', 'all-fqdns')) {
      context.out('\n');
      return 0;
    }
    if (has(parsed, 'f', 'fqdn', 'long', 'd', 'domain')) {
      const full = yield* fullName(context, hostname, 'glibc');
      if (isResolveFailure(full)) {
        context.err(`hostname: ${full.code === 'EAI_AGAIN' ? 'Temporary failure in name resolution' : 'Name or service not known'}\n`);
        return 1;
      }
      const dot = full.indexOf('.');
      if (has(parsed, 'f', 'fqdn', 'long')) context.out(`${full}\n`);
      else if (dot >= 0) context.out(`${full.slice(dot + 1)}\n`);
      return 0;
    }
    context.out(`${has(parsed, 's', 'short') ? (hostname.split('.')[0] ?? '') : hostname}\n`);
    return 0;
  },
};
