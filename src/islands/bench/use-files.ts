// The learner's files as the window shows them: saved at every change, in step with the bench, with other tabs, and with `vi`.
// Knows nothing of what the texts mean.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Bench, EditRequest } from '../../lab/bench-contract.ts';
import { hasDamaged, readSavedLesson, takeOverFormer, watchSavedLesson } from '../../lab/saved-work.ts';
import type { Note } from './notice.tsx';
import type { OtherTabChoice } from './other-tab.ts';
import { saveEarly } from './save-early.ts';

interface Options {
  readonly lessonId: string;
  /** The lesson's manifest, as the editor opens with it. */
  readonly file: string;
  readonly start: string;
  /** Ids that this lesson had before it was renamed. */
  readonly formerly: readonly string[];
  readonly lab: Bench | undefined;
  readonly load: () => Promise<Bench>;
  readonly onNote: (note: Note) => void;
  /** A program waits for the editor. */
  readonly onEditRequest: () => void;
}

export interface Files {
  /** The open one, and its text. */
  readonly file: string;
  readonly text: string;
  readonly names: readonly string[];
  /** Counts what happened in the world and is not the window's own doing. */
  readonly changes: number;
  /** The text of the open file as it is at this very moment, not as it was last drawn. */
  readonly shown: () => string;
  /** @param soon draws it with the next picture, for an editor that itself draws then: the page is laid out once, not twice */
  readonly change: (text: string, soon?: boolean) => void;
  /** Opens a file; with a text, that is what it shows. */
  readonly show: (name: string, text?: string) => void;
  /** Shows what the bench has, its first file in front. */
  readonly takeAll: (bench: Bench) => void;
  /** Name of the file that `vi` waits for. */
  readonly waiting: string | undefined;
  /** Ends the `vi` that waits, with the file written. */
  readonly finishEdit: () => void;
}

type Texts = { readonly [name: string]: string };

export function useFiles({ lessonId, file: ownFile, start, formerly, lab, load, onNote, onEditRequest }: Options): Files {
  const [file, setFile] = useState(ownFile);
  const [texts, setTexts] = useState<Texts>({ [ownFile]: start });
  const [edit, setEdit] = useState<EditRequest | undefined>(undefined);
  const [changes, setChanges] = useState(0);
  /** The world tells of a change that the window has just made itself. */
  const echo = useRef(false);
  const waiting = useRef<EditRequest | undefined>(undefined);
  waiting.current = edit;
  /** What the files hold; what is drawn may be one picture behind. */
  const shown = useRef(texts);
  const drawing = useRef(false);

  const put = (update: (own: Texts) => Texts): void => {
    shown.current = update(shown.current);
    setTexts(shown.current);
  };

  const putSoon = (update: (own: Texts) => Texts): void => {
    shown.current = update(shown.current);
    if (drawing.current) return;
    drawing.current = true;
    requestAnimationFrame(() => {
      drawing.current = false;
      setTexts(shown.current);
    });
  };

  useEffect(() => {
    takeOverFormer(lessonId, formerly);
    const saved = readSavedLesson(lessonId);
    if (hasDamaged(lessonId)) onNote({ text: (words) => words('save.damaged'), wrong: true });
    if (Object.keys(saved.files).length > 0) put((own) => ({ ...own, ...saved.files }));
    return watchSavedLesson(lessonId, tellOfOtherTab);
  }, []);

  useEffect(() => {
    if (!lab) return undefined;
    for (const [name, own] of Object.entries(shown.current)) if (lab.text(name) !== own) lab.setText(name, own);
    const stopWatching = lab.subscribe(() => {
      if (!echo.current) setChanges((count) => count + 1);
      echo.current = false;
      // What a shell wrote into a file shows in the editor.
      const written = lab.takeWritten().map((name) => [name, lab.text(name)] as const);
      if (written.length > 0) put((own) => ({ ...own, ...Object.fromEntries(written) }));
    });
    const stopEditing = lab.onEdit((request) => {
      waiting.current?.done();
      setEdit(request);
      setFile(request.name);
      put((own) => ({ ...own, [request.name]: request.text }));
      onEditRequest();
    });
    return () => {
      stopWatching();
      stopEditing();
    };
  }, [lab]);

  const change = (next: string, soon = false): void => {
    (soon && !document.hidden ? putSoon : put)((own) => ({ ...own, [file]: next }));
    echo.current = lab !== undefined && lab.text(file) !== next;
    lab?.setText(file, next);
    const kept = lab ? lab.saveState() : saveEarly(lessonId, file, next);
    if (kept === 'elsewhere') tellOfOtherTab();
    else if (kept !== 'saved') onNote({ text: (words) => words(`save.${kept}`), wrong: true });
  };

  /** Another tab writes too: until the learner chooses, both texts are kept. */
  const tellOfOtherTab = (): void => {
    const choose = (how: OtherTabChoice) => () =>
      void Promise.all([load(), import('./other-tab.ts')]).then(([bench, { settleTabs }]) => {
        // What the window shows, also while the bench has not taken it over yet.
        const settled = settleTabs(how, { lessonId, bench, shown: shown.current });
        put((own) => ({ ...own, ...settled }));
        onNote({ text: (words) => words(`save.done.${how}`) });
      });
    onNote({
      text: (words) => words('save.elsewhere'),
      wrong: true,
      choices: [
        { word: 'save.theirs', act: choose('theirs') },
        { word: 'save.mine', act: choose('mine') },
        { word: 'save.both', act: choose('both') },
      ],
    });
  };

  return {
    file,
    changes,
    text: texts[file] ?? '',
    names: [...new Set([ownFile, ...(lab?.files() ?? Object.keys(texts)), file])],
    shown: () => shown.current[file] ?? '',
    change,
    show: (name, text) => {
      setFile(name);
      put((own) => (text === undefined && name in own ? own : { ...own, [name]: text ?? lab?.text(name) ?? '' }));
    },
    takeAll: (bench) => {
      const names = bench.files();
      put(() => Object.fromEntries(names.map((name) => [name, bench.text(name)])));
      setFile((open) => (names.includes(open) ? open : (names[0] ?? ownFile)));
    },
    waiting: edit?.name,
    finishEdit: () => {
      if (!edit) return;
      edit.done(shown.current[edit.name] ?? '');
      setEdit(undefined);
    },
  };
}
