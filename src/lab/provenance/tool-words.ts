/**
 * How the command lines of the tools are read where only their shape counts: which options take a value, which words say
 * what is to be done. What options mean is the commands' own business (sim/shell/commands); kubectl is read elsewhere.
 */

/** Letters of options that take a value, by tool; long options take theirs behind `=` unless named here. */
const VALUES: Readonly<Record<string, string>> = {
  awk: 'Fvf',
  curl: 'AbcCdDeEFhHKmoPQrTuUwxXyYzt',
  cut: 'bcdf',
  date: 'dr',
  dig: 'bcfkpqtxy',
  env: 'uC',
  find: '',
  grep: 'efmABCdD',
  egrep: 'efmABC',
  fgrep: 'efmABC',
  head: 'nc',
  hexdump: 'nse',
  ipcmk: 'MSQp',
  ipcrm: 'mqsMQS',
  ipcs: 'i',
  iptables: 'tADIRNXEPFZLSsdpijmow',
  ip6tables: 'tADIRNXEPFZLSsdpijmow',
  kill: 'sn',
  killall: 'su',
  ls: 'wIT',
  lsns: 'top',
  mount: 'toL',
  nc: 'wpsiqeTXx',
  netstat: '',
  nice: 'n',
  nsenter: 'tSG',
  paste: 'd',
  pgrep: 'dPuUtgGsF',
  ping: 'ciIsWwtQpMmlS',
  ping6: 'ciIsWwtQpMmlS',
  pkill: 'PuUtgGsF',
  ps: 'opCuUgGtqkN',
  sed: 'ef',
  seq: 'sf',
  sort: 'kto',
  ss: 'fAFD',
  stat: 'cf',
  tail: 'ncs',
  timeout: 'sk',
  top: 'dnpuoU',
  tr: '',
  traceroute: 'mqwfipsz',
  unshare: 'RwSG',
  watch: 'n',
  wget: 'OTtPUoYQ',
  xargs: 'nIPdLsEa',
};

const LONG_VALUES: ReadonlySet<string> = new Set(
  '--sort --pid --ppid --user --format --max-time --connect-timeout --output --request --header --data --dport --sport --to-destination --lines --bytes --signal --type --task --target --shmem --semaphore --queue --timeout --tries'.split(
    ' ',
  ),
);

/** Options are whole words behind one dash. */
const WHOLE_WORDS: ReadonlySet<string> = new Set(['ip', 'bridge', 'find', 'nslookup', 'route', 'arp', 'ifconfig', 'test', '[']);

/** The first words say what is to be done. */
const DEEDS: Readonly<Record<string, number>> = { brctl: 1, route: 1, bridge: 2, jobs: 0 };

/** Words that count wherever they stand. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  ifconfig: ['up', 'down', 'mtu', 'netmask', 'add', 'del', 'hw', 'promisc', '-promisc', 'arp', '-arp'],
  route: ['gw', 'dev', 'netmask', 'metric', 'default', 'reject'],
};

/** Programs in a language of their own: another text is another command. */
const LANGUAGES: ReadonlySet<string> = new Set(['awk', 'sed']);

/** What comes behind these options is a list of columns, each of which counts. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  ps: ['-o', '-O', 'o', '--format'],
  lsns: ['-o', '--output'],
};

/** Files that the machine works out: reading another one is another question. */
const COMPUTED_FILES = /^\/(?:proc|sys|etc|dev|run|var)(?:\/|$)/;
/** Tools that look at a file itself and not at its content. */
const LOOKERS: ReadonlySet<string> = new Set(['ls', 'readlink', 'stat', 'realpath', 'df', 'mount']);

export interface ReadOption {
  readonly name: string;
  readonly value: string | undefined;
}

export interface ReadWords {
  readonly words: readonly string[];
  readonly options: readonly ReadOption[];
  readonly operands: readonly string[];
}

