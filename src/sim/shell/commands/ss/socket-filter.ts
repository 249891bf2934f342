/** Filters of ss: `state NAME`, `exclude NAME`, and expressions over `src`, `dst`, `sport`, `dport` (misc/ssfilter.y). */
import { parseCidr, inCidr } from '../../../linux/net/address.ts';
import type { SocketEntry, SocketState } from '../../../linux/net/socket/socket.ts';

export type SocketTest = (entry: SocketEntry) => boolean;

const ALL: readonly SocketState[] = [
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
];
const CONNECTED = ALL.filter((state) => state !== 'LISTEN' && state !== 'CLOSE' && state !== 'TIME_WAIT' && state !== 'SYN_RECV');

const STATES: Readonly<Record<string, readonly SocketState[]>> = {
  established: ['ESTABLISHED'],
  'syn-sent': ['SYN_SENT'],
  'syn-recv': ['SYN_RECV'],
  'fin-wait-1': ['FIN_WAIT1'],
  'fin-wait-2': ['FIN_WAIT2'],
  'time-wait': ['TIME_WAIT'],
  closed: ['CLOSE'],
  unconnected: ['CLOSE'],
  'close-wait': ['CLOSE_WAIT'],
  'last-ack': ['LAST_ACK'],
  listening: ['LISTEN'],
  listen: ['LISTEN'],
  closing: ['CLOSING'],
  all: ALL,
  connected: ALL.filter((state) => state !== 'LISTEN' && state !== 'CLOSE'),
  synchronized: CONNECTED.filter((state) => state !== 'SYN_SENT'),
  bucket: ['SYN_RECV', 'TIME_WAIT'],
  big: ALL.filter((state) => state !== 'SYN_RECV' && state !== 'TIME_WAIT'),
};

export interface SocketFilter {
  /** Undefined unless states were named. */
  readonly states: ReadonlySet<SocketState> | undefined;
  readonly test: SocketTest;
}

export const DEFAULT_STATES: ReadonlySet<SocketState> = new Set(CONNECTED);
export const EVERY_STATE: ReadonlySet<SocketState> = new Set(ALL);

/** What ss says to a filter that it cannot read. */
export interface FilterMistake {
  readonly bad: string;
  readonly usage: boolean;
  readonly code: number;
}

const SYNTAX: FilterMistake = { bad: 'ss: bison bellows (while parsing filter): "syntax error!" Sorry.', usage: true, code: 255 };

/** @returns the filter, or what is wrong with it */
export function readFilter(words: readonly string[], portOf: (name: string) => number | undefined): SocketFilter | FilterMistake {
  let states: Set<SocketState> | undefined;
  let at = 0;
  for (;;) {
    const word = words[at];
    if (word !== 'state' && word !== 'exclude' && word !== 'excl') break;
    const name = words[at + 1];
    if (name === undefined) return { bad: 'Command line is not complete. Try option "help"', usage: false, code: 255 };
    const named = STATES[name];
    if (!named) return { bad: `ss: wrong state name: ${name}`, usage: false, code: 255 };
    if (word === 'state') {
      states ??= new Set();
      for (const each of named) states.add(each);
    } else {
      states ??= new Set(ALL);
      for (const each of named) states.delete(each);
    }
    at += 2;
  }
  const tokens = words
    .slice(at)
    .join(' ')
    .replace(/([()])/g, ' $1 ')
    .replace(/(==|!=|<=|>=|(?<![!<>=])=(?!=)|<(?!=)|>(?!=))/g, ' $1 ')
    .trim()
    .split(/\s+/)
    .filter((token) => token !== '');
  const parser = new FilterParser(tokens, portOf);
  const test = tokens.length === 0 ? () => true : parser.either();
  if (!test || !parser.atEnd) return parser.mistake ?? SYNTAX;
  return { states, test };
}

class FilterParser {
  readonly #tokens: readonly string[];
  readonly #portOf: (name: string) => number | undefined;
  #at = 0;
  /** A value that is none, where the grammar is kept. */
  mistake: FilterMistake | undefined;

