/** How long a DNS message would be on the wire (RFC 1035), uncompressed as CoreDNS sends short ones. */
import type { DnsAnswer, DnsRecord } from '../../linux/net/dns-message.ts';

const HEADER = 12;
/** An OPT record with an echoed cookie. */
export const EDNS_BYTES = 23;
const RECORD_FIXED = 10;

function nameBytes(name: string): number {
  const bare = name.replace(/\.$/, '');
  return bare === '' ? 1 : bare.length + 2;
}

function dataBytes(record: DnsRecord): number {
  const words = record.data.split(' ');
  switch (record.type) {
    case 'A':
      return 4;
    case 'AAAA':
      return 16;
    case 'SRV':
      return 6 + nameBytes(words.at(-1) ?? '');
    case 'MX':
      return 2 + nameBytes(words.at(-1) ?? '');
    case 'SOA':
      return nameBytes(words[0] ?? '') + nameBytes(words[1] ?? '') + 20;
    default:
      return nameBytes(record.data);
  }
}

/** Bytes of an answer without EDNS. */
export function bytesOfAnswer(answer: DnsAnswer): number {
  const records = [...answer.records, ...answer.authority];
  return HEADER + nameBytes(answer.name) + 4 + records.reduce((sum, record) => sum + nameBytes(record.name) + RECORD_FIXED + dataBytes(record), 0);
}