/** Columns that a tool was asked for. */
export function columnsOf(tool: string, { options }: ReadWords): readonly string[] {
  const lists = options.flatMap(({ name, value }) => (COLUMNS[tool]?.includes(name) === true ? (value ?? '').split(/[,\s]+/) : []));
  return lists.map((each) => each.replace(/=.*/, '').toLowerCase()).filter((each) => each !== '');
}

/** The computed file that an operand names, numbers left out. */
export function computedFile(tool: string, operand: string, unknown: string): string | undefined {
  if (!COMPUTED_FILES.test(operand)) return undefined;
  const path = operand
    .replaceAll(unknown, 'N')
    .replaceAll(/(?<=^|\/)\d+(?=\/|$)/g, 'N')
    .replace(/\/+$/, '');
  return `${LOOKERS.has(tool) ? tool : 'file'} ${path}`;
}

/**
 * Splits what stands behind a tool's name.
 * @param stop ends at the first operand, as tools do that run another command; the rest are operands
 */
export function readWords(tool: string, words: readonly string[], stop = false): ReadWords {
  const deeds: string[] = [];
  const options: ReadOption[] = [];
  const operands: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--') {
      operands.push(...words.slice(at + 1));
      break;
    }
    const flag = /^-./.test(word) && !(tool === 'echo' && !/^-[neE]+$/.test(word));
    if (!flag && !(tool === 'ps' && at === 0 && /^[a-z]+$/.test(word))) {
      if (stop) {
        operands.push(...words.slice(at));
        break;
      }
      if (WORDS[tool]?.includes(word)) deeds.push(word);
      else if (LANGUAGES.has(tool) && operands.length === 0) {
        deeds.push(JSON.stringify(word));
        operands.push(word);
      } else if (deeds.length < (DEEDS[tool] ?? 0) && operands.length === 0) deeds.push(word);
      else operands.push(word);
      continue;
    }
    const { given, tookNext } = readOption(tool, word, words[at + 1]);
    options.push(...given);
    if (tookNext) at++;
  }
  return { words: deeds, options, operands };
}

interface Read {
  readonly given: readonly ReadOption[];
  readonly tookNext: boolean;
}

function readOption(tool: string, word: string, next: string | undefined): Read {
  if (word.startsWith('--')) {
    const [name = '', value] = word.split(/=(.*)/s);
    if (value !== undefined) return { given: [{ name, value }], tookNext: false };
    const takes = LONG_VALUES.has(name) && next !== undefined;
    return { given: [{ name, value: takes ? next : undefined }], tookNext: takes };
  }
  if (WHOLE_WORDS.has(tool)) return { given: [{ name: word.replace(/=.*/s, ''), value: undefined }], tookNext: false };
  // `kill -9`, `kill -TERM`: which signal does not matter; `head -5`: nor how many.
  if (/^p?kill(?:all)?$/.test(tool) && /^-(?:\d+|(?:SIG)?[A-Z]+\d*)$/.test(word))
    return { given: [{ name: '-SIGNAL', value: word }], tookNext: false };
  if (/^-\d+$/.test(word) && VALUES[tool]?.includes(word.charAt(1)) !== true && !/^(?:nc|ss|ping|curl)$/.test(tool))
    return { given: [{ name: '-NUMBER', value: word }], tookNext: false };
  const dash = word.startsWith('-') ? '-' : '';
  const letters = word.slice(dash.length);
  const values = dash === '' ? 'o' : (VALUES[tool] ?? '');
  const given: ReadOption[] = [];
  for (let at = 0; at < letters.length; at++) {
    const name = dash + letters.charAt(at);
    if (!values.includes(letters.charAt(at))) {
      given.push({ name, value: undefined });
      continue;
    }
    const attached = letters.slice(at + 1);
    return { given: [...given, { name, value: attached === '' ? next : attached }], tookNext: attached === '' && next !== undefined };
  }
  return { given, tookNext: false };
}
