/** Signals by name or number as BusyBox reads and lists them (libbb/u_signal_names.c). */
import { SIGNAL_NUMBERS, signalName, type SignalName } from '../../linux/process/signals.ts';

export type ParsedSignal =
  { readonly kind: 'signal'; readonly name: SignalName } | { readonly kind: 'none' } | { readonly kind: 'real-time'; readonly number: number };

/** BusyBox says POLL where the kernel says IO. */
const ALIASES: Readonly<Record<string, SignalName>> = { POLL: 'SIGIO', IOT: 'SIGABRT', CLD: 'SIGCHLD' };

/** @param text a name with or without SIG, in any case, or a number; 0 and EXIT only test */
export function parseSignal(text: string): ParsedSignal | undefined {
  if (/^\d+$/.test(text)) {
    const number = Number(text);
    if (number === 0) return { kind: 'none' };
    const name = signalName(number);
    if (name) return { kind: 'signal', name };
    return number >= 32 && number <= 64 ? { kind: 'real-time', number } : undefined;
  }
  const upper = text.toUpperCase().replace(/^SIG/, '');
  if (upper === 'EXIT') return { kind: 'none' };
  const alias = ALIASES[upper];
  if (alias) return { kind: 'signal', name: alias };
  const full = `SIG${upper}`;
  if (Object.hasOwn(SIGNAL_NUMBERS, full)) return { kind: 'signal', name: full as SignalName };
  const realTime = /^RTM(IN|AX)(?:([+-])(\d+))?$/.exec(upper);
  if (!realTime) return undefined;
  const base = realTime[1] === 'IN' ? 34 : 64;
  const offset = Number(realTime[3] ?? 0) * (realTime[2] === '-' ? -1 : 1);
  return { kind: 'real-time', number: base + offset };
}

/** The short name of a number as `kill -l N` prints it. */
export function shortName(number: number): string {
  if (number === 29) return 'POLL';
  if (number === 0) return 'EXIT';
  return signalName(number)?.slice(3) ?? String(number);
}

/** The list of `kill -l`. */
export function signalList(): string {
  const numbers = [...Array.from({ length: 31 }, (_, index) => index + 1), 34, 64];
  return numbers
    .map((number) => `${String(number).padStart(2)}) ${number === 34 ? 'RTMIN' : number === 64 ? 'RTMAX' : shortName(number)}\n`)
    .join('');
}
