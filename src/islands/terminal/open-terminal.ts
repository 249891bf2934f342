// Opens the terminal emulator on a session of the simulated cluster and keeps its text readable for everyone.
// Knows nothing of shells: it carries bytes both ways.
import { FitAddon } from '@xterm/addon-fit';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import type { Bench, SentLine, TerminalRemark, TerminalSession } from '../../lab/bench-contract.ts';
import { prefersReading, rememberReading, touchKeys } from './terminal-tools.ts';
import type { ToolWords } from './terminal-tools.ts';
import { screenText } from './screen-text.ts';
import './terminal.lazy.css';

interface Options {
  readonly host: HTMLElement;
  /** Mirrors the text: what assistive software and tests read. */
  readonly screen: HTMLElement;
  readonly bench: Bench;
  readonly observer: string;
  readonly label: string;
  /** Shown when the session ended; the next key opens another. */
  readonly ended: () => string;
  readonly onRemark: (remark?: TerminalRemark) => void;
  /** A line was sent off or has ended; without an argument a new session begins. */
  readonly onLine: (sent?: SentLine) => void;
}

export interface OpenedTerminal {
  input(bytes: string): void;
  focus(): void;
  /** The words arrive when they can, perhaps after the terminal. */
  setWords(words: ToolWords): void;
  /** Out of sight it keeps its size and is inert, its row of keys too; back again, rows and columns follow the space there is. */
  setAway(away: boolean): void;
  close(): void;
}

/** Opens a terminal in `host`; the session lives until `close`. */
export function openTerminal({ host, screen, bench, observer, label, ended, onRemark, onLine }: Options): OpenedTerminal {
  const style = getComputedStyle(host);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const terminal = new Terminal({
    allowProposedApi: true,
    cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    fontFamily: style.getPropertyValue('--mono'),
    fontSize: Number.parseFloat(style.fontSize) || 13,
    lineHeight: 1.35,
    scrollback: 2000,
    screenReaderMode: prefersReading(),
    theme: {
      ...palette,
      background: '#00000000',
      foreground: resolved(host, '--screen-ink'),
      cursor: colour('--screen-ink') || '#fff',
    },
    allowTransparency: true,
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.loadAddon(new UnicodeGraphemesAddon());
  const sheet = document.createElement('div');
  sheet.className = 'terminal-sheet';
  host.append(sheet);
  terminal.open(sheet);
  terminal.textarea?.setAttribute('aria-label', label);
  host.dataset['open'] = '';
  host.tabIndex = -1;

  let escaped = false;
  terminal.attachCustomKeyEventHandler((event) => {
    const control = event.ctrlKey || event.metaKey;
    // Keyboards get out by Shift-Tab, and forwards by Escape and Tab; Tab alone belongs to the shell's completion.
    if (event.key === 'Tab' && (event.shiftKey || escaped)) return false;
    if (event.type === 'keydown') escaped = event.key === 'Escape';
    if (control && event.key.toLowerCase() === 'c' && (terminal.hasSelection() || event.shiftKey)) {
      // With Shift the browser would open its own tools.
      if (event.shiftKey && event.type === 'keydown') {
        event.preventDefault();
        void navigator.clipboard.writeText(terminal.getSelection()).catch(() => undefined);
      }
      return false;
    }
    // The browser pastes; the emulator would send Ctrl-V.
    return !(control && event.key.toLowerCase() === 'v');
  });

  /** What a key has brought about so far: only the first write after a key is drawn with the very next picture. */
  let answer: string | undefined;
  const write = (text: string): void => {
    if (answer === undefined) terminal.write(text);
    else answer += text;
  };

  let session: TerminalSession | undefined;
  let closed = false;
  let quickEnds = 0;
  const start = (): void => {
    const begun = performance.now();
    onLine();
    session = bench.openTerminal(observer, {
      rows: terminal.rows,
      columns: terminal.cols,
      onOutput: write,
      onRemark,
      onLine,
      onEnd: () => {
        session = undefined;
        if (closed) return;
        quickEnds = performance.now() - begun > 1000 ? 0 : quickEnds + 1;
        if (quickEnds < 2) write(`\r\n\u001b[2m${ended()}\u001b[0m\r\n`);
        // A new shell at once, as after a reset; once more a little later where none could start, but not for ever.
        if (quickEnds < 2) setTimeout(() => closed || session || start(), quickEnds === 0 ? 50 : 1200);
      },
    });
  };
  const input = (bytes: string): void => {
    if (bytes === '') return;
    if (!session) return start();
    answer = '';
    try {
      session.input(bytes);
    } finally {
      const text = answer;
      answer = undefined;
      if (text !== '') terminal.write(text);
    }
  };
  const refit = (): void => {
    if (host.classList.contains('away') || host.clientWidth === 0 || host.clientHeight === 0) return;
    fit.fit();
  };

  refit();
  start();
  terminal.onData(input);
  terminal.onResize(({ rows, cols }) => session?.resize(rows, cols));
  let pending = false;
  terminal.onWriteParsed(() => {
    if (pending) return;
    pending = true;
    requestAnimationFrame(() => {
      pending = false;
      screen.textContent = screenText(terminal.buffer.active);
    });
  });
  screen.textContent = '';
  const row = touchKeys({
    reading: prefersReading(),
    lines: bench.suggestions().at(observer),
    onLine: (line) => {
      // Ctrl-U takes away what stands at the prompt already.
      input(`\u0015${line}`);
      terminal.focus();
    },
    onKey: (bytes) => {
      input(bytes);
      terminal.focus();
    },
    onReading: (reading) => {
      rememberReading(reading);
      terminal.options.screenReaderMode = reading;
    },
  });
  host.append(row.element);
  const watcher = new ResizeObserver(refit);
  watcher.observe(host);
  const setAway = (away: boolean): void => {
    for (const part of [sheet, row.element]) part.inert = away;
    refit();
    // Whoever focused the frame that was out of sight could not get into it before now.
    if (!away && document.activeElement === host) terminal.focus();
  };
  // It may have been left while it was on its way.
  setAway(host.classList.contains('away'));

  return {
    input,
    focus: () => terminal.focus(),
    setWords: row.setWords,
    setAway,
    close: () => {
      closed = true;
      watcher.disconnect();
      session?.close();
      terminal.dispose();
    },
  };
}

/** A colour as the emulator can read it: custom properties may hold `light-dark()`. */
function resolved(host: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  host.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

const palette = {
  black: '#3b4453',
  red: '#f2938c',
  green: '#7fce92',
  yellow: '#e0c07a',
  blue: '#7db8ee',
  magenta: '#c99bee',
  cyan: '#6cc3dc',
  white: '#dfe5ee',
  brightBlack: '#98a3b5',
  brightRed: '#f7b3ae',
  brightGreen: '#a6dfb3',
  brightYellow: '#efd8a3',
  brightBlue: '#a6cff5',
  brightMagenta: '#dcbdf4',
  brightCyan: '#9ed9ea',
  brightWhite: '#ffffff',
  selectionBackground: '#35506b',
};
