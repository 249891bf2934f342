// Keeps Monaco as large as its place. Monaco closes its lists when its size changes, and the place changes whenever the
// verdict below it says more or less; so a new size waits while somebody chooses from a list.
import type * as monaco from 'monaco-editor/editor';

/** Lays the editor out now and whenever `host` changes its size; returns what ends that. */
export function followSize(editor: monaco.editor.IStandaloneCodeEditor, host: HTMLElement): () => void {
  const choosing = (): boolean => host.querySelector('.context-view')?.contains(document.activeElement) ?? false;
  let due = false;
  const layOut = (): void => {
    due = choosing();
    if (!due) editor.layout();
  };
  // The list gives the focus back before it goes; its successor in focus is known one turn later.
  const afterwards = (): void => {
    if (due) setTimeout(() => due && layOut());
  };
  const observer = new ResizeObserver(layOut);
  observer.observe(host);
  host.addEventListener('focusout', afterwards);
  layOut();
  return () => {
    due = false;
    observer.disconnect();
    host.removeEventListener('focusout', afterwards);
  };
}
