/** DNS queries and answers as they travel in simulated datagrams (JSON instead of RFC 1035's bytes). Knows no zones. */

export type DnsType = 'A' | 'AAAA' | 'PTR' | 'SRV' | 'CNAME' | 'NS' | 'SOA' | 'MX' | 'TXT' | 'ANY';

export type DnsRcode = 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'NOTIMP' | 'REFUSED';

export interface DnsQuery {
  readonly id: number;
  /** Without a dot at the end. */
  readonly name: string;
  readonly type: DnsType;
}

export interface DnsRecord {
  readonly name: string;
  readonly type: DnsType;
  /** Seconds. */
  readonly ttl: number;
  readonly data: string;
}

export interface DnsAnswer {
  readonly id: number;
  readonly name: string;
  readonly type: DnsType;
  readonly rcode: DnsRcode;
  readonly authoritative: boolean;
  readonly recursionAvailable: boolean;
  readonly records: readonly DnsRecord[];
  readonly authority: readonly DnsRecord[];
}

export function encodeQuery(query: DnsQuery): string {
  return JSON.stringify({ query });
}

/** @returns undefined when the text is no query */
export function decodeQuery(text: string): DnsQuery | undefined {
  return (parsed(text) as { query?: DnsQuery } | undefined)?.query;
}

export function encodeAnswer(answer: DnsAnswer): string {
  return JSON.stringify({ answer });
}

/** @returns undefined when the text is no answer */
export function decodeAnswer(text: string): DnsAnswer | undefined {
  return (parsed(text) as { answer?: DnsAnswer } | undefined)?.answer;
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
