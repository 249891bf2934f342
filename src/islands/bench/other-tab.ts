// What becomes of two tabs' texts once the learner has chosen. Whatever is not chosen is kept as a copy or was never lost.
import type { Bench } from '../../lab/bench-contract.ts';
import { filesOfBoth, takeOverLesson } from '../../lab/saved-work.ts';

/** `theirs`: go on with the other tab's texts. `mine`: write over them. `both`: mine, and theirs as copies beside. */
export type OtherTabChoice = 'theirs' | 'mine' | 'both';

interface Tabs {
  readonly lessonId: string;
  readonly bench: Bench;
  /** The texts that this tab's window shows; the bench may not have them yet. */
  readonly shown: { readonly [name: string]: string };
}

/** Carries the choice out; @returns the texts that the window shows from now on */
export function settleTabs(how: OtherTabChoice, { lessonId, bench, shown }: Tabs): { readonly [name: string]: string } {
  const own = { ...Object.fromEntries(bench.files().map((name) => [name, bench.text(name)])), ...shown };
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
