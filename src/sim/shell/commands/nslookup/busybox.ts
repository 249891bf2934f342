/** nslookup of BusyBox 1.37 (networking/nslookup.c, the big one): asks everything at once and prints answers as they come. Knows ndots as little as the original. */
import { isErrno } from '../../../linux/errno.ts';
import { familyOf, parseAddress } from '../../../linux/net/address.ts';
import { decodeAnswer, encodeQuery, type DnsAnswer, type DnsRecord, type DnsType } from '../../../linux/net/dns-message.ts';
import { parseResolvConf, readFile } from '../../../linux/net/resolver.ts';
import { openUdp, receive } from '../../../linux/net/socket-calls.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { busyboxAddress } from '../../network/busybox-host.ts';
import { reverseName } from '../../network/name-service.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

const USAGE = `nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]

Query DNS about HOST

QUERY_TYPE: soa,ns,a,aaaa,cname,mx,txt,ptr,srv,any`;

const TYPES: readonly DnsType[] = ['SOA', 'NS', 'A', 'AAAA', 'CNAME', 'MX', 'TXT', 'PTR', 'SRV', 'ANY'];
const OPTIONS = ['type', 'querytype', 'port', 'retry', 'debug', 'timeout'];

interface Wishes {
  readonly types: readonly DnsType[];
  readonly words: readonly string[];
  readonly debug: boolean;
  readonly port: number;
  readonly retries: number;
  /** Milliseconds. */
  readonly timeout: number;
}

interface Query {
  readonly id: number;
  readonly name: string;
  /** As it was asked for, a dot at its end included. */
  readonly shown: string;
  readonly type: DnsType;
  answered: boolean;
}

/** @returns the exit code when the words make no sense */
function readWords(call: ToolCall): Wishes | number {
  const types: DnsType[] = [];
  const words: string[] = [];
  const values = new Map<string, string>();
  for (const word of call.operands) {
    if (!word.startsWith('-') || word === '-') {
      words.push(word);
      continue;
    }
    const [typed = '', value = ''] = word.slice(1).replace(/^-/, '').split('=');
    const name = OPTIONS.find((each) => typed !== '' && each.startsWith(typed)) ?? (typed === 'q' ? 'querytype' : undefined);
    if (name === undefined) return call.misuse(undefined);
    if (name === 'type' || name === 'querytype') {
      const type = TYPES.find((each) => each === value.toUpperCase());
      if (!type) return call.complain(`invalid query type "${value}"`);
      types.push(type);
    } else values.set(name, value);
  }
  const number = (name: string, usual: number): number => Number(values.get(name) ?? usual);
  return {
    types,
    words,
    debug: values.has('debug'),
    port: number('port', 53),
    retries: Math.max(1, number('retry', 2)),
    timeout: number('timeout', 5) * 1000,
  };
}

function recordText(record: DnsRecord): string {
  const data = record.data.replace(/\.$/, '');
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return `Name:\t${record.name}\nAddress: ${record.data}\n`;
    case 'CNAME':
      return `${record.name}\tcanonical name = ${data}\n`;
    case 'PTR':
      return `${record.name}\tname = ${data}\n`;
    case 'NS':
      return `${record.name}\tnameserver = ${data}\n`;
    case 'MX':
      return `${record.name}\tmail exchanger = ${data}\n`;
    case 'TXT':
      return `${record.name}\ttext = "${data.replaceAll('"', '')}"\n`;
    case 'SRV':
      return `${record.name}\tservice = ${data}\n`;
    case 'SOA': {
      const [origin = '', mail = '', ...numbers] = record.data.split(' ');
      const names = ['serial', 'refresh', 'retry', 'expire', 'minimum'];
      return `${record.name}\n\torigin = ${origin.replace(/\.$/, '')}\n\tmail addr = ${mail.replace(/\.$/, '')}\n${names.map((name, at) => `\t${name} = ${numbers[at] ?? ''}\n`).join('')}`;
    }
    case 'ANY':
      return '';
  }
}

function answerText(answer: DnsAnswer, asked: string): string {
  if (answer.rcode !== 'NOERROR') return `** server can't find ${asked}: ${answer.rcode}\n\n`;
  return `${answer.authoritative ? '' : 'Non-authoritative answer:\n'}${answer.records.map(recordText).join('')}\n`;
}

