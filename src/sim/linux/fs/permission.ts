/** Who may do what to a node (fs/namei.c inode_permission, security/commoncap.c, kernel/ptrace.c). Knows nothing of paths. */
import { idInside, idOutside, type UserNamespace } from '../namespace/namespaces.ts';
import { capable, type Capability, type Credentials } from '../process/credentials.ts';
import type { Process } from '../process/process.ts';
import type { Mount } from './mount-namespace.ts';
import type { NodeBase } from './node.ts';

export interface Wanted {
  readonly read?: boolean | undefined;
  readonly write?: boolean | undefined;
  readonly execute?: boolean | undefined;
}

/** File systems whose nodes belong to ids of the initial user namespace, however they are mounted. */
const UNMAPPED = new Set(['proc', 'sysfs', 'cgroup', 'mqueue']);

function mappingOf(mount: Mount): UserNamespace | undefined {
  return UNMAPPED.has(mount.fileSystem.type) ? undefined : mount.idMapping;
}

/** Owner of `node` as seen through `mount`, as ids of the initial user namespace. */
export function ownerOf(mount: Mount, node: NodeBase): { readonly uid: number; readonly gid: number } {
  const mapping = mappingOf(mount);
  if (!mapping) return { uid: node.uid, gid: node.gid };
  return { uid: idOutside(mapping.uidMap, node.uid) ?? 65534, gid: idOutside(mapping.gidMap, node.gid) ?? 65534 };
}

/** The ids that a new node on `mount` gets for `credentials`. */
export function idsOnDisk(mount: Mount, credentials: Credentials): { readonly uid: number; readonly gid: number } {
  const mapping = mappingOf(mount);
  if (!mapping) return { uid: credentials.uid, gid: credentials.gid };
  return { uid: idInside(mapping.uidMap, credentials.uid), gid: idInside(mapping.gidMap, credentials.gid) };
}

function isMapped(map: UserNamespace['uidMap'], id: number): boolean {
  return map.some((range) => id >= range.outside && id < range.outside + range.count);
}

/** capable_wrt_inode_uidgid: a capability of a user namespace reaches only nodes whose owner exists there. */
export function capableOver(credentials: Credentials, capability: Capability, owner: { readonly uid: number; readonly gid: number }): boolean {
  const { user } = credentials;
  return capable(credentials, capability, user) && isMapped(user.uidMap, owner.uid) && isMapped(user.gidMap, owner.gid);
}

/** Whether the mode bits (or a capability) let `credentials` do what is wanted. */
export function isPermitted(credentials: Credentials, place: { readonly mount: Mount; readonly node: NodeBase }, wanted: Wanted): boolean {
  const { node } = place;
  const owner = ownerOf(place.mount, node);
  const shift = credentials.uid === owner.uid ? 6 : credentials.gid === owner.gid || credentials.groups.includes(owner.gid) ? 3 : 0;
  const bits = (node.mode >> shift) & 7;
  const needed = (wanted.read ? 4 : 0) | (wanted.write ? 2 : 0) | (wanted.execute ? 1 : 0);
  if ((needed & ~bits) === 0) return true;
  const isDirectory = node.kind === 'directory';
  const canOverride = isDirectory || !wanted.execute || (node.mode & 0o111) !== 0;
  if (canOverride && capableOver(credentials, 'CAP_DAC_OVERRIDE', owner)) return true;
  const onlyLooks = !wanted.write && (isDirectory || !wanted.execute);
  return onlyLooks && capableOver(credentials, 'CAP_DAC_READ_SEARCH', owner);
}

/** Whether the sticky bit of `directory` forbids to remove or rename `node` (check_sticky). */
export function isStickyFor(credentials: Credentials, mount: Mount, pair: { readonly directory: NodeBase; readonly node: NodeBase }): boolean {
  if ((pair.directory.mode & 0o1000) === 0) return false;
  const owner = ownerOf(mount, pair.node);
  if (credentials.uid === owner.uid || credentials.uid === ownerOf(mount, pair.directory).uid) return false;
  return !capableOver(credentials, 'CAP_FOWNER', owner);
}

/**
 * Whether `caller` may look into `target` (ptrace_may_access with PTRACE_MODE_READ_FSCREDS): its links in /proc, its
 * environment, its namespaces. The same user is not enough for a process that holds more capabilities.
 */
export function mayInspect(caller: Process, target: Process): boolean {
  if (caller === target) return true;
  const mine = caller.credentials;
  const theirs = target.credentials;
  const tracer = capable(mine, 'CAP_SYS_PTRACE', theirs.user);
  if ((mine.uid !== theirs.uid || mine.gid !== theirs.gid) && !tracer) return false;
  // cap_ptrace_access_check: in the same user namespace the target may not hold more than the caller.
  if (mine.user === theirs.user && isSubset(theirs.permitted, mine.effective)) return true;
  return tracer;
}

function isSubset(small: ReadonlySet<Capability>, large: ReadonlySet<Capability>): boolean {
  for (const each of small) if (!large.has(each)) return false;
  return true;
}
