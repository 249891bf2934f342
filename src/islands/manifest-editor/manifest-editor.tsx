// The editor: a plain textarea over coloured text from the first paint, Monaco over both where that is wanted.
// Knows nothing of verdicts beyond the marks it is handed.
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Translate } from '../../i18n/create-translate.ts';
import { LONGEST_TEXT } from '../../lab/longest-text.ts';
import { CodeLines } from './code-lines.tsx';
import type { Mark } from './code-lines.tsx';
import { editorChoice, rememberEditorChoice } from './editor-choice.ts';
import { loadRichEditor } from './load-rich-editor.ts';
import type { RichEditor } from './rich-editor.ts';
import { TextHistory } from './text-history.ts';
import type { Step } from './text-history.ts';

/** Where to put the caret; somebody who is already typing can be left alone. */
export interface Place {
  readonly offset: number;
  readonly unlessFocused?: boolean;
}

interface Props {
  readonly t: Translate;
  readonly locale: string;
  readonly file: string;
  readonly text: string;
  readonly marks: readonly (Mark & { readonly message: string })[];
  /** @param soon is enough with the next picture */
  readonly onText: (text: string, soon: boolean) => void;
  /** Ctrl-S and Ctrl-Enter. */
  readonly onSave: () => void;
  readonly onApply: () => void;
  /** A place to show; a new object each time somebody asks. */
  readonly goTo: Place | undefined;
}

