/** What System V objects have in common: key, id, owner, permissions (ipc/util.c). Knows nothing of what they hold. */
import { errno, isErrno, type Errno } from '../errno.ts';
import { capable } from '../process/credentials.ts';
import { pidIn, type Process } from '../process/process.ts';

/** IPC_PRIVATE: always a new object. */
export const PRIVATE_KEY = 0;

export interface IpcObject {
  readonly id: number;
  /** 32 bits, unsigned; 0 is private. */
  readonly key: number;
  /** Ids of the initial user namespace. */
  uid: number;
  gid: number;
  readonly creatorUid: number;
  readonly creatorGid: number;
  mode: number;
  /** Unix milliseconds of creation or of the last change by IPC_SET. */
  changed: number;
  /** Removed while still in use (shared memory only): shown as `dest`. */
  destroyed: boolean;
}

/** IDs wrap after this many slots (IPCMNI), sequence numbers make them differ from earlier ones. */
const SLOTS = 32_768;

export interface GetFlags {
  readonly create: boolean;
  readonly exclusive: boolean;
  readonly mode: number;
}

/** One table of a namespace: by id and by key. Ids grow cyclically, as ida_alloc_cyclic does since Linux 5.1. */
export class IpcTable<T extends IpcObject> {
  readonly #objectById = new Map<number, T>();
  #slot = 0;
  #sequence = 0;

  /** In the order of their ids. */
  list(): readonly T[] {
    return [...this.#objectById.values()].sort((a, b) => a.id - b.id);
  }

  get size(): number {
    return this.#objectById.size;
  }

  find(id: number): T | undefined {
    return this.#objectById.get(id);
  }

  byKey(key: number): T | undefined {
    if (key === PRIVATE_KEY) return undefined;
    for (const object of this.#objectById.values()) if (object.key === key && !object.destroyed) return object;
    return undefined;
  }

  nextId(): number {
    const used = new Set<number>();
    for (const id of this.#objectById.keys()) used.add(id % SLOTS);
    let slot = this.#slot;
    while (used.has(slot)) slot = (slot + 1) % SLOTS;
    if (slot < this.#slot) this.#sequence++;
    this.#slot = (slot + 1) % SLOTS;
    return this.#sequence * SLOTS + slot;
  }

  add(object: T): void {
    this.#objectById.set(object.id, object);
  }

  delete(id: number): void {
    this.#objectById.delete(id);
  }

  /**
   * The object of `key`, or a new one (ipcget).
   * @returns ENOENT, EEXIST, EACCES, or what `create` answers
   */
  get(
    caller: Process,
    key: number,
    request: { readonly flags: GetFlags; readonly accepts: (object: T) => Errno | undefined; readonly create: (object: IpcObject) => T | Errno },
  ): T | Errno {
    const existing = this.byKey(key);
    if (!existing) {
      if (!request.flags.create && key !== PRIVATE_KEY) return errno('ENOENT');
      const { uid, gid } = caller.credentials;
      const made = request.create({
        id: this.nextId(),
        key: key >>> 0,
        uid,
        gid,
        creatorUid: uid,
        creatorGid: gid,
        mode: request.flags.mode & 0o777,
        changed: caller.kernel.simulation.wallClock,
        destroyed: false,
      });
      if (!isErrno(made)) this.add(made);
      return made;
    }
    if (request.flags.create && request.flags.exclusive) return errno('EEXIST');
    const refused = request.accepts(existing);
    if (refused) return refused;
    return permits(caller, existing, request.flags.mode) ? existing : errno('EACCES');
  }

  /** The object of `id` for an operation that only its owner may do (IPC_RMID, IPC_SET). @returns EINVAL, EPERM */
  own(caller: Process, id: number): T | Errno {
    const object = this.find(id);
    if (!object) return errno('EINVAL');
    const { uid } = caller.credentials;
    const owns = uid === object.uid || uid === object.creatorUid;
    return owns || capable(caller.credentials, 'CAP_SYS_ADMIN', caller.namespaces.ipc.owner) ? object : errno('EPERM');
  }
}

/** ipcperms: mode bits of owner, group and others, or CAP_IPC_OWNER. `mode` are wanted bits as in 0o600 or 0o4. */
export function permits(caller: Process, object: IpcObject, mode: number): boolean {
  const { credentials } = caller;
  const wanted = ((mode >> 6) | (mode >> 3) | mode) & 7;
  let granted = object.mode;
  if (credentials.uid === object.uid || credentials.uid === object.creatorUid) granted >>= 6;
  else if ([credentials.gid, ...credentials.groups].some((gid) => gid === object.gid || gid === object.creatorGid)) granted >>= 3;
  return (wanted & ~granted & 7) === 0 || capable(credentials, 'CAP_IPC_OWNER', caller.namespaces.ipc.owner);
}

/** A process number as `reader` sees it, also of a process that has ended (the kernel keeps its struct pid); 0 when it is not visible. */
export function shownPid(of: Process | undefined, reader: Process): number {
  return of ? (pidIn(of, reader.namespaces.pid) ?? 0) : 0;
}
