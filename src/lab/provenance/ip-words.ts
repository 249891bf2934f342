/** `ip` of iproute2 and BusyBox: objects and verbs may be cut short, keywords count, names and addresses do not. */
import type { ReadOption } from './tool-words.ts';

/** In the order in which ip.c looks for the first that begins so; what `ip a` means comes first of its letter. */
const OBJECTS = 'address addrlabel route rule link neighbour monitor maddress mroute netns tunnel tuntap xfrm help'.split(' ');
const VERBS: readonly (readonly [RegExp, string])[] = [
  [/^(?:s|sh|sho|show|l|li|lis|list|ls|lst)$/, 'show'],
  [/^(?:a|ad|add)$/, 'add'],
  [/^(?:d|de|del|dele|delet|delete)$/, 'del'],
  [/^(?:se|set)$/, 'set'],
  [/^(?:g|ge|get)$/, 'get'],
  [/^(?:f|fl|flu|flus|flush)$/, 'flush'],
  [/^(?:r|re|rep|repl|replace)$/, 'replace'],
  [/^(?:c|ch|chg|change)$/, 'change'],
  [/^(?:identify|pids|exec|help|attach|monitor|append|save|restore)$/, ''],
];
const KEYWORDS: ReadonlySet<string> = new Set(
  'dev via scope label up down master nomaster peer name mtu netns type table proto src metric default to from primary secondary dynamic permanent broadcast brd local nud lladdr address promisc arp multicast txqueuelen alias index onlink unreachable blackhole prohibit -all'.split(
    ' ',
  ),
);

export interface IpWords {
  readonly words: readonly string[];
  readonly options: readonly ReadOption[];
  readonly operands: readonly string[];
  /** What `ip netns exec NAME` runs, as positions in the words given. */
  readonly runs: number | undefined;
}

export function readIp(words: readonly string[]): IpWords {
  const options: ReadOption[] = [];
  let at = 0;
  for (; /^-./.test(words[at] ?? ''); at++) {
    const name = (words[at] ?? '').replace(/^--/, '-').replace(/^-br\w*$/, '-br');
    options.push({ name, value: undefined });
    if (/^-(?:n|netns|f|family|N|l|loops|b|batch|rc)$/.test(name)) at++;
  }
  const object = words[at++];
  if (object === undefined) return { words: [], options, operands: [], runs: undefined };
  const meant = OBJECTS.find((each) => each.startsWith(object)) ?? object;
  const known = VERBS.find(([pattern]) => pattern.test(words[at] ?? ''));
  const verb = known ? known[1] || (words[at] ?? '') : 'show';
  if (known) at++;
  const runs = meant === 'netns' && verb === 'exec' && at + 1 < words.length ? at + 1 : undefined;
  const rest = runs === undefined ? words.slice(at) : words.slice(at, runs);
  const keywords = rest.flatMap((word, index) => (KEYWORDS.has(word) ? [word === 'type' ? `type=${rest[index + 1] ?? ''}` : word] : []));
  return { words: [meant, verb, ...[...new Set(keywords)].sort()], options, operands: rest.filter((word) => !KEYWORDS.has(word)), runs };
}
