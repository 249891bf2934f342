// Monaco in the page's colours, whichever theme the reader is in. Names no colour itself.
import * as monaco from 'monaco-editor/editor';

/** Monaco's theme from the page's own colours, as they are now. */
function defineTheme(host: HTMLElement, dark: boolean): void {
  const probe = document.createElement('span');
  // Where transitions are cut short instead of left out, as for reduced motion, each colour would still be the last one.
  probe.style.transition = 'none';
  host.append(probe);
  const hex = (name: string): string => {
    probe.style.color = `var(--${name})`;
    const channels = getComputedStyle(probe).color.match(/\d+(\.\d+)?/g) ?? [];
    return channels
      .slice(0, 3)
      .map((channel) => Math.round(Number(channel)).toString(16).padStart(2, '0'))
      .join('');
  };
  monaco.editor.defineTheme('lab', {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: hex('ink') },
      { token: 'type', foreground: hex('accent') },
      { token: 'string', foreground: hex('ink') },
      { token: 'string.yaml', foreground: hex('ink') },
      { token: 'number', foreground: hex('number') },
      { token: 'keyword', foreground: hex('number') },
      { token: 'comment', foreground: hex('soft') },
      { token: 'operators', foreground: hex('soft') },
      { token: 'delimiter', foreground: hex('soft') },
      { token: 'delimiter.square', foreground: hex('soft') },
      { token: 'delimiter.bracket', foreground: hex('soft') },
    ],
    colors: {
      'editor.background': `#${hex('sheet')}`,
      'editor.foreground': `#${hex('ink')}`,
      'editorLineNumber.foreground': `#${hex('faint')}`,
      'editorLineNumber.dimmedForeground': `#${hex('faint')}`,
      'editorLineNumber.activeForeground': `#${hex('ink')}`,
      'editorCursor.foreground': `#${hex('ink')}`,
      'editor.selectionBackground': `#${hex('selection')}`,
      'editorIndentGuide.background1': `#${hex('rule')}`,
      'editorWidget.background': `#${hex('sheet')}`,
      'editorWidget.border': `#${hex('edge')}`,
      'editorError.foreground': `#${hex('no')}`,
      'editorWarning.foreground': `#${hex('pid')}`,
      focusBorder: `#${hex('accent')}`,
      'editorSuggestWidget.background': `#${hex('sheet')}`,
      'editorSuggestWidget.selectedBackground': `#${hex('selection')}`,
      'editorSuggestWidget.selectedForeground': `#${hex('ink')}`,
      'editorSuggestWidget.selectedIconForeground': `#${hex('accent')}`,
      'editorSuggestWidget.highlightForeground': `#${hex('accent')}`,
      'editorSuggestWidget.focusHighlightForeground': `#${hex('accent')}`,
      'editorHoverWidget.background': `#${hex('sheet')}`,
      'editorHoverWidget.foreground': `#${hex('ink')}`,
      'editorHoverWidget.border': `#${hex('edge')}`,
      'editorBracketHighlight.foreground1': `#${hex('soft')}`,
      'symbolIcon.fieldForeground': `#${hex('accent')}`,
    },
  });
  probe.remove();
}

/** Keeps Monaco's theme the page's: the reader's choice, else the system's. */
export function followTheme(host: HTMLElement): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => {
    const choice = document.documentElement.dataset['theme'] ?? (system.matches ? 'dark' : 'light');
    defineTheme(host, choice === 'dark');
    monaco.editor.setTheme('lab');
  };
  apply();
  const observer = new MutationObserver(apply);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  system.addEventListener('change', apply);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', apply);
  };
}
