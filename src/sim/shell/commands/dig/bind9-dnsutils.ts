/** dig of bind 9.18 (bin/dig/dig.c): one or more queries, answers in master file format. */
import { parseAddress } from '../../../linux/net/address.ts';
import type { DnsType } from '../../../linux/net/dns-message.ts';
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { askServers, DNS_TYPES, dnsServers, searchedNames, type DnsReply } from '../../network/dns-exchange.ts';
import { headerLines, questionLine, recordLine, section } from '../../network/dns-sections.ts';
import { EDNS_BYTES } from '../../network/dns-size.ts';
import { reverseName } from '../../network/name-service.ts';

const VERSION = '9.18.49-1~deb12u3-Debian';

const USAGE = `Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
            {global-d-opt} host [@local-server] {local-d-opt}
            [ host [@local-server] {local-d-opt} [...]]

Use "dig -h" (or "dig -h | more") for complete list of options
`;

const FLAGS = [
  'cmd',
  'comments',
  'question',
  'answer',
  'authority',
  'additional',
  'stats',
  'short',
  'search',
  'recurse',
  'edns',
  'cookie',
  'tcp',
  'all',
  'defname',
  'dnssec',
  'multiline',
  'ttlid',
  'identify',
  'trace',
  'adflag',
  'aaonly',
  'rrcomments',
  'yaml',
  'class',
  'crypto',
  'fail',
  'showsearch',
  'ignore',
  'vc',
  'nssearch',
  'besteffort',
  'keepopen',
];
const VALUES = ['time', 'tries', 'retry', 'timeout', 'ndots', 'bufsize', 'domain', 'split'];

interface Request {
  readonly name: string;
  type: DnsType;
}

/** The command line, read once. */
class DigOptions {
  readonly requests: Request[] = [];
  readonly flags = new Map<string, boolean>(
    ['cmd', 'comments', 'question', 'answer', 'authority', 'additional', 'stats', 'recurse', 'edns', 'cookie'].map((name) => [name, true]),
  );
  readonly values = new Map<string, number>();
  server: string | undefined;
  port = 53;
  /** The server was named before the first name: then the greeting counts its addresses. */
  serverFirst = false;
  #type: DnsType | undefined;

  on(name: string): boolean {
    return this.flags.get(name) === true;
  }

  /** @returns the word that is no option */
  read(words: readonly string[]): string | undefined {
    for (let at = 0; at < words.length; at++) {
      const word = words[at] ?? '';
      if (word.startsWith('@')) this.server = word.slice(1);
      else if (word.startsWith('+')) {
        if (!this.#plus(word.slice(1))) return word;
      } else if (/^-[46imruv]+$/.test(word)) continue;
      else if (/^-[bcfkpqtxy]/.test(word)) {
        const value = word.length > 2 ? word.slice(2) : words[++at];
        if (value === undefined) return word;
        if (word[1] === 'x') this.#add(reverseName(parseAddress(value) ?? value), 'PTR');
        else if (word[1] === 'p') this.port = Number(value);
        else if (word[1] === 'q') this.#add(value, this.#type);
        else if (word[1] === 't') this.#setType(DNS_TYPES.find((each) => each === value.toUpperCase()) ?? 'A');
      } else if (word.startsWith('-')) return word;
      else {
        const type = DNS_TYPES.find((each) => each === word.toUpperCase());
        if (type) this.#setType(type);
        else if (!/^(IN|CH|HS)$/i.test(word)) this.#add(word, this.#type);
      }
    }
    if (this.requests.length === 0) this.requests.push({ name: '.', type: this.#type ?? 'NS' });
    return undefined;
  }

  #add(name: string, type: DnsType | undefined): void {
    if (this.requests.length === 0) this.serverFirst = this.server !== undefined;
    this.requests.push({ name, type: type ?? 'A' });
    this.#type = undefined;
  }

  #setType(type: DnsType): void {
    const last = this.requests.at(-1);
    if (last) last.type = type;
    else this.#type = type;
  }

  #plus(text: string): boolean {
    const [typed = '', value] = text.split('=');
    const off = typed.startsWith('no');
    const bare = off ? typed.slice(2) : typed;
    const valued = VALUES.find((each) => each === bare);
    if (valued !== undefined) {
      this.values.set(valued, Number(value));
      return true;
    }
    const name = FLAGS.find((each) => each === bare) ?? FLAGS.find((each) => bare.length > 1 && each.startsWith(bare));
    if (name === undefined) return false;
    if (name === 'all') for (const each of ['comments', 'question', 'answer', 'authority', 'additional', 'stats', 'cmd']) this.flags.set(each, !off);
    else this.flags.set(name, !off);
    if (name === 'short' && !off) for (const each of ['comments', 'question', 'authority', 'additional', 'stats', 'cmd']) this.flags.set(each, false);
    return true;
  }
}

