/** hostname of BusyBox 1.37 (networking/hostname.c). */
import { isErrno } from '../../../linux/errno.ts';
import { isResolveFailure, resolve } from '../../../linux/net/resolver.ts';
import { busyboxMistake, wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import { has, parseOptions, valueOf } from '../../options/parse-options.ts';
import type { Command } from '../../command.ts';
import { fullName, lookupFailure, nameFromFile, setHostname } from './host-name.ts';

const USAGE = 'hostname [-sidf] [HOSTNAME | -F FILE]';

export const command: Command = {
  name: 'hostname',
  suite: 'busybox',
  summary: { zh: '显示或设置主机名', en: 'Show or set the host name' },
  options: ['-s', '-i', '-d', '-f', '-F'],
  *run(context) {
    if (wantsHelp(context)) {
      writeBusyboxUsage(context, USAGE);
      return 0;
    }
    const parsed = parseOptions(context.args, {
      short: 'dfisF:vb',
      long: { domain: 'none', fqdn: 'none', file: 'required', 'ip-address': 'none', short: 'none', long: 'none' },
    });
    if (parsed.kind === 'mistake') return busyboxMistake(context, { name: 'hostname', message: parsed.message, usage: USAGE });
    const { hostname } = context.process.namespaces.uts;
    const file = valueOf(parsed, 'F', 'file');
    const [operand] = parsed.operands;
    if (file !== undefined || (operand !== undefined && parsed.options.length === 0)) {
      const name = file === undefined ? (operand ?? '') : yield* nameFromFile(context, file);
      if (isErrno(name)) {
        context.err(`hostname: can't open '${file ?? ''}': ${name.text}\n`);
        return 1;
      }
      const failed = name === '' ? undefined : setHostname(context, name);
      if (!failed) return 0;
      context.err(`hostname: sethostname: ${failed.text}\n`);
      return 1;
    }
    if (has(parsed, 'i', 'ip-address')) {
      const addresses = yield* resolve(context, hostname, { flavour: 'musl', family: 4 });
      if (isResolveFailure(addresses)) {
        context.err(`hostname: ${hostname}: ${lookupFailure(addresses)}\n`);
        return 1;
      }
      context.out(`${addresses.length > 1 ? addresses.map((each) => `${each} `).join('') : addresses.join('')}\n`);
      return 0;
    }
    if (has(parsed, 'f', 'fqdn', 'long', 'd', 'domain', 's', 'short')) {
      const full = has(parsed, 's', 'short') ? hostname : yield* fullName(context, hostname, 'musl');
      if (isResolveFailure(full)) {
        context.err(`hostname: ${hostname}: ${lookupFailure(full)}\n`);
        return 1;
      }
      const dot = full.indexOf('.');
      if (has(parsed, 'f', 'fqdn', 'long')) context.out(`${full}\n`);
      else if (has(parsed, 's', 'short')) context.out(`${dot < 0 ? full : full.slice(0, dot)}\n`);
      else if (dot >= 0) context.out(`${full.slice(dot + 1)}\n`);
      return 0;
    }
    context.out(`${hostname}\n`);
    return 0;
  },
};
