/** The command line of curl 7.88 (src/tool_getparam.c): options in any place, values attached or not. Knows no network. */

/** Letter → long name; a colon behind the name: takes a value. */
const SHORT: Readonly<Record<string, string>> = {
  s: 'silent',
  S: 'show-error',
  f: 'fail',
  I: 'head',
  i: 'include',
  v: 'verbose',
  o: 'output:',
  O: 'remote-name',
  w: 'write-out:',
  m: 'max-time:',
  X: 'request:',
  H: 'header:',
  d: 'data:',
  k: 'insecure',
  L: 'location',
  4: 'ipv4',
  6: 'ipv6',
  A: 'user-agent:',
  e: 'referer:',
  G: 'get',
  g: 'globoff',
  N: 'no-buffer',
  '#': 'progress-bar',
  '0': 'http1.0',
  u: 'user:',
  x: 'proxy:',
  V: 'version',
  h: 'help',
  D: 'dump-header:',
  b: 'cookie:',
  q: 'disable',
  Z: 'parallel',
  T: 'upload-file:',
  y: 'speed-time:',
  Y: 'speed-limit:',
};

const LONG: readonly string[] = [
  ...Object.values(SHORT),
  'connect-timeout:',
  'resolve:',
  'retry:',
  'retry-delay:',
  'retry-max-time:',
  'retry-connrefused',
  'retry-all-errors',
  'interface:',
  'noproxy:',
  'data-raw:',
  'data-binary:',
  'data-ascii:',
  'data-urlencode:',
  'json:',
  'url:',
  'cacert:',
  'cert:',
  'key:',
  'http1.1',
  'http2',
  'compressed',
  'no-progress-meter',
  'fail-with-body',
  'max-redirs:',
  'oauth2-bearer:',
  'local-port:',
  'unix-socket:',
  'fail-early',
  'no-keepalive',
  'keepalive-time:',
  'stderr:',
  'connect-to:',
  'create-dirs',
  'path-as-is',
  'tcp-nodelay',
  'basic',
];

const VALUE_BY_NAME: ReadonlyMap<string, boolean> = new Map(LONG.map((name) => [name.replace(/:$/, ''), name.endsWith(':')]));

export const CURL_OPTIONS: readonly string[] = [
  ...Object.keys(SHORT).map((letter) => `-${letter}`),
  ...[...VALUE_BY_NAME.keys()].map((name) => `--${name}`),
];

export interface CurlOptions {
  readonly kind: 'options';
  readonly urls: readonly string[];
  has(name: string): boolean;
  /** The last value. */
  value(name: string): string | undefined;
  values(...names: readonly string[]): readonly string[];
}

/** Words behind `curl: option `. */
export interface CurlMistake {
  readonly kind: 'mistake';
  readonly message: string;
}

/** Reads the words behind `curl`. */
export function readCurlOptions(words: readonly string[]): CurlOptions | CurlMistake {
  const given: { readonly name: string; readonly value: string }[] = [];
  const urls: string[] = [];
  let onlyUrls = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (onlyUrls || !word.startsWith('-') || word === '-') {
      urls.push(word);
      continue;
    }
    if (word === '--') {
      onlyUrls = true;
      continue;
    }
    if (word.startsWith('--')) {
      const typed = word.slice(2);
      const negated = typed.startsWith('no-') && !VALUE_BY_NAME.has(typed) ? typed.slice(3) : undefined;
      const name = longName(negated ?? typed);
      if (name === 'ambiguous') return { kind: 'mistake', message: `${word}: is ambiguous` };
      if (name === undefined) return { kind: 'mistake', message: `${word}: is unknown` };
      if (negated !== undefined) {
        for (let index = given.length - 1; index >= 0; index--) if (given[index]?.name === name) given.splice(index, 1);
        continue;
      }
      const value = VALUE_BY_NAME.get(name) === true ? words[++at] : '';
      if (value === undefined) return { kind: 'mistake', message: `${word}: requires parameter` };
      given.push({ name, value });
      continue;
    }
    for (let place = 1; place < word.length; place++) {
      const letter = word.charAt(place);
      const long = Object.hasOwn(SHORT, letter) ? SHORT[letter] : undefined;
      if (long === undefined) return { kind: 'mistake', message: `${word}: is unknown` };
      if (!long.endsWith(':')) {
        given.push({ name: long, value: '' });
        continue;
      }
      const rest = word.slice(place + 1);
      const value = rest === '' ? words[++at] : rest;
      if (value === undefined) return { kind: 'mistake', message: `${word}: requires parameter` };
      given.push({ name: long.slice(0, -1), value });
      break;
    }
  }
  const values = (...names: readonly string[]): readonly string[] => given.filter((each) => names.includes(each.name)).map((each) => each.value);
  for (const name of ['max-time', 'connect-timeout']) {
    const bad = values(name).find((value) => !/^\d+(\.\d*)?$|^\.\d+$/.test(value));
    if (bad !== undefined)
      return {
        kind: 'mistake',
        message: `${name === 'max-time' && words.some((word) => /^-[^-]*m/.test(word)) ? '-m' : `--${name}`}: expected a proper numerical parameter`,
      };
  }
  return {
    kind: 'options',
    urls: [...values('url'), ...urls],
    has: (name) => given.some((each) => each.name === name),
    value: (name) => values(name).at(-1),
    values,
  };
}

function longName(typed: string): string | undefined {
  if (VALUE_BY_NAME.has(typed)) return typed;
  const candidates = [...VALUE_BY_NAME.keys()].filter((name) => name.startsWith(typed));
  return candidates.length > 1 ? 'ambiguous' : candidates[0];
}
