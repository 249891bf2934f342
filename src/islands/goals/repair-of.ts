// The one-click repair that a finding allows, where there is exactly one that keeps the learner's meaning.
import type { BenchFinding, TextRange } from '../../lab/bench-contract.ts';

export interface Repair {
  readonly range: TextRange;
  /** What stands there afterwards. */
  readonly text: string;
  /** The field only moves: this is where to. */
  readonly movedTo?: string;
}

/** Characters that an input method leaves behind, by the cause that names them. */
const plainByCause: { readonly [cause: string]: string } = {
  fullWidthColon: ': ',
  fullWidthComma: ', ',
  fullWidthDash: '-',
  noBreakSpace: ' ',
  tab: '  ',
};

/** The repair for `finding` in `text`; `undefined` where only the learner can tell what was meant. */
export function repairOf({ code, params, range }: BenchFinding, text: string): Repair | undefined {
  if (!range) return undefined;
  const suggestion = params['suggestion'];
  if ((code === 'unknownField' || code === 'kindCase') && typeof suggestion === 'string') {
    return { range, text: suggestion };
  }
  if (code === 'unknownField' && typeof params['belongs'] === 'string') return moved(text, range, params['belongs']);
  const plain = code.startsWith('yaml.') ? plainByCause[code.slice('yaml.'.length)] : undefined;
  // Only a single character is surely the one that is meant.
  return plain !== undefined && range.end - range.start === 1 ? { range, text: plain } : undefined;
}

/** A one-line field of the PodSpec that stands too deep: its line goes, and comes again right under `spec:`. */
function moved(text: string, range: TextRange, belongs: string): Repair | undefined {
  const field = /^spec\.(\w+)$/.exec(belongs)?.[1];
  const start = text.lastIndexOf('\n', range.start - 1) + 1;
  const end = (text.indexOf('\n', start) + 1 || text.length + 1) - 1;
  const line = /^ +(\w+: +[^\s&*|>[{].*)$/.exec(text.slice(start, end));
  const above = [...text.slice(0, start).matchAll(/^spec:[ \t]*(?:#.*)?\n( *)/gm)].at(-1);
  if (field === undefined || !line?.[1]?.startsWith(`${field}:`) || !above) return undefined;
  const under = above.index + above[0].length - (above[1]?.length ?? 0);
  if (
    text
      .slice(under, start)
      .split('\n')
      .some((each) => /^---(\s|$)/.test(each))
  )
    return undefined;
  const kept = text.slice(under, start) + text.slice(Math.min(end + 1, text.length));
  return {
    range: { ...range, start: under, end: text.length },
    text: `${above[1] ?? ''}${line[1]}\n${kept}`,
    movedTo: belongs,
  };
}
