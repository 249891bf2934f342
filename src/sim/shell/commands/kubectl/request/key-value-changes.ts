/** The words of `label`, `annotate` and `taint`: objects first, then `key=value` and `key-` (cmdutil.GetResourcesAndPairs). */
import { Failure } from '../failure.ts';

export interface ChangeWords {
  readonly resources: readonly string[];
  readonly pairs: readonly string[];
}

/** @param what as messages call it, such as `label` */
export function changeWords(args: readonly string[], what: string): ChangeWords {
  const resources: string[] = [];
  const pairs: string[] = [];
  for (const arg of args) {
    const isPair = (arg.includes('=') && !arg.startsWith('=')) || (arg.endsWith('-') && arg !== '-');
    if (isPair) pairs.push(arg);
    else if (pairs.length === 0) resources.push(arg);
    else throw new Failure(`all resources must be specified before ${what} changes: ${arg}`);
  }
  return { resources, pairs };
}

/** Pairs apart: what is set, what is removed. Errors: a word that is neither */
export function parsedPairs(
  pairs: readonly string[],
  what: string,
): { readonly set: ReadonlyMap<string, string>; readonly removed: readonly string[] } {
  const set = new Map<string, string>();
  const removed: string[] = [];
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals > 0) set.set(pair.slice(0, equals), pair.slice(equals + 1));
    else if (equals < 0 && pair.endsWith('-') && pair !== '-') removed.push(pair.slice(0, -1));
    else throw new Failure(`unknown ${what} spec: ${pair}`);
  }
  for (const key of removed)
    if (set.has(key)) throw new Failure(`can not both modify and remove ${what === 'label' ? 'a label' : 'an annotation'} in the same command`);
  return { set, removed };
}
