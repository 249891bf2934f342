/** nslookup of bind 9.18 (bin/dig/nslookup.c), not interactively. */
import { parseAddress } from '../../../linux/net/address.ts';
import type { DnsRecord, DnsType } from '../../../linux/net/dns-message.ts';
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { askServers, DNS_TYPES, dnsServers, searchedNames, type DnsReply } from '../../network/dns-exchange.ts';
import { reverseName } from '../../network/name-service.ts';

function recordText(record: DnsRecord): string {
  const name = record.name.replace(/\.$/, '');
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return `Name:\t${name}\nAddress: ${record.data}\n`;
    case 'CNAME':
      return `${name}\tcanonical name = ${record.data}\n`;
    case 'PTR':
      return `${name}\tname = ${record.data}\n`;
    case 'NS':
      return `${name}\tnameserver = ${record.data}\n`;
    case 'MX':
      return `${name}\tmail exchanger = ${record.data}\n`;
    case 'SRV':
      return `${name}\tservice = ${record.data}\n`;
    case 'TXT':
      return `${name}\ttext = ${record.data}\n`;
    case 'SOA': {
      const [origin = '', mail = '', ...numbers] = record.data.split(' ');
      return `${name}\n\torigin = ${origin.replace(/\.$/, '')}\n\tmail addr = ${mail.replace(/\.$/, '')}\n${['serial', 'refresh', 'retry', 'expire', 'minimum'].map((each, at) => `\t${each} = ${numbers[at] ?? ''}\n`).join('')}`;
    }
    case 'ANY':
      return '';
  }
}

/** What the words mean. Mistakes are told and then forgotten, as the original does. */
function readWords(words: readonly string[], say: (line: string) => void) {
  let type: DnsType | undefined;
  let port = 53;
  let timeout = 5;
  let retry = 3;
  const operands: string[] = [];
  for (const word of words) {
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    const [name = '', value = ''] = word.slice(1).split('=');
    if (/^(type|ty|querytype|query|qu|q)$/.test(name)) {
      type = DNS_TYPES.find((each) => each === value.toUpperCase());
      if (!type) say(`unknown query type: ${value}\n`);
    } else if (/^(port|po)$/.test(name)) port = Number(value);
    else if (/^(timeout|t)$/.test(name)) timeout = Number(value);
    else if (/^(retry|ret)$/.test(name)) retry = Number(value);
    else if (!/^(no)?(debug|deb|recurse|rec|search|sea|vc|d2|fail)$|^(class|cl|domain|do)$/.test(name)) say(`*** Invalid option: ${name}\n`);
  }
  return { type, port, timeout: timeout * 1000, tries: retry, operands };
}

export const command: Command = {
  name: 'nslookup',
  suite: 'bind9-dnsutils',
  summary: { zh: '向 DNS 服务器查询名字', en: 'Ask a DNS server about a name' },
  options: ['-type=', '-query=', '-port=', '-timeout=', '-debug'],
  *run(context): Running {
    const say = (line: string): void => {
      context.out(line);
    };
    if (context.args[0] === '-version' || context.args[0] === '-V') {
      say('nslookup 9.18.49-1~deb12u3-Debian\n');
      return 0;
    }
    const wishes = readWords(context.args, say);
    const [host, server] = wishes.operands;
    if (host === undefined) return 0;
    const servers = yield* dnsServers(context, server);
    if (!servers) {
      context.err(`nslookup: couldn't get address for '${server ?? ''}': not found\n`);
      return 1;
    }
    const literal = parseAddress(host);
    const types: readonly DnsType[] = literal !== undefined && !wishes.type ? ['PTR'] : wishes.type ? [wishes.type] : ['A', 'AAAA'];
    let names = literal === undefined ? searchedNames(host, servers) : [reverseName(literal)];
    let headed = false;
    for (const type of types) {
      let reply: DnsReply | undefined;
      for (const name of names) {
        reply = yield* askServers(context, { name, type, port: wishes.port, tries: wishes.tries, timeout: wishes.timeout }, { servers, say });
        if (!reply) break;
        // Servers that were not chosen by hand are expected to recurse.
        if (!reply.answer.recursionAvailable && server === undefined) say(`;; Got recursion not available from ${reply.server}\n`);
        if (reply.answer.rcode === 'NOERROR') break;
      }
      if (!reply) {
        say(';; no servers could be reached\n\n');
        return 1;
      }
      const { answer } = reply;
      if (!headed && (literal === undefined || answer.rcode !== 'NOERROR')) {
        if (literal === undefined) say(`Server:\t\t${server ?? reply.server}\nAddress:\t${reply.server}#${wishes.port}\n\n`);
        headed = true;
      }
      if (answer.rcode !== 'NOERROR') {
        say(`** server can't find ${literal === undefined ? host.replace(/\.$/, '') : answer.name}: ${answer.rcode}\n\n`);
        return 1;
      }
      if (!answer.authoritative && answer.records.length > 0 && type !== 'AAAA') say('Non-authoritative answer:\n');
      if (answer.records.length === 0 && types.length === 1) say(`*** Can't find ${host}: No answer\n`);
      say(answer.records.map(recordText).join(''));
      names = [answer.name];
    }
    say('\n');
    return 0;
  },
};
