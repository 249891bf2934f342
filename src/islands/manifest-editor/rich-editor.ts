// Monaco over the plain editor: the same text, the same marks, with completion and hover for every field that the
// simulated API server knows. Arrives late and can leave again. Knows no rules: marks come from the bench.
import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/editor/contrib/suggest/browser/suggestController';
import 'monaco-editor/features/bracketMatching/register';
import 'monaco-editor/features/codeAction/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/comment/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/gotoError/register';
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/indentation/register';
import 'monaco-editor/features/linesOperations/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/languages/definitions/yaml/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import type { Messages } from '../../i18n/locale-file.ts';
import { LONGEST_TEXT } from '../../lab/longest-text.ts';
import type { Mark } from './code-lines.tsx';
import { registerFieldHelp } from './field-help.ts';
import { offerFixes } from './quick-fixes.ts';
import { followSize } from './rich-layout.ts';
import { followTheme } from './rich-theme.ts';
import './rich-editor.lazy.css';

export interface RichEditor {
  setText(file: string, text: string): void;
  /** What was typed in the plain editor before, oldest first, as steps that can be undone. */
  adoptHistory(file: string, texts: readonly string[]): void;
  setMarks(marks: readonly (Mark & { readonly message: string })[]): void;
  onText(listener: (text: string) => void): void;
  onSave(listener: () => void): void;
  onApply(listener: () => void): void;
  /** Takes over the plain editor's selection and scroll, and its focus where it had it. */
  adopt(plain: HTMLTextAreaElement, scroll: { readonly top: number; readonly left: number }): void;
  reveal(offset: number): void;
  close(): void;
}

interface Options {
  readonly host: HTMLElement;
  /** BCP-47 tag of the page's language, with its messages for the fields' descriptions. */
  readonly tag: string;
  readonly messages: Messages;
  readonly label: string;
}

const severities = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  information: monaco.MarkerSeverity.Info,
};

