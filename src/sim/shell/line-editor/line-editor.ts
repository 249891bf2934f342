/**
 * Editing of one input line at a terminal, as readline (bash) and BusyBox's lineedit do it: cursor, words, kill and yank,
 * history, search, completion. What lines mean and what completes them comes from the shell.
 */
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';
import type { Tty } from '../../linux/tty/pty.ts';
import { commonPrefix, type Completion } from './completion.ts';
import { readKey, type Key } from './keys.ts';
import { cellsOf, LineView } from './line-view.ts';

export type EditedLine = { readonly kind: 'line'; readonly text: string } | { readonly kind: 'interrupted' } | { readonly kind: 'end' };

export interface LineEditorOptions {
  readonly context: ProcessContext;
  readonly tty: Tty;
  readonly style: 'readline' | 'busybox';
  readonly history: () => readonly string[];
  readonly complete: (line: string, cursor: number) => Blocking<Completion>;
  /** Whether the terminal's size has changed since the last look; asking takes it. */
  readonly resized?: () => boolean;
}

/** Characters of one line. */
const LIMIT = 32_768;

export class LineEditor {
  readonly #options: LineEditorOptions;
  #prompt = '';
  #text = '';
  #cursor = 0;
  #view = new LineView('', 80);
  #killed = '';
  #historyAt = 0;
  #draft = '';
  #tabs = 0;

  constructor(options: LineEditorOptions) {
    this.#options = options;
  }

  /** Shows `prompt` and lets one line be edited. Leaves the cursor at the start of the next one. */
  *read(prompt: string): Blocking<EditedLine> {
    const { tty, style, history } = this.#options;
    const before = tty.modes;
    tty.setModes({ canonical: false, echo: false, signals: false, outputNewlines: true });
    this.#prompt = prompt;
    this.#text = '';
    this.#cursor = 0;
    this.#historyAt = history().length;
    this.#draft = '';
    this.#tabs = 0;
    this.#view = new LineView(prompt, tty.columns);
    this.#write(`${style === 'readline' ? '\u001b[?2004h' : ''}${prompt}`);
    const result = yield* this.#edit();
    if (style === 'readline') this.#write('\u001b[?2004l\r');
    tty.setModes(before);
    return result;
  }

  *#edit(): Blocking<EditedLine> {
    for (;;) {
      const key = yield* readKey(this.#options.context, 0);
      const done = yield* this.#press(key);
      if (done) return done;
      if (key.kind !== 'key' || key.name !== 'tab') this.#tabs = 0;
    }
  }

