// The coloured text behind the plain editor, line by line, with findings marked. Knows nothing of editing.
import type { JSX } from 'preact';
import type { TextRange } from '../../lab/bench-contract.ts';
import { highlightYaml } from './highlight-yaml.ts';

/** A stretch of text to mark, with how grave it is. */
export interface Mark {
  readonly range: TextRange;
  /** What to put there instead, where one spelling is surely meant. */
  readonly fix?: { readonly range: TextRange; readonly text: string; readonly title: string };
  readonly severity: 'error' | 'warning' | 'information';
}

interface LineProps {
  readonly text: string;
  /** Marks as columns of this line, counted from 0. */
  readonly marks: readonly { readonly from: number; readonly to: number; readonly severity: string }[];
}

const shared: readonly (readonly [RegExp, string])[] = [
  [/^\s*(?:- )?hostNetwork:\s+(?:true|yes|on)\b/i, 'net'],
  [/^\s*(?:- )?(?:hostPort|nodePort):\s+\d/, 'net'],
  [/^\s*(?:- )?(?:hostPID|shareProcessNamespace):\s+(?:true|yes|on)\b/i, 'pid'],
  [/^\s*(?:- )?hostIPC:\s+(?:true|yes|on)\b/i, 'ipc'],
];

function Line({ text, marks }: LineProps): JSX.Element {
  const pieces: JSX.Element[] = [];
  let offset = 0;
  for (const token of highlightYaml(text)) {
    const start = offset;
    offset += token.text.length;
    const cuts = [start, offset];
    for (const { from, to } of marks) cuts.push(...[from, to].filter((cut) => cut > start && cut < offset));
    cuts.sort((a, b) => a - b);
    cuts.slice(0, -1).forEach((from, index) => {
      const to = cuts[index + 1] ?? offset;
      const mark = marks.find((each) => each.from < to && each.to > from);
      const kind = token.kind === 'text' ? '' : `y-${token.kind}`;
      pieces.push(
        <span key={from} class={mark ? `${kind} mark-${mark.severity}` : kind}>
          {text.slice(from, to)}
        </span>,
      );
    });
  }
  const tint = shared.find(([pattern]) => pattern.test(text))?.[1];
  const worst = marks[0]?.severity;
  return (
    <span class={`code-line${tint ? ` tint ${tint}` : ''}${worst ? ` has-${worst}` : ''}`}>
      {pieces}
      {'\n'}
    </span>
  );
}

/** All lines of `text`; a very long one stays without colours. */
export function CodeLines({ text, marks = [] }: { readonly text: string; readonly marks?: readonly Mark[] }): JSX.Element {
  let start = 0;
  return (
    <>
      {text.length > 6e4
        ? text
        : text.split('\n').map((line, index) => {
            const from = start;
            start += line.length + 1;
            const own = marks
              .filter(({ range }) => range.start < start && Math.max(range.end, range.start + 1) > from)
              .map(({ range, severity }) => ({
                from: Math.max(0, range.start - from),
                to: Math.min(line.length, Math.max(range.end, range.start + 1) - from),
                severity,
              }));
            return <Line key={index} text={line} marks={own} />;
          })}
    </>
  );
}