  constructor(tokens: readonly string[], portOf: (name: string) => number | undefined) {
    this.#tokens = tokens;
    this.#portOf = portOf;
  }

  get atEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  get here(): string {
    return this.#tokens[this.#at] ?? '';
  }

  either(): SocketTest | undefined {
    let left = this.#both();
    while (left && (this.here === 'or' || this.here === '||' || this.here === '|')) {
      this.#at++;
      const first: SocketTest = left;
      const second = this.#both();
      if (!second) return undefined;
      left = (entry) => first(entry) || second(entry);
    }
    return left;
  }

  #both(): SocketTest | undefined {
    let left = this.#one();
    while (left && !this.atEnd && ![')', 'or', '||', '|'].includes(this.here)) {
      if (['and', '&', '&&'].includes(this.here)) this.#at++;
      const first: SocketTest = left;
      const second = this.#one();
      if (!second) return undefined;
      left = (entry) => first(entry) && second(entry);
    }
    return left;
  }

  #one(): SocketTest | undefined {
    const word = this.here;
    if (word === '(') {
      this.#at++;
      const inner = this.either();
      if (!inner || this.here !== ')') return undefined;
      this.#at++;
      return inner;
    }
    if (word === 'not' || word === '!') {
      this.#at++;
      const inner = this.#one();
      return inner && ((entry) => !inner(entry));
    }
    const keyword = ['sport', 'dport', 'src', 'dst'].includes(word);
    // A word that is no keyword of the grammar is a host (`ss 10.0.0.1`).
    if (!keyword) return word === '' || /^[()!=<>|&]/.test(word) || ['and', 'or'].includes(word) ? undefined : this.#compareNext('dst', '=', word);
    this.#at++;
    const compare = /^(=|==|eq|!=|ne|neq|<|<=|>|>=|lt|gt|le|ge)$/.test(this.here) ? this.here : '=';
    if (compare === this.here) this.#at++;
    const value = this.here;
    return value === '' ? undefined : this.#compareNext(word, compare, value);
  }

  #compareNext(side: string, compare: string, value: string): SocketTest | undefined {
    this.#at++;
    return this.#compare(side, compare, value);
  }

  #refuse(message: string): undefined {
    this.mistake ??= { bad: `Error: ${message}\nCannot parse dst/src address.`, usage: false, code: 1 };
  }

  #compare(side: string, compare: string, value: string): SocketTest | undefined {
    const match = /^(\[[^\]]*\]|[^:]*|[0-9a-fA-F:]*::[0-9a-fA-F:/]*)(?::([^:]+))?$/.exec(value);
    if (!match) return undefined;
    const isPort = side.endsWith('port');
    const portText = isPort ? (match[2] ?? match[1] ?? '') : match[2];
    const port = portText === undefined || portText === '' || portText === '*' ? undefined : this.#portOf(portText);
    if (portText !== undefined && portText !== '' && portText !== '*' && port === undefined)
      return this.#refuse(`"${portText}" does not look like a port.`);
    const host = isPort ? '' : (match[1] ?? '').replace(/^\[|\]$/g, '');
    const network = host === '' || host === '*' ? undefined : parseCidr(host);
    if (host !== '' && host !== '*' && !network) return this.#refuse(`an inet prefix is expected rather than "${host}".`);
    const local = side === 'sport' || side === 'src';
    return (entry) => {
      const held = local ? entry.localPort : entry.peerPort;
      const address = local ? entry.localAddress : entry.peerAddress;
      const same = (port === undefined || held === port) && (!network || inCidr(address, network));
      switch (compare) {
        case '!=':
        case 'ne':
        case 'neq':
          return !same;
        case '<=':
        case 'le':
          return port !== undefined && held <= port;
        case '>=':
        case 'ge':
          return port !== undefined && held >= port;
        case '<':
        case 'lt':
          return port !== undefined && held < port;
        case '>':
        case 'gt':
          return port !== undefined && held > port;
        default:
          return same;
      }
    };
  }
}