  #write(text: string): void {
    this.#options.tty.output(text);
  }

  #show(): void {
    this.#write(this.#view.update(this.#text, this.#cursor));
  }

  /** Draws prompt and line anew, where the cursor is. */
  #redraw(): void {
    this.#view = new LineView(this.#prompt, this.#options.tty.columns);
    this.#write(this.#prompt);
    this.#show();
  }

  *#press(key: Key): Blocking<EditedLine | undefined> {
    switch (key.kind) {
      case 'end':
        return { kind: 'end' };
      case 'interrupted':
        if (this.#options.resized?.()) {
          if (this.#options.style === 'busybox') {
            this.#view = new LineView(this.#prompt, this.#options.tty.columns);
            this.#write(`\r${this.#prompt}${this.#view.update(this.#text, this.#cursor)}\u001b[J`);
          }
        }
        return undefined;
      case 'text':
        this.#insert(key.text + this.#options.tty.takePasted(LIMIT - this.#text.length - key.text.length));
        return undefined;
      case 'pasted':
        this.#paste(key.text.replace(/\r\n?/g, '\n'));
        return undefined;
      case 'key':
        return yield* this.#command(key.name);
    }
  }

  /** Several lines are taken as if they had been typed one after the other. */
  #paste(text: string): void {
    const end = text.indexOf('\n');
    this.#insert(end < 0 ? text : text.slice(0, end));
    if (end >= 0) this.#options.tty.input(text.slice(end).replaceAll('\t', '    '));
  }

  #insert(text: string): void {
    if (this.#text.length + text.length > LIMIT) return;
    this.#text = this.#text.slice(0, this.#cursor) + text + this.#text.slice(this.#cursor);
    this.#cursor += text.length;
    this.#show();
  }

  *#command(name: string): Blocking<EditedLine | undefined> {
    switch (name) {
      case 'enter':
        this.#write(this.#view.finish());
        return { kind: 'line', text: this.#text };
      case '^C':
        this.#write(`${this.#view.update(this.#text, this.#text.length)}^C`);
        return { kind: 'interrupted' };
      case '^D':
        if (this.#text === '') {
          if (this.#options.style === 'readline') this.#write('\r\n');
          return { kind: 'end' };
        }
        this.#remove(this.#cursor, this.#after());
        return undefined;
      case 'tab':
        yield* this.#complete();
        return undefined;
      case '^R':
        return yield* this.#search();
      default:
        if (!this.#move(name) && !this.#erase(name)) this.#recall(name);
        return undefined;
    }
  }

  // ── moving ──

  #before(): number {
    const length = [...this.#text.slice(0, this.#cursor)].at(-1)?.length ?? 0;
    return this.#cursor - length;
  }

  #after(): number {
    const character = this.#text.codePointAt(this.#cursor);
    return this.#cursor + (character === undefined ? 0 : String.fromCodePoint(character).length);
  }

  #wordStart(blanksOnly: boolean): number {
    const head = this.#text.slice(0, this.#cursor);
    return (blanksOnly ? /\S*\s*$/ : /[\p{L}\p{N}_]*[^\p{L}\p{N}_]*$/u).exec(head)?.index ?? 0;
  }

  #wordEnd(): number {
    return this.#cursor + (/^[^\p{L}\p{N}_]*[\p{L}\p{N}_]*/u.exec(this.#text.slice(this.#cursor))?.[0].length ?? 0);
  }

  #move(name: string): boolean {
    const target = this.#target(name);
    if (target === undefined) return false;
    this.#cursor = target;
    this.#show();
    return true;
  }

  #target(name: string): number | undefined {
    switch (name) {
      case 'left':
      case '^B':
        return this.#before();
      case 'right':
      case '^F':
        return this.#after();
      case 'home':
      case '^A':
        return 0;
      case 'end-of-line':
      case '^E':
        return this.#text.length;
      case 'M-b':
        return this.#wordStart(false);
      case 'M-f':
        return this.#wordEnd();
      default:
        return undefined;
    }
  }

  // ── erasing ──

  #remove(from: number, to: number, keep = false): void {
    if (keep) this.#killed = this.#text.slice(from, to);
    this.#text = this.#text.slice(0, from) + this.#text.slice(to);
    this.#cursor = from;
    this.#show();
  }

  #erase(name: string): boolean {
    switch (name) {
      case 'backspace':
        this.#remove(this.#before(), this.#cursor);
        return true;
      case 'delete':
        this.#remove(this.#cursor, this.#after());
        return true;
      case '^K':
        this.#remove(this.#cursor, this.#text.length, true);
        return true;
      case '^U':
        this.#remove(0, this.#cursor, true);
        return true;
      case '^W':
        this.#remove(this.#wordStart(true), this.#cursor, true);
        return true;
      case 'M-backspace':
        this.#remove(this.#wordStart(false), this.#cursor, true);
        return true;
      case 'M-d':
        this.#remove(this.#cursor, this.#wordEnd(), true);
        return true;
      case '^Y':
        this.#insert(this.#killed);
        return true;
      case '^T': {
        const at = this.#cursor === this.#text.length ? this.#before() : this.#cursor;
        if (at === 0) return true;
        const [left, right] = [this.#text.charAt(at - 1), this.#text.charAt(at)];
        this.#text = `${this.#text.slice(0, at - 1)}${right}${left}${this.#text.slice(at + 1)}`;
        this.#cursor = at + 1;
        this.#show();
        return true;
      }
      case '^L':
        this.#write('\u001b[H\u001b[J');
        this.#redraw();
        return true;
      default:
        return false;
    }
  }

  // ── history ──

  #recall(name: string): boolean {
    const up = name === 'up' || name === '^P';
    if (!up && name !== 'down' && name !== '^N') return false;
    const history = this.#options.history();
    const at = this.#historyAt + (up ? -1 : 1);
    if (at < 0 || at > history.length) {
      this.#write('\u0007');
      return true;
    }
    if (this.#historyAt === history.length) this.#draft = this.#text;
    this.#historyAt = at;
    this.#text = at === history.length ? this.#draft : (history[at] ?? '');
    this.#cursor = this.#text.length;
    this.#show();
    return true;
  }

  *#search(): Blocking<EditedLine | undefined> {
    const history = this.#options.history();
    let wanted = '';
    let at = history.length;
    let found = this.#text;
    let shownCells = 0;
    const draw = (failed: boolean): void => {
      const line = `(${failed ? 'failed ' : ''}reverse-i-search)\`${wanted}': ${found}`;
      shownCells = cellsOf(line);
      this.#write(`\r${line}\u001b[K`);
    };
    const look = (from: number): boolean => {
      for (let index = from; index >= 0; index--) {
        if (!history[index]?.includes(wanted)) continue;
        at = index;
        found = history[index] ?? '';
        return true;
      }
      return false;
    };
    draw(false);
    for (;;) {
      const key = yield* readKey(this.#options.context, 0);
      if (key.kind === 'text') {
        wanted += key.text;
        draw(!look(Math.min(at, history.length - 1)));
        continue;
      }
      if (key.kind === 'key' && key.name === 'backspace') {
        wanted = wanted.slice(0, -1);
        draw(!look(history.length - 1));
        continue;
      }
      if (key.kind === 'key' && key.name === '^R') {
        draw(wanted === '' || !look(at - 1));
        continue;
      }
      const cancelled = key.kind === 'key' && (key.name === '^G' || key.name === '^C');
      if (!cancelled) this.#text = found;
      this.#cursor = this.#text.length;
      this.#write(`\r${shownCells > 0 ? '\u001b[K' : ''}`);
      this.#redraw();
      if (cancelled && key.name === '^G') return undefined;
      return yield* this.#press(key);
    }
  }

  // ── completion ──

  *#complete(): Blocking<void> {
    const { style, complete } = this.#options;
    const { start, candidates } = yield* complete(this.#text, this.#cursor);
    this.#tabs++;
    const [only] = candidates;
    if (!only) {
      if (style === 'readline') this.#write('\u0007');
      return;
    }
    const typed = this.#text.slice(start, this.#cursor);
    const common = candidates.length === 1 ? only.text + only.suffix : commonPrefix(candidates.map((each) => each.text));
    if (common.length > typed.length || (candidates.length === 1 && common !== typed)) {
      this.#text = this.#text.slice(0, start) + common + this.#text.slice(this.#cursor);
      this.#cursor = start + common.length;
      this.#show();
      this.#tabs = candidates.length === 1 ? 0 : 1;
      return;
    }
    if (this.#tabs < 2) {
      this.#write('\u0007');
      return;
    }
    this.#write(this.#view.update(this.#text, this.#text.length));
    this.#write(
      `\r\n${inColumns(
        candidates.map((each) => each.shown),
        this.#options.tty.columns,
      )}`,
    );
    this.#redraw();
  }
}

/** Names side by side, filled downwards, as readline lists what is possible. */
function inColumns(names: readonly string[], width: number): string {
  const column = Math.max(...names.map((each) => cellsOf(each))) + 2;
  const count = Math.max(1, Math.floor(width / column));
  const rows = Math.ceil(names.length / count);
  let text = '';
  for (let row = 0; row < rows; row++) {
    const line: string[] = [];
    for (let at = row; at < names.length; at += rows) line.push(names[at] ?? '');
    text += `${line.map((each, index) => (index < line.length - 1 ? each + ' '.repeat(column - cellsOf(each)) : each)).join('')}\r\n`;
  }
  return text;
}
