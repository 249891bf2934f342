/** Collects what `kubectl describe` prints: indented lines whose tabs become columns (kubectl pkg/describe PrefixWriter). */
import { alignTabs } from '../output/column-writer.ts';

export class DescribeWriter {
  #done = '';
  #pending = '';

  /** One line, two blanks a level. */
  line(level: number, text: string): void {
    this.#pending += `${'  '.repeat(level)}${text}\n`;
  }

  /** Text as it is, newlines included. */
  raw(text: string): void {
    this.#pending += text;
  }

  /** Columns do not reach beyond this point. */
  flush(): void {
    this.#done += alignTabs(this.#pending);
    this.#pending = '';
  }

  /** Everything with its tabs, as where nobody aligns columns. */
  get plain(): string {
    return this.#pending;
  }

  get text(): string {
    this.flush();
    return this.#done;
  }
}
