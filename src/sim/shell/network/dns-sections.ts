/** DNS messages in master file format, as bind's tools print them (lib/dns/masterdump.c: columns 24, 32, 40, 48). */
import type { DnsAnswer, DnsRecord } from '../../linux/net/dns-message.ts';

function columns(words: readonly (readonly [text: string, column: number])[]): string {
  let line = '';
  let at = 0;
  for (const [text, column] of words) {
    if (line !== '') {
      if (at >= column) {
        line += ' ';
        at++;
      }
      while (at < column) {
        line += '\t';
        at = (Math.floor(at / 8) + 1) * 8;
      }
    }
    line += text;
    at += text.length;
  }
  return line;
}

export function dotted(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}

export function recordLine(record: DnsRecord): string {
  return `${columns([
    [dotted(record.name), 0],
    [String(record.ttl), 24],
    ['IN', 32],
    [record.type, 40],
    [record.data, 48],
  ])}\n`;
}

export function questionLine(answer: Pick<DnsAnswer, 'name' | 'type'>): string {
  return `;${columns([
    [dotted(answer.name), 0],
    ['IN', 32],
    [answer.type, 40],
  ])}\n`;
}

/** `;; ->>HEADER<<-` and the flags. @param additional how many records come with it */
export function headerLines(answer: DnsAnswer, additional: number): string {
  const flags = ['qr', ...(answer.authoritative ? ['aa'] : []), 'rd', ...(answer.recursionAvailable ? ['ra'] : [])].join(' ');
  return `;; ->>HEADER<<- opcode: QUERY, status: ${answer.rcode}, id: ${answer.id}\n;; flags: ${flags}; QUERY: 1, ANSWER: ${answer.records.length}, AUTHORITY: ${answer.authority.length}, ADDITIONAL: ${additional}\n`;
}

/** A section with its title, nothing when it is empty. */
export function section(title: string, records: readonly DnsRecord[]): string {
  return records.length === 0 ? '' : `;; ${title} SECTION:\n${records.map(recordLine).join('')}\n`;
}
