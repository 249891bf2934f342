/** A small vi on a terminal: enough to change a manifest. Draws the whole screen after each key. */
import type { Errno } from '../../linux/errno.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';
import type { Tty } from '../../linux/tty/pty.ts';
import { readKey } from '../line-editor/keys.ts';
import { cellsOf } from '../line-editor/line-view.ts';
import { readLineCommand } from './line-command.ts';
import { TextBuffer } from './text-buffer.ts';

export interface VisualEditorOptions {
  readonly context: ProcessContext;
  readonly tty: Tty;
  readonly path: string | undefined;
  readonly text: string;
  readonly isNew: boolean;
  readonly readonly: boolean;
  readonly save: (path: string, text: string) => Errno | undefined;
}

export class VisualEditor {
  readonly #options: VisualEditorOptions;
  readonly #buffer: TextBuffer;
  #mode: 'normal' | 'insert' | 'command' = 'normal';
  #message: string;
  #command = '';
  #pending = '';
  #top = 0;
  #numbers = false;
  #sought = '';
  #done = false;

  constructor(options: VisualEditorOptions) {
    this.#options = options;
    this.#buffer = new TextBuffer(options.text);
    this.#message =
      options.path === undefined ? '' : `"${options.path}" ${options.isNew ? '[New]' : `${this.#buffer.lines.length}L, ${options.text.length}B`}`;
  }

  /** Edits until the person leaves. */
  *run(): Blocking<number> {
    const { context, tty } = this.#options;
    const before = tty.modes;
    tty.setModes({ canonical: false, echo: false, signals: false });
    context.out('\u001b[?1049h');
    while (!this.#done) {
      this.#draw();
      const key = yield* readKey(context, 0);
      if (key.kind === 'end') break;
      if (key.kind === 'pasted') {
        this.#buffer.remember();
        this.#buffer.insert(key.text);
      } else if (key.kind !== 'interrupted') this.#press(key.kind === 'text' ? key.text : key.name, key.kind === 'text');
    }
    context.out('\u001b[?1049l');
    tty.setModes(before);
    return 0;
  }

  #draw(): void {
    const { context, tty } = this.#options;
    const buffer = this.#buffer;
    const height = Math.max(1, tty.rows - 1);
    if (buffer.row < this.#top) this.#top = buffer.row;
    if (buffer.row >= this.#top + height) this.#top = buffer.row - height + 1;
    const rows: string[] = [];
    for (let index = 0; index < height; index++) {
      const line = buffer.lines[this.#top + index];
      const number = this.#numbers && line !== undefined ? `${String(this.#top + index + 1).padStart(3)} ` : '';
      rows.push(line === undefined ? '~' : (number + line.replaceAll('\t', '        ')).slice(0, tty.columns));
    }
    const status = this.#mode === 'command' ? this.#command : this.#mode === 'insert' ? '-- INSERT --' : this.#message;
    const left = (this.#numbers ? 4 : 0) + cellsOf(buffer.line.slice(0, buffer.column).replaceAll('\t', '        '));
    const cursor =
      this.#mode === 'command'
        ? `\u001b[${tty.rows};${this.#command.length + 1}H`
        : `\u001b[${buffer.row - this.#top + 1};${Math.min(left, tty.columns - 1) + 1}H`;
    context.out(`\u001b[H\u001b[J${rows.join('\r\n')}\r\n${status}${cursor}`);
  }

  #press(key: string, text: boolean): void {
    if (this.#mode === 'insert') this.#insertKey(key, text);
    else if (this.#mode === 'command') this.#commandKey(key, text);
    else this.#normalKey(key);
    this.#buffer.clamp(this.#mode === 'insert');
  }

  #insertKey(key: string, text: boolean): void {
    const buffer = this.#buffer;
    if (text) buffer.insert(key);
    else if (key === 'enter') buffer.insert(`\n${/^\s*/.exec(buffer.line)?.[0] ?? ''}`);
    else if (key === 'tab') buffer.insert('\t');
    else if (key === 'backspace') buffer.backspace();
    else if (key === 'escape' || key === '^C' || key === '^[') {
      this.#mode = 'normal';
      buffer.column = Math.max(0, buffer.column - 1);
    } else this.#move(key);
  }

  #move(key: string): boolean {
    const buffer = this.#buffer;
    const page = Math.max(1, this.#options.tty.rows - 2);
    const moves: Readonly<Record<string, () => void>> = {
      left: () => {
        buffer.column--;
      },
      right: () => {
        buffer.column++;
      },
      up: () => {
        buffer.row--;
      },
      down: () => {
        buffer.row++;
      },
      home: () => {
        buffer.column = 0;
      },
      'end-of-line': () => {
        buffer.column = buffer.line.length;
      },
      'page-down': () => {
        buffer.row += page;
      },
      'page-up': () => {
        buffer.row -= page;
      },
      delete: () => {
        buffer.remember();
        buffer.cut(buffer.column, buffer.column + 1);
      },
    };
    const move = moves[key];
    move?.();
    return move !== undefined;
  }

  #enterInsert(): void {
    this.#buffer.remember();
    this.#mode = 'insert';
  }

  #normalKey(key: string): void {
    const buffer = this.#buffer;
    this.#message = '';
    const typed = this.#pending + key;
    const [, digits = '', name = ''] = /^(\d*)([\s\S]*)$/.exec(typed) ?? [];
    if ((/^[1-9]\d*$/.test(typed) || ['d', 'y', 'g', 'Z', 'r', 'c'].includes(name)) && name !== 'escape') {
      this.#pending = typed;
      return;
    }
    this.#pending = '';
    const count = Math.max(1, Number(digits === '' ? 1 : digits));
    if (this.#move(key)) return;
    const change = (action: () => void): void => {
      buffer.remember();
      action();
    };
    const commands: Readonly<Record<string, () => void>> = {
      h: () => {
        buffer.column -= count;
      },
      l: () => {
        buffer.column += count;
      },
      k: () => {
        buffer.row -= count;
      },
      j: () => {
        buffer.row += count;
      },
      enter: () => {
        buffer.row += count;
      },
      ' ': () => {
        buffer.column += count;
      },
      backspace: () => {
        buffer.column--;
      },
      0: () => {
        buffer.column = 0;
      },
      '^': () => {
        buffer.column = /\S/.exec(buffer.line)?.index ?? 0;
      },
      $: () => {
        buffer.column = buffer.line.length;
      },
      w: () => {
        for (let i = 0; i < count; i++) buffer.word(true);
      },
      b: () => {
        for (let i = 0; i < count; i++) buffer.word(false);
      },
      G: () => {
        buffer.row = digits === '' ? buffer.lines.length - 1 : count - 1;
      },
      gg: () => {
        buffer.row = count - 1;
      },
      '^F': () => {
        this.#move('page-down');
      },
      '^B': () => {
        this.#move('page-up');
      },
      x: () => {
        change(() => {
          buffer.cut(buffer.column, buffer.column + count);
        });
      },
      X: () => {
        change(() => {
          buffer.backspace();
        });
      },
      D: () => {
        change(() => {
          buffer.cut(buffer.column, buffer.line.length);
        });
      },
      dd: () => {
        change(() => {
          buffer.deleteLines(count);
        });
      },
      dw: () => {
        change(() => {
          buffer.cut(
            buffer.column,
            buffer.column + (/^(?:[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]+)?\s*/u.exec(buffer.line.slice(buffer.column))?.[0].length ?? 0),
          );
        });
      },
      d$: () => {
        change(() => {
          buffer.cut(buffer.column, buffer.line.length);
        });
      },
      yy: () => {
        buffer.yankLines(count);
      },
      Y: () => {
        buffer.yankLines(count);
      },
      p: () => {
        change(() => {
          buffer.put(true);
        });
      },
      P: () => {
        change(() => {
          buffer.put(false);
        });
      },
      J: () => {
        change(() => {
          buffer.join();
        });
      },
      u: () => {
        if (!buffer.undo()) this.#message = 'Already at oldest change';
      },
      i: () => {
        this.#enterInsert();
      },
      a: () => {
        this.#enterInsert();
        buffer.column++;
      },
      I: () => {
        this.#enterInsert();
        buffer.column = /\S/.exec(buffer.line)?.index ?? 0;
      },
      A: () => {
        this.#enterInsert();
        buffer.column = buffer.line.length;
      },
      o: () => {
        this.#enterInsert();
        buffer.open(true);
      },
      O: () => {
        this.#enterInsert();
        buffer.open(false);
      },
      cc: () => {
        this.#enterInsert();
        buffer.lines[buffer.row] = '';
        buffer.column = 0;
      },
      cw: () => {
        this.#enterInsert();
        buffer.cut(buffer.column, buffer.column + (/^[\p{L}\p{N}_]+|^\S+/u.exec(buffer.line.slice(buffer.column))?.[0].length ?? 0));
      },
      C: () => {
        this.#enterInsert();
        buffer.cut(buffer.column, buffer.line.length);
      },
      n: () => {
        if (!buffer.search(this.#sought)) this.#message = `Pattern not found: ${this.#sought}`;
      },
      ':': () => {
        this.#begin(':');
      },
      '/': () => {
        this.#begin('/');
      },
      ZZ: () => {
        this.#execute('x');
      },
      ZQ: () => {
        this.#done = true;
      },
    };
    if (name.startsWith('r') && name.length === 2)
      change(() => {
        buffer.lines[buffer.row] = buffer.line.slice(0, buffer.column) + name.slice(1) + buffer.line.slice(buffer.column + 1);
      });
    else commands[name]?.();
  }

  #begin(mark: string): void {
    this.#mode = 'command';
    this.#command = mark;
  }

  #commandKey(key: string, text: boolean): void {
    if (text) this.#command += key;
    else if (key === 'backspace') {
      this.#command = this.#command.slice(0, -1);
      if (this.#command === '') this.#mode = 'normal';
    } else if (key === 'escape' || key === '^C') this.#mode = 'normal';
    else if (key === 'enter') {
      this.#mode = 'normal';
      const command = this.#command.slice(1);
      if (this.#command.startsWith('/')) {
        this.#sought = command;
        if (!this.#buffer.search(command)) this.#message = `Pattern not found: ${command}`;
      } else this.#execute(command.trim());
    }
  }

  #execute(command: string): void {
    const buffer = this.#buffer;
    const known = readLineCommand(command, buffer);
    if (known) {
      const message = known();
      if (message !== undefined) this.#message = message;
      return;
    }
    const [, name = '', force = '', path] = /^([a-z]+)(!?)(?:\s+(.*))?$/.exec(command) ?? [];
    switch (name) {
      case 'w':
        this.#write(path, force === '!');
        return;
      case 'wq':
      case 'x':
        if (name === 'x' && !buffer.changed && path === undefined) this.#done = true;
        else if (this.#write(path, force === '!')) this.#done = true;
        return;
      case 'q':
      case 'quit':
        if (buffer.changed && force === '') this.#message = 'E37: No write since last change (add ! to override)';
        else this.#done = true;
        return;
      case 'set':
      case 'se':
        if (path === 'nu' || path === 'number') this.#numbers = true;
        else if (path === 'nonu' || path === 'nonumber') this.#numbers = false;
        return;
      case '':
        return;
      default:
        this.#message = `E492: Not an editor command: ${command}`;
    }
  }

  #write(given: string | undefined, force: boolean): boolean {
    const path = given ?? this.#options.path;
    if (path === undefined) {
      this.#message = 'E32: No file name';
      return false;
    }
    if (this.#options.readonly && !force) {
      this.#message = "E45: 'readonly' option is set (add ! to override)";
      return false;
    }
    const failure = this.#options.save(path, this.#buffer.text);
    if (failure) {
      this.#message = `"${path}" E212: Can't open file for writing`;
      return false;
    }
    this.#buffer.changed = false;
    this.#message = `"${path}" ${this.#buffer.lines.length}L, ${this.#buffer.text.length}B written`;
    return true;
  }
}
