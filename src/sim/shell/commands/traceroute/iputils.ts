/** traceroute 2.1.2 of Debian (Dmitry Butskoy's): the way to an address. */
import { isErrno } from '../../../linux/errno.ts';
import { isResolveFailure, resolve } from '../../../linux/net/resolver.ts';
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { HostNames } from '../../network/name-service.ts';
import { markOf, probe } from '../../network/trace-route.ts';
import { has, parseOptions, valueOf } from '../../options/parse-options.ts';

const RULES = {
  short: '46FnIUTdrAVf:g:i:m:N:p:t:l:w:q:s:z:e',
  long: {
    first: 'required',
    'max-hops': 'required',
    queries: 'required',
    wait: 'required',
    port: 'required',
    icmp: 'none',
    udp: 'none',
    tcp: 'none',
    version: 'none',
    help: 'none',
  },
} as const;

const HEADERS = 28;

export const command: Command = {
  name: 'traceroute',
  suite: 'iputils',
  summary: { zh: '显示到一个地址的路径', en: 'Show the way to an address' },
  options: ['-4', '-6', '-I', '-n', '-m', '-q', '-w', '-f', '-p'],
  *run(context): Running {
    const parsed = parseOptions(context.args, RULES);
    if (parsed.kind === 'mistake') {
      context.err(`Bad option \`${context.args.find((word) => word.startsWith('-')) ?? ''}' (argc 1)\n`);
      return 2;
    }
    if (has(parsed, 'V', 'version')) {
      context.out('Modern traceroute for Linux, version 2.1.2\nCopyright (c) 2016  Dmitry Butskoy,   License: GPL v2 or any later\n');
      return 0;
    }
    const [host, bytesWord = '60'] = parsed.operands;
    if (host === undefined) {
      context.err('Specify "host" missing argument.\n');
      return 2;
    }
    const addresses = yield* resolve(context, host, { flavour: 'glibc', family: has(parsed, '6') ? 6 : 4 });
    if (isResolveFailure(addresses)) {
      context.err(
        `${host}: ${addresses.code === 'EAI_AGAIN' ? 'Temporary failure in name resolution' : 'Name or service not known'}\nCannot handle "host" cmdline arg \`${host}' on position 1 (argc ${context.args.indexOf(host) + 1})\n`,
      );
      return 2;
    }
    const [address = ''] = addresses;
    const hops = Number(valueOf(parsed, 'm', 'max-hops') ?? 30);
    const queries = Number(valueOf(parsed, 'q', 'queries') ?? 3);
    context.out(`traceroute to ${host} (${address}), ${hops} hops max, ${bytesWord} byte packets\n`);
    const way = context.process.namespaces.net.lookup(address);
    if (isErrno(way)) {
      context.err(`connect: ${way.text}\n`);
      return 1;
    }
    const names = new HostNames(context);
    let port = Number(valueOf(parsed, 'p', 'port') ?? 33_434) - 1;
    for (let ttl = Number(valueOf(parsed, 'f', 'first') ?? 1); ttl <= hops; ttl++) {
      let line = String(ttl).padStart(2);
      let last: string | undefined;
      let final = false;
      for (let round = 0; round < queries; round++) {
        const outcome = yield* probe(context, {
          address,
          ttl,
          port: ++port,
          echo: has(parsed, 'I', 'icmp'),
          bytes: Number(bytesWord) - HEADERS,
          wait: Number(valueOf(parsed, 'w', 'wait') ?? 5) * 1000,
        });
        if (outcome.kind === 'unsent') {
          context.err(`send: ${outcome.error.text}\n`);
          return 1;
        }
        if (outcome.kind === 'silence') {
          line += ' *';
          continue;
        }
        if (outcome.from !== last) {
          last = outcome.from;
          line += has(parsed, 'n') ? `  ${outcome.from}` : `  ${(yield* names.nameOf(outcome.from)) ?? outcome.from} (${outcome.from})`;
        }
        const mark = markOf(outcome.reason);
        line += `  ${outcome.milliseconds.toFixed(3)} ms${mark === undefined || mark === '' ? '' : ` ${mark}`}`;
        if (mark !== undefined) final = true;
      }
      context.out(`${line.replace(/^( ?\d+) \*/, '$1  *')}\n`);
      if (final) break;
    }
    return 0;
  },
};
