// What the editors mark in the text: problems as such, and the places where a goal is still open. Words, no drawing.
import type { Translate } from '../../i18n/create-translate.ts';
import type { BenchFinding, Verdict } from '../../lab/bench-contract.ts';
import { wordFinding } from '../goals/goals.tsx';
import { repairOf } from '../goals/repair-of.ts';
import type { Mark } from '../manifest-editor/code-lines.tsx';

export type WordedMark = Mark & { readonly message: string };

/** Marks of a verdict. An open goal is no error of the text: its place is only pointed at. */
export function marksOf(t: Translate, verdict: Verdict | undefined, text: string): readonly WordedMark[] {
  if (!verdict) return [];
  const worded = (finding: BenchFinding, severity: Mark['severity']): readonly WordedMark[] => {
    const repair = repairOf(finding, text);
    return finding.range
      ? [
          {
            range: finding.range,
            severity,
            message: [wordFinding(t, finding), finding.upstream].filter(Boolean).join('\n'),
            ...(repair
              ? {
                  fix: {
                    ...repair,
                    title: repair.movedTo === undefined ? t('finding.repair', { text: repair.text }) : t('finding.move', { belongs: repair.movedTo }),
                  },
                }
              : {}),
          },
        ]
      : [];
  };
  return [
    ...verdict.findings.flatMap((finding) => worded(finding, finding.severity)),
    ...verdict.goals.flatMap(({ findings }) => findings.flatMap((finding) => worded(finding, 'information'))),
  ];
}
