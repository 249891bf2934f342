/**
 * A pseudo-terminal pair (pty(7)) with the line discipline of n_tty.c: echo, canonical editing, signal characters,
 * window size. The master side is whoever draws the terminal; it knows nothing of drawing itself.
 */
import { WaitQueue } from '../../engine/wait-queue.ts';
import type { Errno } from '../errno.ts';
import { AGAIN, CountedFile, type OpenFile, type ReadRequest, type ReadResult } from '../fs/open-file.ts';
import { takeFrom } from '../fs/pipe.ts';
import type { SignalName } from '../process/signals.ts';
import type { Outlet } from './output-pace.ts';

export interface TtyModes {
  /** Line by line, with erase and kill (ICANON). */
  canonical: boolean;
  echo: boolean;
  /** Ctrl-C, Ctrl-Z, Ctrl-\ send signals (ISIG). */
  signals: boolean;
  /** LF becomes CR LF on output (OPOST|ONLCR). */
  outputNewlines: boolean;
}

const COOKED: TtyModes = { canonical: true, echo: true, signals: true, outputNewlines: true };

export interface TtyOptions {
  /** `/dev/pts/N` of the mount namespace that made it, without `/dev/`. */
  readonly name: string;
  readonly rows?: number;
  readonly columns?: number;
  /** Receives what a person would see. */
  readonly onOutput: (text: string) => void;
  /** What the output goes to, where that may be too slow for it. */
  readonly outlet?: () => Outlet | undefined;
}

/** Upper bound of unread input; more is dropped, as n_tty does past 4,096. */
const INPUT_LIMIT = 65_536;
/** What ends a bracketed paste (DEC private mode 2004). */
const PASTE_END = '\u001b[201~';
/** Waiting characters that nobody has typed one by one. */
const PASTED = 256;

export class Tty {
  readonly name: string;
  modes: TtyModes = { ...COOKED };
  rows: number;
  columns: number;
  /** Called with the signal for the foreground process group; the kernel installs it with the controlling session. */
  onSignal: ((signal: SignalName) => void) | undefined;
  /** The leader of the foreground process group, by identity only. */
  foreground: object | undefined;
  onHangup: (() => void) | undefined;
  readonly readable = new WaitQueue();
  readonly #writable = new WaitQueue();
  readonly #onOutput: (text: string) => void;
  readonly #outlet: () => Outlet | undefined;
  #line = '';
  #ready = '';
  #ends = 0;
  #closed = false;

  constructor(options: TtyOptions) {
    this.name = options.name;
    this.rows = options.rows ?? 24;
    this.columns = options.columns ?? 80;
    this.#onOutput = options.onOutput;
    this.#outlet = options.outlet ?? (() => undefined);
  }

  /** Whether writers should wait for `writable`. */
  get full(): boolean {
    return !this.#closed && this.#outlet()?.full === true;
  }

  get writable(): WaitQueue {
    return this.#outlet()?.writable ?? this.#writable;
  }

  /** What was typed (or pasted) at the terminal arrives. */
  input(text: string): void {
    const room = INPUT_LIMIT - this.#ready.length - this.#line.length - PASTE_END.length;
    // Of a paste that is too long the end mark gets through: without it the line editor would take all further keys for more of it.
    const fitting = text.length > room && text.endsWith(PASTE_END) ? text.slice(0, Math.max(0, room)) + PASTE_END : text;
    for (const character of fitting) this.#key(character);
  }

