// The workbench of one lesson: manifest, form, verdict, and below them the cluster as terminals, comparison, map
// and timeline. Joins the parts; the bench behind it does the work.
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PickedMessages } from '../../i18n/pick-messages.ts';
import type { EditRequest, Verdict } from '../../lab/bench-contract.ts';
import { hasDamaged, readSavedLesson, takeOverFormer, watchSavedLesson, writeSavedLesson } from '../../lab/saved-work.ts';
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
import { saveEarly } from './save-early.ts';
import { Shapes } from './shapes.tsx';
import { Toolbar } from './toolbar.tsx';
import { useSession } from './use-session.ts';
import type { FormModel } from './use-session.ts';
import { Deck } from './deck.tsx';
import { usePast } from '../timeline/use-past.ts';
import type { OtherTabChoice } from './other-tab.ts';
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
  /** What to compare, until the learner says otherwise. */
  readonly compare: { readonly command: string; readonly observers: readonly string[] };
  /** Where terminals can be opened from the start; the first one is open. */
  readonly observers: readonly string[];
  /** Ids that this lesson had before it was renamed. */
  readonly formerly: readonly string[];
  readonly next: { readonly href: string; readonly question: string } | undefined;
}

export function Bench(props: BenchProps): JSX.Element {
  const { lessonId, locale, words, start } = props;
  const { t, lab, lessonTexts, model, failure, load } = useSession({
    lessonId,
    locale,
    words,
    texts: props.texts,
  });
  const [file, setFile] = useState(props.file);
  const [texts, setTexts] = useState<{ readonly [name: string]: string }>({ [props.file]: start });
  const [note, setNote] = useState<Note | undefined>(undefined);
  const [edit, setEdit] = useState<EditRequest | undefined>(undefined);
  const [goTo, setGoTo] = useState<Place | undefined>(undefined);
  const [solution, setSolution] = useState<{ readonly text: string; readonly View: typeof Solution } | undefined>(undefined);
  const [tall, setTall] = useState(false);
  const past = usePast();
  const [applied, setApplied] = useState(0);
  const [changes, setChanges] = useState(0);
  /** The world tells of a change that the window has just made itself. */
  const echo = useRef(false);
  const section = useRef<HTMLElement>(null);
  const waiting = useRef<EditRequest | undefined>(undefined);
  waiting.current = edit;
  const shown = useRef(texts);
  shown.current = texts;
  const text = texts[file] ?? '';

  useEffect(() => {
    takeOverFormer(lessonId, props.formerly);
    const saved = readSavedLesson(lessonId);
    if (hasDamaged(lessonId)) setNote({ text: (words) => words('save.damaged'), wrong: true });
    if (Object.keys(saved.files).length > 0) {
      setTexts((own) => ({ ...own, ...saved.files }));
    }
    if (/^#(?:manifest|world)=/.test(location.hash)) void openShared();
    // The reader is there, or this would not run yet. Whoever is at the bench already gets the cluster at once,
    // others as soon as the page has nothing better to do.
    const here = section.current?.matches(':hover, :focus-within') === true;
    const begin = (): void => void load().catch(() => undefined);
    if (here || typeof requestIdleCallback === 'undefined') begin();
    else requestIdleCallback(begin, { timeout: 2000 });
    return watchSavedLesson(lessonId, tellOfOtherTab);
  }, []);

  // The next lesson is probably next: its page is there when it is asked for.
  useEffect(() => {
    if (!lab || !props.next) return;
    const hint = Object.assign(document.createElement('link'), { rel: 'prefetch', href: props.next.href });
    document.head.append(hint);
  }, [lab]);

  useEffect(() => {
    if (!lab) return undefined;
    for (const [name, own] of Object.entries(texts)) if (lab.text(name) !== own) lab.setText(name, own);
    const stopWatching = lab.subscribe(() => {
      if (!echo.current) setChanges((count) => count + 1);
      echo.current = false;
      // What a shell wrote into a file shows in the editor.
      const written = lab.takeWritten().map((name) => [name, lab.text(name)] as const);
      if (written.length > 0) setTexts((own) => ({ ...own, ...Object.fromEntries(written) }));
    });
    const stopEditing = lab.onEdit((request) => {
      waiting.current?.done();
      setEdit(request);
      setFile(request.name);
      setTexts((own) => ({ ...own, [request.name]: request.text }));
      setGoTo({ offset: 0, unlessFocused: true });
    });
    return () => {
      stopWatching();
      stopEditing();
    };
  }, [lab]);

  const change = (next: string, name = file): void => {
    // At once, not with the next frame: two switches in a row are two changes of one text.
    shown.current = { ...shown.current, [name]: next };
    setTexts((own) => ({ ...own, [name]: next }));
    echo.current = lab !== undefined && lab.text(name) !== next;
    lab?.setText(name, next);
    const kept = lab ? lab.saveState() : saveEarly(lessonId, name, next);
    if (kept === 'elsewhere') tellOfOtherTab();
    else if (kept !== 'saved') setNote({ text: (words) => words(`save.${kept}`), wrong: true });
  };

  /** Another tab writes too: until the learner chooses, both texts are kept. */
  const tellOfOtherTab = (): void => {
    const choose = (how: OtherTabChoice) => () =>
      void Promise.all([load(), import('./other-tab.ts')]).then(([bench, { settleTabs }]) => {
        // What the window shows, also while the bench has not taken it over yet.
        const settled = settleTabs(how, { lessonId, bench, shown: shown.current });
        setTexts((own) => ({ ...own, ...settled }));
        setNote({ text: (words) => words(`save.done.${how}`) });
      });
    setNote({
      text: (words) => words('save.elsewhere'),
      wrong: true,
      choices: [
        { word: 'save.theirs', act: choose('theirs') },
        { word: 'save.mine', act: choose('mine') },
        { word: 'save.both', act: choose('both') },
      ],
    });
  };

  /** Ends the `vi` that waits, with the file written. */
  const finishEdit = (): void => {
    if (!edit) return;
    edit.done(texts[edit.name] ?? '');
    setEdit(undefined);
  };

  const replace = (next: string, message: string): void => {
    const before = text;
    change(next);
    setNote({ text: message, undo: () => change(before) });
  };

  const onForm = (done: FormEdit): void => {
    const apply = (loaded: FormModel): void => change(loaded.editManifest(shown.current[file] ?? '', done));
    if (model) apply(model);
    else void import('../manifest-form/edit-manifest.ts').then(apply);
  };

  const apply = async (): Promise<void> => {
    setNote({ text: t('apply.running') });
    const bench = await load();
    if (bench.text(file) !== text) bench.setText(file, text);
    const { exitCode, output } = await bench.apply(file);
    setNote({ text: output.trim(), wrong: exitCode !== 0 });
    setApplied((count) => count + 1);
  };

  const reset = async (): Promise<void> => {
    const bench = await load();
    const undo = await bench.reset();
    const names = bench.files();
    setTexts(Object.fromEntries(names.map((name) => [name, bench.text(name)])));
    setFile(names[0] ?? props.file);
    setNote({
      text: t('reset.done'),
      undo: () => {
        undo();
        setTexts(Object.fromEntries(bench.files().map((name) => [name, bench.text(name)])));
      },
    });
  };

  const share = async (how: ShareKind): Promise<void> => {
    const [bench, { shareText, handOver }] = await Promise.all([load(), import('./share.ts')]);
    setNote({ text: await handOver(t, await shareText(how, { bench, open: { file, text } })) });
  };

  const openShared = async (): Promise<void> => {
    const [bench, { readSharedStory }] = await Promise.all([load(), import('./share.ts')]);
    const shared = await readSharedStory(location.hash, bench);
    if (!shared) return setNote({ text: (words) => words('share.broken'), wrong: true });
    // Beside one's own work, never over it.
    const name = `shared-${shared.file.replace(/^(shared-)+/, '')}`;
    setTexts((own) => ({ ...own, [name]: shared.text }));
    setFile(name);
    if (shared.story) past.showForeign(shared.story, shared.at);
    setNote({ text: (words) => words('share.opened', { file: shared.file }) });
  };

  const showSolution = async (): Promise<void> => {
    const [bench, { Solution: View }] = await Promise.all([load(), import('./solution.tsx')]);
    setSolution({ text: await bench.solution(), View });
  };

  const verdict = useMemo((): Verdict | undefined => lab?.verdict(text), [lab, text, changes]);
  const marks = useMemo(() => marksOf(t, verdict, text), [t, verdict, text]);
  // The form and the deck are not what a keystroke waits for: the one follows after its frame, the other is drawn again only
  // where something of its own has changed.
  const [readText, setReadText] = useState(start);
  useEffect(() => setReadText(text), [text]);
  const form = useMemo(() => model?.readForm(readText) ?? props.form, [model, readText]);
  const places = useMemo(() => lab?.observers().map(({ name }) => name) ?? [], [lab, changes]);
  const act = useRef({ onForm, finishEdit, text, file });
  act.current = { onForm, finishEdit, text, file };
  const formView = useMemo(
    () => <ManifestForm t={t} form={form} onEdit={(done) => act.current.onForm(done)} whole={model !== undefined} />,
    [t, form, model],
  );
  const deckView = useMemo(
    () => (
      <Deck
        t={t}
        lab={lab}
        load={load}
        applied={applied}
        compare={props.compare}
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
  const files = [...new Set([props.file, ...(lab?.files() ?? Object.keys(texts)), file])];

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
        files={files}
        open={file}
        onOpen={(name) => {
          setFile(name);
          setTexts((own) => (name in own ? own : { ...own, [name]: lab?.text(name) ?? '' }));
        }}
        onReset={() => void reset()}
        onApply={() => void apply()}
        onShare={(how) => void share(how)}
      />
      <Notice t={t} note={note} waitingFor={edit?.name} onSave={finishEdit} onClose={() => setNote(undefined)} />
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
            onSave={finishEdit}
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
