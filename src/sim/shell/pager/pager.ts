/** A screenful of text at a time, for less and more. Knows lines and keys, not where the text comes from. */
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';
import type { Tty } from '../../linux/tty/pty.ts';
import { TtyFile } from '../../linux/tty/pty.ts';
import { readKey } from '../line-editor/keys.ts';

export interface PagerOptions {
  readonly context: ProcessContext;
  readonly tty: Tty;
  readonly text: string;
  /** What the bottom line says while there is more; `(END)` stands at the end. */
  readonly prompt: (fraction: number) => string;
  /** Ends by itself at the end, as more does. */
  readonly endsAlone: boolean;
}

/** Shows the text until the reader has had enough. */
export function* page(options: PagerOptions): Blocking<void> {
  const { context, tty } = options;
  const lines = options.text
    .replace(/\n$/, '')
    .split('\n')
    .flatMap((each) => wrapped(each, tty.columns));
  const height = Math.max(1, tty.rows - 1);
  if (lines.length <= height && options.endsAlone) {
    context.out(options.text);
    return;
  }
  const keyboard = context.install(new TtyFile(tty), 10);
  const before = tty.modes;
  tty.setModes({ canonical: false, echo: false, signals: false });
  let top = 0;
  let wanted = '';
  const last = Math.max(0, lines.length - height);
  const draw = (): void => {
    const shown = lines.slice(top, top + height);
    const end = top >= last;
    context.out(
      `\u001b[H\u001b[J${shown.join('\n')}${'\n~'.repeat(Math.max(0, height - shown.length))}\n\u001b[7m${end ? '(END)' : options.prompt((top + height) / lines.length)}\u001b[m\u001b[K`,
    );
  };
  draw();
  for (;;) {
    const key = yield* readKey(context, keyboard);
    const name = key.kind === 'text' ? key.text : key.kind === 'key' ? key.name : key.kind;
    if (['q', 'Q', '^C', 'end'].includes(name)) break;
    if (options.endsAlone && top >= last) break;
    if (name === '/') {
      wanted = yield* pattern(context, keyboard);
      const found = lines.findIndex((line, index) => index > top && line.includes(wanted));
      if (found >= 0) top = Math.min(found, last);
    } else if (name === 'n') {
      const found = lines.findIndex((line, index) => index > top && wanted !== '' && line.includes(wanted));
      if (found >= 0) top = Math.min(found, last);
    } else top = Math.min(last, Math.max(0, moved(name, { top, height, last })));
    draw();
  }
  context.out('\r\u001b[K');
  tty.setModes(before);
  context.close(keyboard);
}

function moved(name: string, at: { readonly top: number; readonly height: number; readonly last: number }): number {
  switch (name) {
    case ' ':
    case 'f':
    case '^F':
    case 'page-down':
      return at.top + at.height;
    case 'b':
    case '^B':
    case 'page-up':
      return at.top - at.height;
    case 'enter':
    case 'j':
    case 'e':
    case 'down':
      return at.top + 1;
    case 'k':
    case 'y':
    case 'up':
      return at.top - 1;
    case 'd':
    case '^D':
      return at.top + Math.floor(at.height / 2);
    case 'u':
    case '^U':
      return at.top - Math.floor(at.height / 2);
    case 'g':
    case '<':
    case 'home':
      return 0;
    case 'G':
    case '>':
    case 'end-of-line':
      return at.last;
    default:
      return at.top;
  }
}

function* pattern(context: ProcessContext, keyboard: number): Blocking<string> {
  let text = '';
  context.out('\r\u001b[K/');
  for (;;) {
    const key = yield* readKey(context, keyboard);
    if (key.kind === 'text') {
      text += key.text;
      context.out(key.text);
    } else if (key.kind === 'key' && key.name === 'backspace') {
      text = text.slice(0, -1);
      context.out(`\r\u001b[K/${text}`);
    } else return text;
  }
}

function wrapped(line: string, columns: number): string[] {
  const plain = line.replaceAll('\t', '        ');
  if (plain.length <= columns) return [plain];
  const pieces: string[] = [];
  for (let at = 0; at < plain.length; at += columns) pieces.push(plain.slice(at, at + columns));
  return pieces;
}