  /** Takes printable characters that wait already, `most` of them, when there are so many that they were not typed. */
  takePasted(most: number): string {
    if (this.modes.canonical || this.#ready.length < PASTED) return '';
    const text = /^[^\0-\u001f\u007f]*/.exec(this.#ready.slice(0, Math.max(0, most)))?.[0] ?? '';
    this.#ready = this.#ready.slice(text.length);
    return text;
  }

  resize(rows: number, columns: number): void {
    if (rows === this.rows && columns === this.columns) return;
    this.rows = rows;
    this.columns = columns;
    this.onSignal?.('SIGWINCH');
  }

  /** The terminal goes away: readers get end of file, its session gets SIGHUP. */
  hangup(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.onHangup?.();
    this.readable.notify();
  }

  /** Writes to the screen. */
  output(text: string): void {
    this.#onOutput(this.modes.outputNewlines ? text.replace(/\r?\n/g, '\r\n') : text);
  }

  setModes(modes: Partial<TtyModes>): void {
    this.modes = { ...this.modes, ...modes };
    if (!this.modes.canonical && this.#line !== '') {
      this.#ready += this.#line;
      this.#line = '';
      this.readable.notify();
    }
  }

  resetModes(): void {
    this.setModes(COOKED);
  }

  read(request: ReadRequest): ReadResult {
    if (this.#closed) return '';
    const canonical: ReadRequest = this.modes.canonical ? { max: request.max, until: '\n' } : request;
    const taken = takeFrom(this.#ready, canonical, true);
    if (taken) {
      this.#ready = taken[1];
      return taken[0];
    }
    if (this.#ends > 0) {
      this.#ends--;
      return '';
    }
    return AGAIN;
  }

  /** Throws unread input away, as a signal character does. */
  flushInput(): void {
    this.#line = '';
    this.#ready = '';
  }

  /** Whether it has been hung up. */
  get closed(): boolean {
    return this.#closed;
  }

  #echo(text: string): void {
    if (this.modes.echo) this.output(text);
  }

  #key(character: string): void {
    if (this.#closed || this.#ready.length + this.#line.length > INPUT_LIMIT) return;
    if (this.modes.signals) {
      const signal = SIGNAL_BY_KEY.get(character);
      if (signal) {
        this.#echo(`^${String.fromCharCode(character.charCodeAt(0) + 64)}`);
        this.flushInput();
        this.onSignal?.(signal);
        return;
      }
    }
    if (!this.modes.canonical) {
      this.#ready += character;
      this.#echo(character === '\r' ? '\n' : character);
      this.readable.notify();
      return;
    }
    this.#canonicalKey(character);
  }

  #canonicalKey(character: string): void {
    switch (character) {
      case '\r':
      case '\n':
        this.#echo('\n');
        this.#ready += `${this.#line}\n`;
        this.#line = '';
        this.readable.notify();
        return;
      case '\u0004':
        if (this.#line === '') this.#ends++;
        else {
          this.#ready += this.#line;
          this.#line = '';
        }
        this.readable.notify();
        return;
      case '\u007f':
      case '\b': {
        const last = [...this.#line].at(-1);
        if (last === undefined) return;
        this.#line = this.#line.slice(0, -last.length);
        this.#echo('\b \b'.repeat(columnsOf(last)));
        return;
      }
      case '\u0015':
        this.#echo('\b \b'.repeat([...this.#line].reduce((sum, each) => sum + columnsOf(each), 0)));
        this.#line = '';
        return;
      default:
        this.#line += character;
        this.#echo(character < ' ' && character !== '\t' ? `^${String.fromCharCode(character.charCodeAt(0) + 64)}` : character);
    }
  }
}

const SIGNAL_BY_KEY = new Map<string, SignalName>([
  ['\u0003', 'SIGINT'],
  ['\u001c', 'SIGQUIT'],
  ['\u001a', 'SIGTSTP'],
]);

/** Terminal cells of one character: 2 for East Asian wide ones. */
export function columnsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd)
    ? 2
    : 1;
}

/** The slave side as a file: what a process holds as its standard streams. */
export class TtyFile extends CountedFile implements OpenFile {
  readonly tty: Tty;
  constructor(tty: Tty) {
    super();
    this.tty = tty;
  }
  get full(): boolean {
    return this.tty.full;
  }
  get description(): string {
    return `/dev/${this.tty.name}`;
  }
  get readable(): WaitQueue {
    return this.tty.readable;
  }
  get writable(): WaitQueue {
    return this.tty.writable;
  }
  read(request: ReadRequest): ReadResult {
    return this.tty.read(request);
  }
  write(text: string): Errno | undefined {
    this.tty.output(text);
    return undefined;
  }
  protected closed(): void {
    // A terminal outlives its readers: the master side decides when it goes.
  }
}
