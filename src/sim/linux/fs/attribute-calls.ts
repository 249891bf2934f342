/** System calls that change a node rather than its directory: truncate, chmod, chown, utimensat (fs/attr.c, fs/open.c). */
import { errno, isErrno, type Errno } from '../errno.ts';
import { idInside, idOutside } from '../namespace/namespaces.ts';
import type { Process } from '../process/process.ts';
import { isReadOnly } from './directory-calls.ts';
import type { Node } from './node.ts';
import { findPath, type Place } from './path-walk.ts';
import { capableOver, isPermitted, ownerOf } from './permission.ts';

const SET_UID = 0o4000;
const SET_GID = 0o2000;
const GROUP_EXECUTE = 0o010;

/** Finds the node and refuses where nothing can be changed. */
function change(caller: Process, path: string, apply: (node: Node, place: Place) => Errno | undefined): Errno | undefined {
  const found = findPath(caller, path);
  if (isErrno(found)) return found;
  const { place } = found;
  if (isReadOnly(place)) return errno('EROFS');
  const failed = apply(place.node, place);
  if (failed === undefined && place.node.kind === 'directory') place.node.copyUp?.();
  return failed;
}

function ownsOr(caller: Process, place: Place): boolean {
  const owner = ownerOf(place.mount, place.node);
  return caller.credentials.uid === owner.uid || capableOver(caller.credentials, 'CAP_FOWNER', owner);
}

function isMember(caller: Process, gid: number): boolean {
  return caller.credentials.gid === gid || caller.credentials.groups.includes(gid);
}

export function truncate(caller: Process, path: string, length: number): Errno | undefined {
  return change(caller, path, (node, place) => {
    if (!isPermitted(caller.credentials, place, { write: true })) return errno('EACCES');
    if (node.kind === 'directory') return errno('EISDIR');
    return node.kind === 'file' && node.truncate ? node.truncate(length) : errno('EINVAL');
  });
}

/** chmod(2): who is not in the file's group cannot make it set-group-id. */
export function chmod(caller: Process, path: string, mode: number): Errno | undefined {
  return change(caller, path, (node, place) => {
    if (!ownsOr(caller, place)) return errno('EPERM');
    const owner = ownerOf(place.mount, node);
    const mayKeep = isMember(caller, owner.gid) || capableOver(caller.credentials, 'CAP_FSETID', owner);
    node.mode = mode & 0o7777 & (mayKeep ? 0o7777 : ~SET_GID);
    return undefined;
  });
}

// eslint-disable-next-line max-params -- the four are the system call's
export function chown(caller: Process, path: string, uid: number, gid: number): Errno | undefined {
  return change(caller, path, (node, place) => {
    const { user } = caller.credentials;
    const owner = ownerOf(place.mount, node);
    const target = { uid: uid < 0 ? owner.uid : idOutside(user.uidMap, uid), gid: gid < 0 ? owner.gid : idOutside(user.gidMap, gid) };
    if (target.uid === undefined || target.gid === undefined) return errno('EINVAL');
    if (!capableOver(caller.credentials, 'CAP_CHOWN', owner)) {
      if (owner.uid !== caller.credentials.uid || target.uid !== owner.uid || !(target.gid === owner.gid || isMember(caller, target.gid)))
        return errno('EPERM');
    }
    const mapping = place.mount.idMapping;
    node.uid = mapping ? idInside(mapping.uidMap, target.uid) : target.uid;
    node.gid = mapping ? idInside(mapping.gidMap, target.gid) : target.gid;
    // A file with a new owner does not lend that owner's rights (setattr_prepare, ATTR_KILL_SUID and ATTR_KILL_SGID).
    if (node.kind !== 'directory') {
      node.mode &= ~SET_UID;
      if ((node.mode & GROUP_EXECUTE) !== 0) node.mode &= ~SET_GID;
    }
    return undefined;
  });
}

/** utimensat(2): setting the present time is what everybody may do who may write; any other time is the owner's. */
export function utime(caller: Process, path: string, modified: number): Errno | undefined {
  return change(caller, path, (node, place) => {
    const isNow = modified === caller.kernel.simulation.wallClock;
    if (!ownsOr(caller, place) && !(isNow && isPermitted(caller.credentials, place, { write: true }))) return errno(isNow ? 'EACCES' : 'EPERM');
    node.modified = modified;
    return undefined;
  });
}