function whenText(milliseconds: number): string {
  const [weekday = '', day = '', month = '', year = '', time = ''] = new Date(milliseconds).toUTCString().split(/,? /);
  return `${weekday} ${month} ${day} ${time} UTC ${year}`;
}

function replyText(options: DigOptions, reply: DnsReply, cookie: string): string {
  const { answer } = reply;
  if (options.on('short')) return answer.records.map((record) => `${record.data}\n`).join('');
  const parts: string[] = [];
  const edns = options.on('edns');
  if (options.on('comments')) {
    parts.push(`;; Got answer:\n${headerLines(answer, edns ? 1 : 0)}`);
    if (!answer.recursionAvailable && options.on('recurse')) parts.push(';; WARNING: recursion requested but not available\n');
    parts.push('\n');
    if (edns)
      parts.push(`;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: 1232\n${options.on('cookie') ? `; COOKIE: ${cookie} (echoed)\n` : ''}`);
  }
  const comments = options.on('comments');
  if (options.on('question')) parts.push(`${comments ? ';; QUESTION SECTION:\n' : ''}${questionLine(answer)}${comments ? '\n' : ''}`);
  if (options.on('answer')) parts.push(comments ? section('ANSWER', answer.records) : answer.records.map(recordLine).join(''));
  if (options.on('authority')) parts.push(comments ? section('AUTHORITY', answer.authority) : answer.authority.map(recordLine).join(''));
  return parts.join('');
}

export const command: Command = {
  name: 'dig',
  suite: 'bind9-dnsutils',
  summary: { zh: '查询 DNS，并显示整个回答', en: 'Query DNS and show the whole answer' },
  options: ['-x', '-t', '-p', '-q', '-v', '+short', '+search', '+noall', '+answer', '+time=', '+tries='],
  *run(context): Running {
    if (context.args.includes('-v')) {
      context.out(`DiG ${VERSION}\n`);
      return 0;
    }
    const options = new DigOptions();
    const wrong = options.read(context.args);
    if (wrong !== undefined) {
      context.err(`Invalid option: ${wrong}\n${USAGE}`);
      return 1;
    }
    const servers = yield* dnsServers(context, options.server);
    if (!servers) {
      context.err(`dig: couldn't get address for '${options.server ?? ''}': not found\n`);
      return 1;
    }
    const banner = `\n; <<>> DiG ${VERSION} <<>> ${context.args.join(' ')}\n${options.serverFirst ? `; (${servers.servers.length} server${servers.servers.length === 1 ? '' : 's'} found)\n` : ''};; global options: +cmd\n`;
    let code = 0;
    let first = true;
    for (const request of options.requests) {
      const names = options.on('search') && request.type !== 'PTR' ? searchedNames(request.name, servers) : [request.name.replace(/\.$/, '')];
      let reply: DnsReply | undefined;
      for (const name of names) {
        reply = yield* askServers(
          context,
          {
            name,
            type: request.type,
            port: options.port,
            tries: options.values.get('tries') ?? (options.values.get('retry') ?? 2) + 1,
            timeout: (options.values.get('time') ?? options.values.get('timeout') ?? 5) * 1000,
          },
          {
            servers,
            say: (line) => {
              context.out(line);
            },
          },
        );
        if (!reply || (reply.answer.rcode === 'NOERROR' && reply.answer.records.length > 0)) break;
      }
      if (first && options.on('cmd')) context.out(banner);
      if (!reply) {
        context.out(';; no servers could be reached\n');
        code = 9;
      } else {
        context.out(replyText(options, reply, context.simulation.random.string(16, '0123456789abcdef')));
        if (options.on('stats'))
          context.out(
            `;; Query time: ${reply.milliseconds} msec\n;; SERVER: ${reply.server}#${options.port}(${options.server ?? reply.server}) (UDP)\n;; WHEN: ${whenText(context.simulation.wallClock)}\n;; MSG SIZE  rcvd: ${reply.bytes + (options.on('edns') ? EDNS_BYTES - (options.on('cookie') ? 0 : 12) : 0)}\n\n`,
          );
      }
      first = false;
    }
    return code;
  },
};
