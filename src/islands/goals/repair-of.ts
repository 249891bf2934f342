// The one-click repair that a finding allows, where there is exactly one that keeps the learner's meaning.
import type { BenchFinding, TextRange } from '../../lab/bench-contract.ts';

export interface Repair {
  readonly range: TextRange;
  /** What stands there afterwards. */
  readonly text: string;
}

/** Characters that an input method leaves behind, by the cause that names them. */
const plainByCause: { readonly [cause: string]: string } = {
  fullWidthColon: ': ',
  fullWidthComma: ', ',
  fullWidthDash: '-',
  noBreakSpace: ' ',
  tab: '  ',
};

/** The repair for `finding`; `undefined` where only the learner can tell what was meant. */
export function repairOf({ code, params, range }: BenchFinding): Repair | undefined {
  if (!range) return undefined;
  const suggestion = params['suggestion'];
  if ((code === 'unknownField' || code === 'kindCase') && typeof suggestion === 'string') {
    return { range, text: suggestion };
  }
  const plain = code.startsWith('yaml.') ? plainByCause[code.slice('yaml.'.length)] : undefined;
  // Only a single character is surely the one that is meant.
  return plain !== undefined && range.end - range.start === 1 ? { range, text: plain } : undefined;
}
