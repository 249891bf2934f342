/** curl's table of progress on standard error (lib/progress.c), for transfers that end within a second. */
import type { ProcessContext } from '../../../linux/process/process-context.ts';

const HEAD =
  '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n';
const NEVER = '--:--:--';

export class ProgressMeter {
  readonly #context: ProcessContext;
  readonly #shown: boolean;
  #started = false;
  #last = line({ bytes: 0, of: 0, milliseconds: 0 });

  constructor(context: ProcessContext, shown: boolean) {
    this.#context = context;
    this.#shown = shown;
  }

  start(): void {
    if (!this.#shown || this.#started) return;
    this.#started = true;
    this.#context.err(`${HEAD}\r${this.#last}`);
  }

  /** Everything has come. */
  total(bytes: number, of: number, milliseconds: number): void {
    this.#last = line({ bytes, of, milliseconds });
  }

  end(): void {
    if (this.#shown && this.#started) this.#context.err(`\r${this.#last}\n`);
    this.#started = false;
  }
}

function line(state: { readonly bytes: number; readonly of: number; readonly milliseconds: number }): string {
  const percent = state.of > 0 ? Math.floor((state.bytes * 100) / state.of) : 0;
  const speed = state.bytes === 0 ? 0 : Math.round((state.bytes * 1000) / Math.max(1, state.milliseconds));
  const five = (value: number): string => short(value).padStart(5);
  return `${String(percent).padStart(3)} ${five(state.of)}  ${String(percent).padStart(3)} ${five(state.bytes)}    0     0  ${five(speed)}      0 ${NEVER} ${NEVER} ${NEVER} ${five(speed)}`;
}

function short(value: number): string {
  if (value < 100_000) return String(value);
  return value < 10_000 * 1024 ? `${Math.floor(value / 1024)}k` : `${(value / 1024 / 1024).toFixed(1)}M`;
}
