/** How long a DNS message would be on the wire (RFC 1035), with names compressed and an EDNS OPT record as dig asks for. */
import type { DnsAnswer, DnsRecord } from '../../linux/net/dns-message.ts';

const HEADER = 12;
const OPT_RECORD = 11;
const COMPRESSED_NAME = 2;
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

/** Bytes of an answer. */
export function bytesOfAnswer(answer: DnsAnswer): number {
  const records = [...answer.records, ...answer.authority];
  return HEADER + nameBytes(answer.name) + 4 + OPT_RECORD + records.reduce((sum, record) => sum + COMPRESSED_NAME + RECORD_FIXED + dataBytes(record), 0);
}
