/** What both families of ipcrm share: removing one System V object by id or by key. */
import type { Errno } from '../../../linux/errno.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';

export type IpcFamily = 'shm' | 'msg' | 'sem';

function facility(context: ProcessContext, family: IpcFamily) {
  const { ipc } = context.process.namespaces;
  return family === 'shm' ? ipc.shared : family === 'msg' ? ipc.messages : ipc.semaphores;
}

/** IPC_RMID. @returns EINVAL, EPERM */
export function removeById(context: ProcessContext, family: IpcFamily, id: number): Errno | undefined {
  return facility(context, family).remove(context.process, id);
}

/** The id of a key; undefined when no object has it. */
export function idOfKey(context: ProcessContext, family: IpcFamily, key: number): number | undefined {
  return facility(context, family).table.byKey(key >>> 0)?.id;
}

export function allIds(context: ProcessContext, family: IpcFamily): readonly number[] {
  return facility(context, family)
    .table.list()
    .map((each) => each.id);
}

/** The words after which the id or key stands in brackets (`invalid id (12)`). */
export function complaint(failed: Errno | undefined, what: 'id' | 'key'): string {
  switch (failed?.code) {
    case 'EACCES':
    case 'EPERM':
      return `permission denied for ${what}`;
    case 'EIDRM':
      return `already removed ${what}`;
    default:
      return `invalid ${what}`;
  }
}

export const FAMILY_OF_LETTER: Readonly<Record<string, IpcFamily>> = { m: 'shm', q: 'msg', s: 'sem', M: 'shm', Q: 'msg', S: 'sem' };

/** A number as C reads it with base 0; undefined for anything else. */
export function parseNumber(text: string): number | undefined {
  return /^(0[xX][0-9a-fA-F]+|\d+)$/.test(text) ? (/^0\d/.test(text) ? Number.parseInt(text, 8) : Number(text)) : undefined;
}