/** Asks one server everything. @returns how many answers came, or the exit code of a failure that ends the program */
function* askServer(
  call: ToolCall,
  server: { readonly name: string; readonly address: string },
  plan: { readonly wishes: Wishes; readonly queries: readonly Query[] },
): Blocking<{ readonly answers: number; readonly failed: boolean } | number> {
  const { context } = call;
  const { wishes, queries } = plan;
  const socket = openUdp(context, { family: familyOf(server.address) });
  if (isErrno(socket)) return call.complain(`socket: ${socket.text}`);
  const fd = context.install(socket);
  const way = context.process.namespaces.net.lookup(server.address);
  if (isErrno(way)) return call.complain(`can't connect to remote host (${server.address}): ${way.text}`);
  const startedAt = context.simulation.now;
  const between = wishes.timeout / wishes.retries;
  let answers = 0;
  let failed = false;
  for (let attempt = 0; attempt < wishes.retries && answers < queries.length; attempt++) {
    for (const query of queries) if (!query.answered) socket.sendTo(server.address, wishes.port, encodeQuery(query));
    const until = Math.min(startedAt + wishes.timeout, startedAt + between * (attempt + 1));
    while (answers < queries.length) {
      const arrival = yield* receive(context, socket, until);
      if (isErrno(arrival)) break;
      if (arrival.kind === 'error') {
        // The socket is connected: the next write is told.
        call.complain(`write to '${server.name}': ${arrival.reason === 'port-unreachable' ? 'Connection refused' : 'No route to host'}`);
        context.close(fd);
        return { answers, failed };
      }
      if (arrival.kind !== 'datagram') continue;
      const answer = decodeAnswer(arrival.text);
      const query = queries.find((each) => each.id === answer?.id && !each.answered);
      if (!answer || !query) continue;
      query.answered = true;
      if (answers === 0)
        context.out(
          `Server:\t\t${server.name}\nAddress:\t${familyOf(server.address) === 6 ? `[${server.address}]` : server.address}:${wishes.port}\n\n`,
        );
      if (wishes.debug) context.out(`Query #${queries.indexOf(query)} completed in ${Math.round(context.simulation.now - startedAt)}ms:\n`);
      answers++;
      if (answer.rcode !== 'NOERROR') failed = true;
      context.out(answerText(answer, query.shown));
    }
  }
  context.close(fd);
  return { answers, failed };
}

const rules = { short: '', raw: true } as const;

const tool = defineTool({
  name: 'nslookup',
  suite: 'system',
  summary: { zh: '向 DNS 服务器查询名字', en: 'Ask a DNS server about a name' },
  usage: USAGE,
  busybox: rules,
  gnu: rules,
  *run(call) {
    const wishes = readWords(call);
    if (typeof wishes === 'number') return wishes;
    const [host, server] = wishes.words;
    if (host === undefined || wishes.words.length > 2) return call.misuse(undefined);
    const config = parseResolvConf(yield* readFile(call.context, '/etc/resolv.conf'));
    const servers: { name: string; address: string }[] = [];
    if (server === undefined) servers.push(...config.servers.map((address) => ({ name: address, address })));
    else {
      const address = yield* busyboxAddress(call.context, server);
      if (address === undefined) return call.complain(`bad address '${server}'`);
      servers.push({ name: server, address });
    }
    const literal = parseAddress(host);
    const kinds: readonly DnsType[] = wishes.types.length > 0 ? wishes.types : literal === undefined ? ['A', 'AAAA'] : ['PTR'];
    const base = call.context.simulation.random.integer(1, 60_000);
    const queries: Query[] = [];
    for (const type of kinds) {
      // With a server of its own on the command line, resolv.conf is not looked at.
      const asIs = server !== undefined || type === 'PTR' || config.search.length === 0 || host.includes('.');
      const plain = literal !== undefined && type === 'PTR' ? reverseName(literal) : host;
      for (const name of asIs ? [plain] : config.search.map((domain) => `${host}.${domain}`))
        queries.push({ id: base + queries.length, name: name.replace(/\.$/, ''), shown: name, type, answered: false });
    }
    for (const each of servers) {
      const result = yield* askServer(call, each, { wishes, queries });
      if (typeof result === 'number') return result;
      if (result.answers > 0) return result.failed ? 1 : 0;
    }
    call.context.out(';; connection timed out; no servers could be reached\n\n');
    return 1;
  },
});

export const { busybox: command } = tool;
