// The row under a terminal: keys that phones do not have, and reading aloud for screen readers, remembered for all
// terminals. Knows no shell: a key is the bytes it sends.

export interface ToolWords {
  /** Name of the row. */
  readonly keys: string;
  /** Name of the switch for screen readers. */
  readonly reading: string;
  /** Name of the list of commands. */
  readonly suggestions: string;
}

const storageKey = 'namespace-lab:terminal-reading';

const keys: readonly (readonly [string, string])[] = [
  ['Tab', '\t'],
  ['Ctrl-C', '\u0003'],
  ['Ctrl-D', '\u0004'],
  ['Esc', '\u001b'],
  ['↑', '\u001b[A'],
  ['↓', '\u001b[B'],
  ['←', '\u001b[D'],
  ['→', '\u001b[C'],
  ['|', '|'],
  ['/', '/'],
  ['-', '-'],
];

/** Whether output is read aloud line by line; off until somebody asks. */
export function prefersReading(): boolean {
  try {
    return localStorage.getItem(storageKey) === 'yes';
  } catch {
    return false;
  }
}

/** Keeps the choice for all terminals. */
export function rememberReading(reading: boolean): void {
  try {
    localStorage.setItem(storageKey, reading ? 'yes' : 'no');
  } catch {
    // Then it lasts for this terminal.
  }
}

interface Options {
  readonly reading: boolean;
  /** Commands that can be put at the prompt; Enter stays with the learner. */
  readonly lines: readonly string[];
  readonly onLine: (line: string) => void;
  readonly onKey: (bytes: string) => void;
  readonly onReading: (reading: boolean) => void;
}

export interface KeyRow {
  readonly element: HTMLElement;
  setWords(words: ToolWords): void;
}

/** The row itself; its keys show on touch devices only. */
export function touchKeys({ reading, lines, onLine, onKey, onReading }: Options): KeyRow {
  const row = document.createElement('div');
  row.className = 'terminal-keys';
  row.setAttribute('role', 'group');
  for (const [name, bytes] of keys) {
    const key = button(name, 'terminal-key');
    key.addEventListener('click', () => onKey(bytes));
    row.append(key);
  }
  const menu = commandMenu(lines, onLine);
  if (menu) row.append(menu);
  const aloud = button('', 'terminal-reading');
  aloud.setAttribute('aria-pressed', String(reading));
  aloud.addEventListener('click', () => {
    const next = aloud.getAttribute('aria-pressed') !== 'true';
    aloud.setAttribute('aria-pressed', String(next));
    onReading(next);
  });
  row.append(aloud);
  return {
    element: row,
    setWords: (words) => {
      row.setAttribute('aria-label', words.keys);
      aloud.textContent = words.reading;
      const [first] = menu?.options ?? [];
      if (first) first.textContent = words.suggestions;
      menu?.setAttribute('aria-label', words.suggestions);
    },
  };
}

function commandMenu(lines: readonly string[], onLine: (line: string) => void): HTMLSelectElement | undefined {
  if (lines.length === 0) return undefined;
  const menu = document.createElement('select');
  menu.className = 'terminal-commands';
  const first = new Option('', '', true, true);
  first.disabled = true;
  menu.append(first, ...lines.map((line) => new Option(line, line)));
  menu.addEventListener('change', () => {
    const line = menu.value;
    menu.value = '';
    onLine(line);
  });
  menu.addEventListener('keydown', (event) => event.stopPropagation());
  return menu;
}

function button(text: string, name: string): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = name;
  made.textContent = text;
  // The terminal keeps the focus, and the phone its keyboard.
  made.addEventListener('pointerdown', (event) => event.preventDefault());
  // Typed keys belong to the button then, not to the shell.
  made.addEventListener('keydown', (event) => event.stopPropagation());
  return made;
}