export function ManifestEditor(props: Props): JSX.Element {
  const { t, file, text, marks, goTo } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const rich = useRef<RichEditor | undefined>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const loading = useRef(false);
  const [isRich, setRich] = useState(false);
  const [wanted, setWanted] = useState(false);
  /** The coloured text, which lies behind Monaco and follows it after its frame. */
  const [behind, setBehind] = useState(text);

  // Texts that the editors reported and that have not come back yet as `text`: an echo must not overwrite what was
  // typed since.
  const reported = useRef<string[]>([]);
  const report = (next: string, soon = false): void => {
    history().record(next, performance.now());
    reported.current.push(next);
    latest.current.onText(next, soon);
  };
  /** What each file held, step by step: whichever editor is in front can undo what was written in the other. */
  const histories = useRef(new Map<string, TextHistory>());
  const history = (): TextHistory => {
    const { file: open, text: now } = latest.current;
    const kept = histories.current.get(open) ?? new TextHistory(now);
    histories.current.set(open, kept);
    return kept;
  };
  const first = useRef(true);
  const shownFile = useRef(file);

  useEffect(() => {
    if (editorChoice() !== 'rich') return;
    setWanted(true);
    if (document.activeElement === area.current) upgrade();
  }, []);

  useLayoutEffect(() => {
    if (first.current) {
      // Whatever was typed before this code arrived stands in the textarea and nowhere else.
      first.current = false;
      if (area.current && area.current.value !== text) report(area.current.value);
      return;
    }
    const echo = shownFile.current === file ? reported.current.lastIndexOf(text) : -1;
    shownFile.current = file;
    if (echo >= 0) {
      reported.current.splice(0, echo + 1);
      return;
    }
    reported.current = [];
    // A form, a repair, another tab: that can be undone as well.
    history().record(text, performance.now());
    if (area.current && area.current.value !== text) area.current.value = text;
    rich.current?.setText(file, text);
  }, [file, text]);

  useEffect(() => rich.current?.setMarks(marks), [marks]);
  useEffect(() => {
    setBehind(text);
    if (rich.current && area.current && area.current.value !== text) area.current.value = text;
  }, [text]);

  useEffect(() => {
    if (!goTo) return;
    if (goTo.unlessFocused && area.current?.closest('.editor')?.contains(document.activeElement)) return;
    if (rich.current) return rich.current.reveal(goTo.offset);
    area.current?.focus();
    area.current?.setSelectionRange(goTo.offset, goTo.offset);
  }, [goTo]);

  const upgrade = (): void => {
    if (rich.current || !host.current) return;
    const target = host.current;
    if (loading.current) return;
    loading.current = true;
    loadRichEditor(props.locale)
      .then((open) => {
        whenIdle(area.current, () => takeOver(() => open({ host: target, tag: t.tag, label: t('editor.label') })));
      })
      .catch(() => setWanted(false))
      .finally(() => (loading.current = false));
  };

  const takeOver = (open: () => RichEditor): void => {
    if (rich.current || editorChoice() !== 'rich') return;
    const plain = area.current;
    const sheet = plain?.closest('.editor-scroll');
    if (host.current) host.current.hidden = false;
    const editor = open();
    rich.current = editor;
    editor.adoptHistory(latest.current.file, history().texts());
    editor.setMarks(latest.current.marks);
    editor.onText((next, stepped) => {
      if (stepped) history().follow(next, performance.now());
      report(next, true);
    });
    editor.onSave(() => latest.current.onSave());
    editor.onApply(() => latest.current.onApply());
    if (plain) editor.adopt(plain, { top: sheet?.scrollTop ?? 0, left: sheet?.scrollLeft ?? 0 });
    setRich(true);
  };

  const switchEditor = (): void => {
    const next = isRich ? 'plain' : 'rich';
    rememberEditorChoice(next);
    setWanted(next === 'rich');
    if (next === 'rich') return upgrade();
    const editor = rich.current;
    rich.current = undefined;
    setRich(false);
    if (!area.current || !editor) return;
    const { selection, scroll } = editor.close();
    area.current.value = text;
    area.current.focus({ preventScroll: true });
    area.current.setSelectionRange(...selection);
    const sheet = area.current.closest('.editor-scroll');
    sheet?.scrollTo(scroll);
    // Once more when the plain editor has its room again.
    requestAnimationFrame(() => sheet?.scrollTo(scroll));
  };

  /** The plain editor's undo and redo: the browser's own would not know of the other editor. */
  const step = (to: Step | undefined): void => {
    if (!area.current || !to) return;
    area.current.value = to.text;
    area.current.setSelectionRange(to.caret, to.caret);
    report(to.text);
  };

  const keys = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key === 'z' || key === 'y') {
      event.preventDefault();
      return step(key === 'y' || event.shiftKey ? history().redo() : history().undo());
    }
    if (event.key === 's') {
      event.preventDefault();
      props.onSave();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      props.onApply();
    }
  };

  return (
    <div class="editor">
      <div class="editor-scroll" data-rich={isRich}>
        <div class="editor-sheet">
          <pre aria-hidden="true" class="editor-code">
            <CodeLines text={isRich ? behind : text} marks={marks} />
          </pre>
          <textarea
            ref={area}
            class="editor-text"
            data-lab="manifest"
            aria-label={t('editor.labelFile', { file })}
            aria-describedby="editor-state"
            defaultValue={text}
            spellcheck={false}
            autocapitalize="off"
            autocomplete="off"
            autocorrect="off"
            maxLength={LONGEST_TEXT}
            wrap="off"
            tabIndex={isRich ? -1 : 0}
            onInput={(event) => {
              const next = event.currentTarget.value;
              rich.current?.setText(file, next);
              report(next);
            }}
            onKeyDown={keys}
            onBeforeInput={(event) => {
              // From a menu, or by shaking a phone.
              if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return;
              event.preventDefault();
              step(event.inputType === 'historyUndo' ? history().undo() : history().redo());
            }}
            onFocus={() => wanted && upgrade()}
          />
        </div>
      </div>
      <div ref={host} class="editor-rich" hidden={!isRich} />
      <button type="button" class="editor-switch" onClick={switchEditor}>
        {t(isRich ? 'editor.toPlain' : 'editor.toRich')}
      </button>
    </div>
  );
}

/** Waits for a moment without typing, so that nobody's keystroke falls between two editors. */
function whenIdle(area: HTMLTextAreaElement | null, act: () => void): void {
  let timer = setTimeout(done, 400);
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(done, 400);
  };
  function done(): void {
    area?.removeEventListener('input', later);
    act();
  }
  area?.addEventListener('input', later);
}
