/** Key presses as a terminal sends them: plain characters, control characters and escape sequences. */
import { isErrno } from '../../linux/errno.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';

export type Key =
  | { readonly kind: 'text'; readonly text: string }
  /** Such as `^A`, `M-b`, `up`, `delete`, `enter`, `tab`. */
  | { readonly kind: 'key'; readonly name: string }
  | { readonly kind: 'pasted'; readonly text: string }
  | { readonly kind: 'end' }
  /** A signal with a handler came. */
  | { readonly kind: 'interrupted' };

const SEQUENCES: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end-of-line',
  '1~': 'home',
  '7~': 'home',
  '4~': 'end-of-line',
  '8~': 'end-of-line',
  '3~': 'delete',
  '2~': 'insert',
  '5~': 'page-up',
  '6~': 'page-down',
  '1;5C': 'M-f',
  '1;5D': 'M-b',
  '1;3C': 'M-f',
  '1;3D': 'M-b',
  '200~': 'paste',
  Z: 'tab',
};

/** Waits at most so long for the rest of an escape sequence, in virtual milliseconds. */
const ESCAPE_PATIENCE = 25;

/** The next key press at descriptor `fd`, whose terminal is not in canonical mode. */
export function* readKey(context: ProcessContext, fd: number): Blocking<Key> {
  const character = yield* one(context, fd);
  if (typeof character !== 'string') return character;
  if (character === '\u001b') return yield* escapeSequence(context, fd);
  if (character === '\r' || character === '\n') return { kind: 'key', name: 'enter' };
  if (character === '\t') return { kind: 'key', name: 'tab' };
  if (character === '\u007f' || character === '\b') return { kind: 'key', name: 'backspace' };
  if (character < ' ') return { kind: 'key', name: `^${String.fromCharCode(character.charCodeAt(0) + 64)}` };
  return { kind: 'text', text: character };
}

function* one(context: ProcessContext, fd: number, deadline?: number): Blocking<string | Key> {
  const first = yield* context.read(fd, { max: 1, ...(deadline === undefined ? {} : { deadline }) });
  if (isErrno(first)) return first.code === 'EINTR' ? { kind: 'interrupted' } : { kind: 'end' };
  if (first === '') return { kind: 'end' };
  if (!/[\ud800-\udbff]/.test(first)) return first;
  const second = yield* context.read(fd, { max: 1 });
  return isErrno(second) ? first : first + second;
}

function* escapeSequence(context: ProcessContext, fd: number): Blocking<Key> {
  const patience = (): number => context.simulation.now + ESCAPE_PATIENCE;
  const next = yield* one(context, fd, patience());
  if (typeof next !== 'string') return { kind: 'key', name: 'escape' };
  if (next !== '[' && next !== 'O') return { kind: 'key', name: next === '\u007f' ? 'M-backspace' : `M-${next}` };
  let sequence = '';
  for (;;) {
    const character = yield* one(context, fd, patience());
    if (typeof character !== 'string') return { kind: 'key', name: 'unknown' };
    sequence += character;
    if (/[A-Za-z~]/.test(character) || sequence.length > 12) break;
  }
  const name = SEQUENCES[sequence] ?? 'unknown';
  return name === 'paste' ? yield* pasted(context, fd) : { kind: 'key', name };
}

/** Bracketed paste: everything up to its end mark. */
function* pasted(context: ProcessContext, fd: number): Blocking<Key> {
  const mark = '\u001b[201~';
  let text = '';
  while (!text.endsWith(mark)) {
    const character = yield* one(context, fd);
    if (typeof character !== 'string') break;
    text += character;
  }
  return { kind: 'pasted', text: text.endsWith(mark) ? text.slice(0, -mark.length) : text };
}
