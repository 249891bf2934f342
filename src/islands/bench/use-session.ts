// What the bench loads, and when: the cluster, all words, the lesson's hints, the form's reading of YAML. Begins when
// first asked and never twice.
import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import { loadMessages } from '../../i18n/load-messages.ts';
import type { Translate } from '../../i18n/create-translate.ts';
import type { Messages } from '../../i18n/locale-file.ts';
import type { PickedMessages } from '../../i18n/pick-messages.ts';
import type { Bench } from '../../lab/bench-contract.ts';
import { loadLessonTexts } from '../goals/lesson-texts.ts';
import type { LessonTexts } from '../goals/lesson-texts.ts';
import type { FormModel } from '../manifest-form/form-model.ts';
import { loadBench } from './bench-session.ts';
import { lateWords } from './late-words.ts';

export interface Session {
  readonly t: Translate;
  /** Each is `undefined` until it has arrived. */
  readonly lab: Bench | undefined;
  readonly lessonTexts: LessonTexts | undefined;
  readonly model: FormModel | undefined;
  /** Why the cluster could not be loaded. */
  readonly failure: string | undefined;
  readonly load: () => Promise<Bench>;
}

interface Options {
  readonly lessonId: string;
  readonly locale: string;
  /** The words of the first frame. */
  readonly words: PickedMessages;
  /** Address of the lesson's hints. */
  readonly texts: string;
}

export function useSession({ lessonId, locale, words, texts }: Options): Session {
  const [late, setLate] = useState<Messages>(words.messages);
  const t = useMemo(() => lateWords(words.tag, [late, words.messages]), [late]);
  const [lab, setLab] = useState<Bench | undefined>(undefined);
  const [lessonTexts, setLessonTexts] = useState<LessonTexts | undefined>(undefined);
  const [model, setModel] = useState<FormModel | undefined>(undefined);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const asked = useRef(false);

  const load = useCallback((): Promise<Bench> => {
    setFailure(undefined);
    if (!asked.current) {
      asked.current = true;
      void loadMessages(locale).then(setLate, () => undefined);
      // Each in a task of its own: a slow phone answers to a finger between them.
      setTimeout(() => {
        void loadLessonTexts(texts).then(setLessonTexts);
        void import('./bench-late.ts');
      });
      setTimeout(() => void import('../manifest-form/form-model.ts').then(({ formModel }) => setModel(formModel)));
    }
    const session = loadBench(lessonId, locale);
    session.then(setLab, (error: unknown) => setFailure(error instanceof Error ? error.message : String(error)));
    return session;
  }, []);

  return { t, lab, lessonTexts, model, failure, load };
}
