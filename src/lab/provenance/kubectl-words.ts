/**
 * kubectl's command lines where only their shape counts: subcommand, kind of object, flags by their long names. The flags
 * are kubectl's own (sim/shell/commands/kubectl); unknown ones keep their spelling.
 */
import { API_RESOURCES } from '../../sim/kube/api/schema/resources.ts';
import { GLOBAL_FLAGS } from '../../sim/shell/commands/kubectl/common-flags.ts';
import type { Flag } from '../../sim/shell/commands/kubectl/flags.ts';
import type { Verb } from '../../sim/shell/commands/kubectl/verb.ts';
import { VERBS } from '../../sim/shell/commands/kubectl/verbs.ts';

/** Subcommands whose first word behind them is a kind of object. */
const OF_KINDS: ReadonlySet<string> = new Set(
  'get describe delete edit label annotate patch expose scale wait autoscale taint status undo history restart pause resume image env resources selector serviceaccount'.split(
    ' ',
  ),
);
/** Flags whose value, up to `=` or `:`, changes all that is printed. */
const TELLING: ReadonlySet<string> = new Set(['output', 'dry-run', 'for', 'type', 'cascade']);
const COMMON_KINDS: ReadonlySet<string> = new Set(['all']);

const kindByName = new Map(
  API_RESOURCES.toReversed().flatMap(({ name, shortNames, kind }) => [name, ...shortNames, kind.toLowerCase()].map((each) => [each, name] as const)),
);

export interface KubectlWords {
  /** `get pods`, `rollout status deployments`, `exec`. */
  readonly words: readonly string[];
  /** Long names, with the telling values. */
  readonly options: readonly string[];
  readonly operands: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
  /** Where, in the words given, what stands behind `--` begins. */
  readonly behindDash: number | undefined;
}

export function readKubectl(words: readonly string[]): KubectlWords {
  const path: string[] = [];
  const flags = new Map<string, string>();
  const operands: string[] = [];
  let verb: Verb | undefined;
  let behindDash: number | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--') {
      behindDash = at + 1;
      break;
    }
    if (/^-./.test(word)) {
      const { given, tookNext } = readFlag(word, words[at + 1], [...(verb?.flags ?? []), ...GLOBAL_FLAGS]);
      for (const [name, value] of given) flags.set(name, value);
      if (tookNext) at++;
      continue;
    }
    const next =
      operands.length > 0 ? undefined : (verb ? verb.children : VERBS)?.find(({ name, aliases }) => name === word || aliases?.includes(word));
    if (next) {
      verb = next;
      path.push(next.name);
    } else if (verb) operands.push(word);
    // Not a subcommand: what it is decides what is said of it.
    else path.push(word);
  }
  const kinds = verb && OF_KINDS.has(verb.name) ? takeKinds(operands) : [];
  const options = [...flags].map(([name, value]) => (TELLING.has(name) && value !== '' ? `--${name}=${value.split(/[=:]/)[0] ?? ''}` : `--${name}`));
  return { words: [...path, ...kinds], options, operands, flags, behindDash };
}

/** Takes the kinds from the operands; what is left are names. */
function takeKinds(operands: string[]): readonly string[] {
  const [first] = operands;
  if (first === undefined) return [];
  if (first.includes('/')) return sorted(operands.filter((each) => each.includes('/')).map((each) => kindOf(each.split('/')[0] ?? '')));
  operands.shift();
  return sorted(first.split(',').map(kindOf));
}

function sorted(kinds: readonly string[]): readonly string[] {
  return [[...new Set(kinds)].sort().join(',')];
}

function kindOf(name: string): string {
  const lower = name.toLowerCase();
  return kindByName.get(lower) ?? kindByName.get(lower.split('.')[0] ?? '') ?? (COMMON_KINDS.has(lower) ? lower : `?${name}`);
}

interface ReadFlags {
  readonly given: readonly (readonly [name: string, value: string])[];
  readonly tookNext: boolean;
}

function readFlag(word: string, next: string | undefined, known: readonly Flag[]): ReadFlags {
  if (word.startsWith('--')) {
    const [name = '', value] = word.slice(2).split(/=(.*)/s);
    const flag = known.find((each) => each.name === name);
    if (value !== undefined) return { given: [[name, value]], tookNext: false };
    const takes = flag !== undefined && flag.bare === undefined && next !== undefined;
    return { given: [[name, takes ? next : (flag?.bare ?? '')]], tookNext: takes };
  }
  const given: [string, string][] = [];
  for (let at = 1; at < word.length; at++) {
    const flag = known.find(({ short }) => short === word.charAt(at));
    const attached = word.slice(at + 1).replace(/^=/, '');
    if (!flag) given.push([`?${word.charAt(at)}`, '']);
    else if (flag.bare !== undefined) given.push([flag.name, '']);
    else if (attached !== '') return { given: [...given, [flag.name, attached]], tookNext: false };
    else return { given: [...given, [flag.name, next ?? '']], tookNext: next !== undefined };
  }
  return { given, tookNext: false };
}
