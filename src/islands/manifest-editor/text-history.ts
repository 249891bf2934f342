// What somebody wrote, step by step, back and forth: one history for all editors of a text, and for what a form or a
// repair changed in between. Bounded; knows no editor.
import { spliceBetween } from '../../lab/journal.ts';

const MOST = 200;
/** Milliseconds after which typing on is a new step. */
const PAUSE = 900;

export interface Step {
  readonly text: string;
  /** Where the change was: its end, as an offset in `text`. */
  readonly caret: number;
}

type Kind = 'typed' | 'erased' | 'other';

export class TextHistory {
  #texts: string[];
  #at = 0;
  #last: { readonly kind: Kind; readonly end: number; readonly now: number } = { kind: 'other', end: -1, now: 0 };

  constructor(text: string) {
    this.#texts = [text];
  }

  get text(): string {
    return this.#texts[this.#at] ?? '';
  }

  /** All texts up to the present one, oldest first. */
  texts(): readonly string[] {
    return this.#texts.slice(0, this.#at + 1);
  }

  /** Takes a change down; letters typed in one go are one step. @param now milliseconds of any clock */
  record(text: string, now: number): void {
    const before = this.text;
    if (text === before) return;
    const { start, removed, text: added } = spliceBetween(before, text);
    const kind: Kind = removed === 0 && added.length === 1 && added !== '\n' ? 'typed' : added === '' && removed === 1 ? 'erased' : 'other';
    const goesOn = kind === 'typed' ? this.#last.end === start : kind === 'erased' && this.#last.end === start + removed;
    const same = goesOn && kind === this.#last.kind && now - this.#last.now < PAUSE && this.#at === this.#texts.length - 1;
    this.#last = { kind, end: start + added.length, now };
    this.#texts = [...this.#texts.slice(0, this.#at + (same ? 0 : 1)), text].slice(-MOST);
    this.#at = this.#texts.length - 1;
  }

  /** Goes along with an editor that has an undo of its own and took a step back or forth. */
  follow(text: string, now: number): void {
    const back = this.#texts.lastIndexOf(text, this.#at);
    const forth = this.#texts.indexOf(text, this.#at);
    if (back >= 0) this.#move(back - this.#at);
    else if (forth >= 0) this.#move(forth - this.#at);
    else this.record(text, now);
  }

  /** The step before; undefined at the beginning. */
  undo(): Step | undefined {
    return this.#step(-1);
  }

  redo(): Step | undefined {
    return this.#step(1);
  }

  #step(by: -1 | 1): Step | undefined {
    const before = this.text;
    if (this.#texts[this.#at + by] === undefined) return undefined;
    this.#move(by);
    const { start, text } = spliceBetween(before, this.text);
    return { text: this.text, caret: start + text.length };
  }

  #move(by: number): void {
    this.#at += by;
    this.#last = { kind: 'other', end: -1, now: 0 };
  }
}
