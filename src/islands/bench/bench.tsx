// The workbench of one lesson: manifest, form, verdict, and below them the cluster as terminals, comparison, map
// and timeline. Joins the parts; the bench behind it does the work.
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PickedMessages } from '../../i18n/pick-messages.ts';
import type { Verdict } from '../../lab/bench-contract.ts';
import { writeSavedLesson } from '../../lab/saved-work.ts';
import { Goals } from '../goals/goals.tsx';
import type { GoalTitle } from '../goals/goals.tsx';
import { ManifestEditor } from '../manifest-editor/manifest-editor.tsx';
import type { Place } from '../manifest-editor/manifest-editor.tsx';
import { ManifestForm } from '../manifest-form/manifest-form.tsx';
import type { FormEdit, FormState } from '../manifest-form/form-state.ts';
import { marksOf } from './marks.ts';
import { Notice } from './notice.tsx';
import type { Note } from './notice.tsx';
import type { Solution } from './solution.tsx';
import { Shapes } from './shapes.tsx';
import { Toolbar } from './toolbar.tsx';
import { useCourseNote } from './use-course-note.ts';
import { useFiles } from './use-files.ts';
import { useSession } from './use-session.ts';
import type { FormModel } from '../manifest-form/form-model.ts';
import { Deck } from './deck.tsx';
import { usePast } from '../timeline/use-past.ts';
import type { ShareKind } from './share.ts';

export interface BenchProps {
  readonly lessonId: string;
  readonly locale: string;
  readonly words: PickedMessages;
  /** The lesson's manifest as the editor opens with it. */
  readonly file: string;
  readonly start: string;
  readonly form: FormState;
  readonly goals: readonly GoalTitle[];
  /** Address of the lesson's hints and misconceptions. */
  readonly texts: string;
  /** Where terminals can be opened from the start; the first one is open. */
  readonly observers: readonly string[];
  /** Ids that this lesson had before it was renamed. */
  readonly formerly: readonly string[];
  readonly next: { readonly href: string; readonly question: string } | undefined;
}

