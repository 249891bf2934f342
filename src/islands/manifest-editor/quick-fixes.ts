// Offers the marks' repairs where Monaco shows its light bulb and under Ctrl-. — the same ones that stand beside the
// verdict. Knows no rules: what to put where comes with each mark.
import * as monaco from 'monaco-editor/editor';
import type { Mark } from './code-lines.tsx';

interface Fixes {
  set(model: monaco.editor.ITextModel, marks: readonly Mark[]): void;
  stop(): void;
}

/** Registers the repairs for as long as one editor lives. */
export function offerFixes(): Fixes {
  const marksByModel = new Map<monaco.editor.ITextModel, readonly Mark[]>();
  const registration = monaco.languages.registerCodeActionProvider('yaml', {
    provideCodeActions(model, range) {
      const actions = (marksByModel.get(model) ?? []).flatMap(({ range: marked, fix }): monaco.languages.CodeAction[] => {
        if (!fix) return [];
        if (!rangeOf(model, marked).containsRange(range) && !monaco.Range.areIntersecting(rangeOf(model, marked), range)) return [];
        const edit = { resource: model.uri, versionId: undefined, textEdit: { range: rangeOf(model, fix.range), text: fix.text } };
        return [{ title: fix.title, kind: 'quickfix', isPreferred: true, edit: { edits: [edit] } }];
      });
      return { actions, dispose: () => undefined };
    },
  });
  return {
    set: (model, marks) => marksByModel.set(model, marks),
    stop: () => registration.dispose(),
  };
}

function rangeOf(model: monaco.editor.ITextModel, { start, end }: { readonly start: number; readonly end: number }): monaco.Range {
  return monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end));
}
