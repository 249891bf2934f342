/** The size that programs take a terminal to have: 80 × 24 where it does not know its own (libbb get_terminal_width_height, procps set_screen_size). */
import type { ProcessContext } from '../../linux/process/process-context.ts';

/** @returns undefined when standard output is no terminal */
export function screenSize(context: ProcessContext): { readonly rows: number; readonly columns: number } | undefined {
  const tty = context.process.files.get(1)?.tty;
  return tty && { rows: tty.rows || 24, columns: tty.columns || 80 };
}
