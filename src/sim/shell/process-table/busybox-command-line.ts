/** The command line of a process as BusyBox shows it (libbb/procps.c read_cmdline): `{name}` in front when the program goes by another name, `[name]` when there is none. */
import type { VisibleProcess } from './visible-processes.ts';

/** @param limit most characters, as the width of a terminal */
export function busyboxCommandLine(process: Pick<VisibleProcess, 'argv' | 'comm'>, limit = Number.POSITIVE_INFINITY): string {
  const line = process.argv
    .join(' ')
    .replace(/ +$/, '')
    .replaceAll(/[\u0000-\u001f]/g, ' ');
  const shown = line === '' ? `[${process.comm}]` : hasOwnName(process) ? line : `{${process.comm}} ${line}`;
  return shown.slice(0, limit);
}

function hasOwnName({ argv, comm }: Pick<VisibleProcess, 'argv' | 'comm'>): boolean {
  const first = (argv[0] ?? '').split(' ')[0] ?? '';
  const base = first.slice(first.lastIndexOf('/') + 1).replace(/^-/, '');
  return base.startsWith(comm);
}
