/** Finding processes by the name of their program, as pidof and killall do (libbb/find_pid_by_name.c). */
import type { VisibleProcess } from './visible-processes.ts';

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The name of the process, of the first word of its command line, or of its executable. */
export function isNamed(process: VisibleProcess, name: string): boolean {
  if (process.comm === name.slice(0, 15) && name.length <= 15) return true;
  const [first] = process.argv;
  if (first !== undefined && (first === name || baseName(first) === baseName(name))) return name.startsWith('/') ? first === name : true;
  return process.process.exe !== '' && (name.startsWith('/') ? process.process.exe === name : baseName(process.process.exe) === name);
}
