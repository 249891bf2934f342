/** Words and mistakes of BusyBox's ip (networking/libiproute/utils.c). */
import { isErrno } from '../../../linux/errno.ts';

/** index_in_substrings: an exact word, or the only one that begins so. */
export function choose<T extends string>(typed: string, words: readonly T[]): T | undefined {
  const exact = words.find((each) => each === typed);
  if (exact !== undefined) return exact;
  const matching = words.filter((each) => each.startsWith(typed));
  return matching.length === 1 ? matching[0] : undefined;
}

/** What a mistake ends with: the message behind `ip: `, and the exit code. */
export class Complaint {
  readonly message: string;
  readonly code: number;
  constructor(message: string, code = 1) {
    this.message = message;
    this.code = code;
  }
}

export type Result = Complaint | undefined;

export function invalid(word: string, what = 'ip', code = 1): Complaint {
  return new Complaint(`invalid argument '${word}' to '${what}'`, code);
}

/** What the kernel said. */
export function answer(result: unknown, call = 'RTNETLINK answers'): Result {
  return isErrno(result) ? new Complaint(`${call}: ${result.text}`, 2) : undefined;
}

export const INCOMPLETE = new Complaint('command line is not complete, try "help"');

export function missing(name: string): Complaint {
  return new Complaint(`can't find device '${name}'`);
}