export function Bench(props: BenchProps): JSX.Element {
  const { lessonId, locale, words } = props;
  const { t, lab, lessonTexts, model, failure, load } = useSession({ lessonId, locale, words, texts: props.texts });
  const [note, setNote] = useState<Note | undefined>(undefined);
  const [goTo, setGoTo] = useState<Place | undefined>(undefined);
  const [solution, setSolution] = useState<{ readonly text: string; readonly View: typeof Solution } | undefined>(undefined);
  const [tall, setTall] = useState(false);
  const past = usePast();
  const [applied, setApplied] = useState(0);
  const section = useRef<HTMLElement>(null);
  const files = useFiles({ ...props, lab, load, onNote: setNote, onEditRequest: () => setGoTo({ offset: 0, unlessFocused: true }) });
  const { file, text, change } = files;
  useCourseNote({ lab, onNote: setNote });

  useEffect(() => {
    if (/^#(?:manifest|world)=/.test(location.hash)) void openShared();
    // The reader is there, or this would not run yet. Whoever is at the bench already gets the cluster at once,
    // others as soon as the page has nothing better to do.
    const here = section.current?.matches(':hover, :focus-within') === true;
    const begin = (): void => void load().catch(() => undefined);
    if (here || typeof requestIdleCallback === 'undefined') begin();
    else requestIdleCallback(begin, { timeout: 2000 });
  }, []);

  // The next lesson is probably next: its page is there when it is asked for.
  useEffect(() => {
    if (!lab || !props.next) return;
    const hint = Object.assign(document.createElement('link'), { rel: 'prefetch', href: props.next.href });
    document.head.append(hint);
  }, [lab]);

  const replace = (next: string, message: string): void => {
    const before = files.shown();
    change(next);
    setNote({ text: message, undo: () => change(before) });
  };

  const onForm = (...done: [FormEdit, number]): void => {
    const apply = ({ editManifest }: FormModel): void => change(editManifest(files.shown(), ...done));
    if (model) apply(model);
    else void import('../manifest-form/form-model.ts').then(({ formModel }) => apply(formModel));
  };

  const apply = async (): Promise<void> => {
    setNote({ text: t('apply.running') });
    const bench = await load();
    const own = files.shown();
    if (bench.text(file) !== own) bench.setText(file, own);
    const { line, exitCode, output } = await bench.apply(file);
    const told: Note = { text: output.trim(), wrong: exitCode !== 0 };
    setNote(told);
    setApplied((count) => count + 1);
    const at = bench.observers()[0]?.name ?? '';
    const [provenance, { ProvenanceMark: Mark }] = await Promise.all([
      bench.provenance({ line, at, exitCode }),
      import('../provenance/provenance-mark.tsx'),
    ]);
    setNote((now) => (now === told ? { ...told, from: { Mark, provenance } } : now));
  };

  const reset = async (): Promise<void> => {
    const bench = await load();
    const undo = await bench.reset();
    files.takeAll(bench);
    setNote({
      text: t('reset.done'),
      undo: () => {
        undo();
        files.takeAll(bench);
      },
    });
  };

  const share = async (how: ShareKind): Promise<void> => {
    const [bench, { shareText, handOver }] = await Promise.all([load(), import('./share.ts')]);
    setNote({ text: await handOver(t, await shareText(how, { bench, open: { file, text: files.shown() } })) });
  };

  const openShared = async (): Promise<void> => {
    const [bench, { readSharedStory }] = await Promise.all([load(), import('./share.ts')]);
    const shared = await readSharedStory(location.hash, bench);
    if (!shared) return setNote({ text: (words) => words('share.broken'), wrong: true });
    // Beside one's own work, never over it.
    files.show(`shared-${shared.file.replace(/^(shared-)+/, '')}`, shared.text);
    if (shared.story) past.showForeign(shared.story, shared.at);
    setNote({ text: (words) => words('share.opened', { file: shared.file }) });
  };

  const showSolution = async (): Promise<void> => {
    const [bench, { Solution: View }] = await Promise.all([load(), import('./solution.tsx')]);
    setSolution({ text: await bench.solution(), View });
  };

  const verdict = useMemo((): Verdict | undefined => lab?.verdict(text), [lab, text, files.changes]);
  const marks = useMemo(() => marksOf(t, verdict, text), [t, verdict, text]);
  // The form and the deck are not what a keystroke waits for: the one follows after its frame, the other is drawn again only
  // where something of its own has changed.
  const [read, setRead] = useState<{ readonly text: string; readonly verdict: Verdict | undefined }>({ text: props.start, verdict: undefined });
  useEffect(() => setRead({ text, verdict }), [text, verdict]);
  const formView = useMemo(
    () => <ManifestForm t={t} first={props.form} {...read} model={model} onEdit={(...done) => act.current.onForm(...done)} />,
    [t, model, read],
  );
  const places = useMemo(() => lab?.observers().map(({ name }) => name) ?? [], [lab, files.changes]);
  const act = useRef({ onForm, finishEdit: files.finishEdit, text, file });
  act.current = { onForm, finishEdit: files.finishEdit, text, file };
  const deckView = useMemo(
    () => (
      <Deck
        t={t}
        lab={lab}
        load={load}
        applied={applied}
        observers={props.observers}
        running={places}
        onTerminal={() => act.current.finishEdit()}
        tall={tall}
        onTall={setTall}
        past={past}
        link={async (story, at) => {
          const { linkTo, handOver } = await import('./share.ts');
          return handOver(t, await linkTo(story, at, act.current));
        }}
      />
    ),
    [t, lab, applied, places.join(), tall, past],
  );

  useEffect(() => {
    if (verdict?.status === 'solved' && file === props.file) writeSavedLesson(lessonId, { solved: true });
  }, [verdict?.status]);

  return (
    <section
      class={tall ? 'bench tall' : 'bench'}
      ref={section}
      aria-label={t('bench.label')}
      data-ready={lab ? 'yes' : 'no'}
      onPointerEnter={() => void load().catch(() => undefined)}
      onFocusIn={() => void load().catch(() => undefined)}
    >
      <Shapes />
      <Toolbar
        t={t}
        files={files.names}
        open={file}
        onOpen={(name) => files.show(name)}
        onReset={() => void reset()}
        onApply={() => void apply()}
        onShare={(how) => void share(how)}
      />
      <Notice t={t} note={note} waitingFor={files.waiting} onSave={files.finishEdit} onClose={() => setNote(undefined)} />
      <div class="manifest">
        {solution !== undefined ? (
          <solution.View
            t={t}
            own={text}
            solution={solution.text}
            reasons={lessonTexts?.solution ?? {}}
            onTake={() => {
              replace(solution.text, t('solution.taken'));
              setSolution(undefined);
            }}
            onClose={() => setSolution(undefined)}
          />
        ) : (
          <ManifestEditor
            t={t}
            locale={locale}
            file={file}
            text={text}
            marks={marks}
            onText={change}
            onSave={files.finishEdit}
            onApply={() => void apply()}
            goTo={goTo}
          />
        )}
        {formView}
      </div>
      <Goals
        t={t}
        goals={props.goals}
        texts={lessonTexts}
        verdict={verdict}
        lessonId={lessonId}
        text={text}
        failure={failure}
        next={props.next}
        onGoTo={(offset) => setGoTo({ offset })}
        onRepair={({ range, text: fixed }) => replace(text.slice(0, range.start) + fixed + text.slice(range.end), t('repair.done'))}
        onSolution={() => void showSolution()}
        onRetry={() => void load().catch(() => undefined)}
      />
      {deckView}
    </section>
  );
}
