/** host of bind 9.18 (bin/dig/host.c): a name's addresses and mail servers, an address's name. */
import { parseAddress } from '../../../linux/net/address.ts';
import type { DnsRecord, DnsType } from '../../../linux/net/dns-message.ts';
import type { Blocking, ProcessContext } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { askServers, DNS_TYPES, dnsServers, searchedNames, type DnsReply, type DnsServers } from '../../network/dns-exchange.ts';
import { headerLines, questionLine, section } from '../../network/dns-sections.ts';
import { reverseName } from '../../network/name-service.ts';
import { has, parseOptions, valueOf, type ParsedOptions } from '../../options/parse-options.ts';

const USAGE = `Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]
            [-R number] [-m flag] [-p port] hostname [server]
       -a is equivalent to -v -t ANY
       -A is like -a but omits RRSIG, NSEC, NSEC3
       -c specifies query class for non-IN data
       -C compares SOA records on authoritative nameservers
       -d is equivalent to -v
       -l lists all hosts in a domain, using AXFR
       -m set memory debugging flag (trace|record|usage)
       -N changes the number of dots allowed before root lookup is done
       -p specifies the port on the server to query
       -r disables recursive processing
       -R specifies number of retries for UDP packets
       -s a SERVFAIL response should stop query
       -t specifies the query type
       -T enables TCP/IP mode
       -U enables UDP mode
       -v enables verbose output
       -V print version number and exit
       -w specifies to wait forever for a reply
       -W specifies how long to wait for a reply
       -4 use IPv4 query transport only
       -6 use IPv6 query transport only
`;

const WORDS: Readonly<Partial<Record<DnsType, string>>> = {
  A: 'has address',
  AAAA: 'has IPv6 address',
  CNAME: 'is an alias for',
  PTR: 'domain name pointer',
  NS: 'name server',
  MX: 'mail is handled by',
  TXT: 'descriptive text',
};

function recordText(record: DnsRecord): string {
  return `${record.name.replace(/\.$/, '')} ${WORDS[record.type] ?? `has ${record.type} record`} ${record.data}\n`;
}

interface Lookup {
  readonly parsed: ParsedOptions;
  readonly servers: DnsServers;
  readonly verbose: boolean;
}

function* ask(
  context: ProcessContext,
  lookup: Lookup,
  question: { readonly names: readonly string[]; readonly type: DnsType },
): Blocking<DnsReply | undefined> {
  let reply: DnsReply | undefined;
  for (const name of question.names) {
    if (lookup.verbose) context.out(`Trying "${name}"\n`);
    reply = yield* askServers(
      context,
      {
        name,
        type: question.type,
        port: Number(valueOf(lookup.parsed, 'p') ?? 53),
        tries: Number(valueOf(lookup.parsed, 'R') ?? 1) + 1,
        timeout: Number(valueOf(lookup.parsed, 'W') ?? 5) * 1000,
      },
      {
        servers: lookup.servers,
        say: (line) => {
          context.out(line);
        },
      },
    );
    if (!reply || reply.answer.rcode === 'NOERROR') return reply;
  }
  return reply;
}

function show(context: ProcessContext, reply: DnsReply, verbose: boolean): void {
  const { answer } = reply;
  if (!verbose) {
    context.out(answer.records.map(recordText).join(''));
    return;
  }
  context.out(
    `${headerLines(answer, 0)}\n;; QUESTION SECTION:\n${questionLine(answer)}\n${section('ANSWER', answer.records)}${section('AUTHORITY', answer.authority)}Received ${reply.bytes} bytes from ${reply.server}#53 in ${reply.milliseconds} ms\n`,
  );
}

export const command: Command = {
  name: 'host',
  suite: 'bind9-dnsutils',
  summary: { zh: '查询名字的地址', en: 'Look up the addresses of a name' },
  options: ['-t', '-v', '-a', '-p', '-W', '-R', '-V'],
  *run(context): Running {
    const parsed = parseOptions(context.args, { short: 'aACdilnrswTUv46Vc:D:m:N:p:R:t:W:' });
    if (parsed.kind === 'mistake') {
      context.err(`host: ${parsed.message.replace('invalid option', 'illegal option').replaceAll("'", '')}\n${USAGE}`);
      return 1;
    }
    if (has(parsed, 'V')) {
      context.err('host 9.18.49-1~deb12u3-Debian\n');
      return 0;
    }
    const [host, server] = parsed.operands;
    if (host === undefined) {
      context.err(USAGE);
      return 1;
    }
    const typed = valueOf(parsed, 't');
    const type = typed === undefined ? (has(parsed, 'a') ? 'ANY' : undefined) : DNS_TYPES.find((each) => each === typed.toUpperCase());
    if (typed !== undefined && type === undefined) {
      context.err(`host: invalid type: ${typed}\n\n`);
      return 2;
    }
    const servers = yield* dnsServers(context, server);
    if (!servers) {
      context.err(`host: couldn't get address for '${server ?? ''}': not found\n`);
      return 1;
    }
    const lookup: Lookup = { parsed, servers, verbose: has(parsed, 'v', 'd', 'a') };
    const literal = parseAddress(host);
    const names = literal === undefined ? searchedNames(host, servers) : [reverseName(literal)];
    const types: readonly DnsType[] = literal !== undefined ? ['PTR'] : type === undefined ? ['A', 'AAAA', 'MX'] : [type];
    let announced = server === undefined;
    let wanted = names;
    for (const each of types) {
      const reply = yield* ask(context, lookup, { names: wanted, type: each });
      if (!reply) {
        context.out(';; no servers could be reached\n');
        return 1;
      }
      if (!announced) context.out(`Using domain server:\nName: ${server ?? ''}\nAddress: ${reply.server}#53\nAliases: \n\n`);
      announced = true;
      if (reply.answer.rcode !== 'NOERROR') {
        const code = { FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 }[reply.answer.rcode];
        context.out(`Host ${literal === undefined ? host.replace(/\.$/, '') : (names[0] ?? '')} not found: ${code}(${reply.answer.rcode})\n`);
        return 1;
      }
      wanted = [reply.answer.name];
      show(context, reply, lookup.verbose);
      if (type !== undefined && reply.answer.records.length === 0 && !lookup.verbose) context.out(`${host} has no ${type} record\n`);
      if (type === undefined && reply.answer.records.some((record) => record.type === 'CNAME') && reply.answer.records.length === 1) break;
    }
    return 0;
  },
};