/** Makes an editor in `host`; the plain one stays beneath it and is kept in step by whoever owns both. */
export function openRichEditor({ host, tag, messages, label }: Options): RichEditor {
  globalThis.MonacoEnvironment ??= { getWorker: () => new EditorWorker() };
  registerFieldHelp(tag, messages);
  const editor = monaco.editor.create(host, {
    ariaLabel: label,
    autoIndent: 'keep',
    bracketPairColorization: { enabled: false },
    contextmenu: true,
    fixedOverflowWidgets: true,
    folding: false,
    fontFamily: getComputedStyle(host).getPropertyValue('--mono'),
    fontLigatures: false,
    fontSize: 13.5,
    glyphMargin: false,
    guides: { indentation: true },
    lineDecorationsWidth: 14,
    lineHeight: 23.6,
    lineNumbersMinChars: 3,
    minimap: { enabled: false },
    overviewRulerLanes: 0,
    padding: { top: 11, bottom: 30 },
    quickSuggestions: { other: true, comments: false, strings: false },
    renderLineHighlight: 'none',
    scrollBeyondLastLine: false,
    scrollbar: { alwaysConsumeMouseWheel: false, verticalScrollbarSize: 8, horizontalScrollbarSize: 8 },
    tabSize: 2,
    insertSpaces: true,
    detectIndentation: false,
    wordBasedSuggestions: 'off',
  });
  const models = new Map<string, monaco.editor.ITextModel>();
  const stopThemes = followTheme(host);
  const stopSizes = followSize(editor, host);
  let tell: (text: string) => void = () => undefined;
  let quiet = false;
  const tints = editor.createDecorationsCollection();

  const tint = (): void => {
    const model = editor.getModel();
    if (model) tints.set(sharedLines(model));
  };
  editor.onDidChangeModelContent(() => {
    const model = editor.getModel();
    if (!quiet && model && model.getValueLength() > LONGEST_TEXT) {
      // What a paste has too much goes at once, as in the plain editor; the verdict says so.
      const from = model.getPositionAt(LONGEST_TEXT);
      const end = model.getFullModelRange().getEndPosition();
      editor.executeEdits('bench', [{ range: monaco.Range.fromPositions(from, end), text: '' }]);
      return;
    }
    tint();
    if (!quiet) tell(editor.getValue());
  });

  leaveByTab(editor);
  const fixes = offerFixes();
  const setText = (file: string, text: string): void => {
    const model = models.get(file) ?? monaco.editor.createModel(text, 'yaml');
    models.set(file, model);
    quiet = true;
    if (editor.getModel() !== model) editor.setModel(model);
    if (model.getValue() !== text) {
      // As one edit, so that the editor's own undo takes it back.
      editor.pushUndoStop();
      editor.executeEdits('bench', [{ range: model.getFullModelRange(), text, forceMoveMarkers: false }]);
      editor.pushUndoStop();
    }
    quiet = false;
    tint();
  };

  return {
    setText,
    adoptHistory(file, texts) {
      for (const text of texts) setText(file, text);
    },
    setMarks(marks) {
      const model = editor.getModel();
      if (!model) return;
      fixes.set(model, marks);
      monaco.editor.setModelMarkers(
        model,
        'bench',
        marks.map(({ range, severity, message }) => {
          const from = model.getPositionAt(range.start);
          const to = model.getPositionAt(Math.max(range.end, range.start + 1));
          return {
            severity: severities[severity],
            message,
            startLineNumber: from.lineNumber,
            startColumn: from.column,
            endLineNumber: to.lineNumber,
            endColumn: to.column,
          };
        }),
      );
    },
    onText(listener) {
      tell = listener;
    },
    onSave(listener) {
      editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS, listener);
    },
    onApply(listener) {
      editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, listener);
    },
    adopt(plain, scroll) {
      const model = editor.getModel();
      if (!model) return;
      editor.setSelection(monaco.Range.fromPositions(model.getPositionAt(plain.selectionStart), model.getPositionAt(plain.selectionEnd)));
      editor.setScrollPosition({ scrollTop: scroll.top, scrollLeft: scroll.left });
      if (document.activeElement === plain) editor.focus();
    },
    reveal(offset) {
      const position = editor.getModel()?.getPositionAt(offset);
      if (!position) return;
      editor.setPosition(position);
      editor.revealPositionInCenterIfOutsideViewport(position);
      editor.focus();
    },
    close() {
      fixes.stop();
      stopThemes();
      stopSizes();
      editor.dispose();
      for (const model of models.values()) model.dispose();
    },
  };
}

/** Tab indents; after Escape it leaves the editor, so that nobody is caught in it. */
function leaveByTab(editor: monaco.editor.IStandaloneCodeEditor): void {
  editor.onKeyDown(({ keyCode }) => {
    if (keyCode === monaco.KeyCode.Escape) editor.updateOptions({ tabFocusMode: true });
    else if (keyCode !== monaco.KeyCode.Tab && keyCode !== monaco.KeyCode.Shift) editor.updateOptions({ tabFocusMode: false });
  });
  editor.onDidBlurEditorText(() => editor.updateOptions({ tabFocusMode: false }));
}

const shared: readonly (readonly [RegExp, string])[] = [
  [/^\s*(?:- )?hostNetwork:\s+true\b/, 'net'],
  [/^\s*(?:- )?(?:hostPort|nodePort):\s+\d/, 'net'],
  [/^\s*(?:- )?(?:hostPID|shareProcessNamespace):\s+true\b/, 'pid'],
  [/^\s*(?:- )?hostIPC:\s+true\b/, 'ipc'],
];

function sharedLines(model: monaco.editor.ITextModel): monaco.editor.IModelDeltaDecoration[] {
  return model.getLinesContent().flatMap((line, index) => {
    const kind = shared.find(([pattern]) => pattern.test(line))?.[1];
    if (kind === undefined) return [];
    return [
      {
        range: new monaco.Range(index + 1, 1, index + 1, 1),
        options: { isWholeLine: true, className: `rich-tint ${kind}` },
      },
    ];
  });
}
