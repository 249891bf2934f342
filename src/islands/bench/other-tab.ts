// What becomes of two tabs' texts once the learner has chosen. Whatever is not chosen is kept as a copy or was never lost.
import type { Bench } from '../../lab/bench-contract.ts';
import { filesOfBoth, takeOverLesson } from '../../lab/saved-work.ts';

/** `theirs`: go on with the other tab's texts. `mine`: write over them. `both`: mine, and theirs as copies beside. */
export type OtherTabChoice = 'theirs' | 'mine' | 'both';

/** Carries the choice out; @returns the texts that the window shows from now on */
export function settleTabs(how: OtherTabChoice, lessonId: string, bench: Bench): { readonly [name: string]: string } {
  const own = Object.fromEntries(bench.files().map((name) => [name, bench.text(name)]));
  const both = filesOfBoth(lessonId, own);
  const { files } = takeOverLesson(lessonId);
  if (how === 'theirs') {
    bench.takeFiles({ ...own, ...files });
    return files;
  }
  const next = how === 'both' ? both : own;
  bench.takeFiles(next);
  return next;
}
