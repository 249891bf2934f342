/** What every BusyBox applet says about itself: the banner and its usage. */
import type { ProcessContext } from '../../linux/process/process-context.ts';

export const BUSYBOX_BANNER = 'BusyBox v1.37.0 (2026-11-23 08:16:20 UTC) multi-call binary.';

/** Writes banner and usage to standard error. @param usage what follows `Usage: `, more lines as needed */
export function writeBusyboxUsage(context: ProcessContext, usage: string): void {
  context.err(`${BUSYBOX_BANNER}\n\nUsage: ${usage}\n`);
}

/** `--help` as the only first word ends every applet at once (libbb/appletlib.c). */
export function wantsHelp(context: ProcessContext): boolean {
  return context.args.length === 1 && context.args[0] === '--help';
}

/** The ending of a mistake in options: message, banner, usage. @returns the exit code */
export function busyboxMistake(
  context: ProcessContext,
  mistake: { readonly name: string; readonly message: string; readonly usage: string },
): number {
  context.err(`${mistake.name}: ${mistake.message}\n`);
  writeBusyboxUsage(context, mistake.usage);
  return 1;
}
