/** The colours of names: BusyBox's own, and GNU's without LS_COLORS. */
import type { FileKind } from '../../../linux/fs/vfs.ts';
import type { Family } from '../../tool/tool.ts';

const BUSYBOX: Readonly<Record<FileKind, string>> = {
  directory: '1;34',
  symlink: '1;36',
  fifo: '1;33',
  socket: '1;35',
  'block-device': '1;33',
  'character-device': '1;33',
  file: '',
};
const GNU: Readonly<Record<FileKind, string>> = {
  directory: '01;34',
  symlink: '01;36',
  fifo: '33',
  socket: '01;35',
  'block-device': '01;33',
  'character-device': '01;33',
  file: '',
};

export function colored(
  entry: { readonly name: string; readonly status: { readonly kind: FileKind; readonly mode: number } },
  how: { readonly family: Family; readonly on: boolean },
): string {
  if (!how.on) return entry.name;
  const { kind, mode } = entry.status;
  const executable = kind === 'file' && (mode & 0o111) !== 0;
  if (how.family === 'busybox') {
    const color = executable ? '1;32' : BUSYBOX[kind];
    return `\u001b[${color === '' ? '0;0' : color}m${entry.name}\u001b[m`;
  }
  const color = executable ? '01;32' : GNU[kind];
  return color === '' ? entry.name : `\u001b[0m\u001b[${color}m${entry.name}\u001b[0m`;
}
