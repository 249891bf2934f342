/** What stat(2) says of a node: owner in the caller's eyes, sizes as its kind of file system counts them. */
import { isErrno } from '../errno.ts';
import { idInside } from '../namespace/namespaces.ts';
import type { Process } from '../process/process.ts';
import type { Mount } from './mount-namespace.ts';
import type { DirectoryNode, Node } from './node.ts';
import { ownerOf } from './permission.ts';
import type { FileStatus } from './vfs.ts';

/** @param at the mount that `node` was reached on */
export function statusOf(caller: Process, at: Mount, node: Node): FileStatus {
  const owner = ownerOf(at, node);
  const { user } = caller.credentials;
  return {
    kind: node.kind,
    mode: node.mode,
    uid: idInside(user.uidMap, owner.uid),
    gid: idInside(user.gidMap, owner.gid),
    size: node.kind === 'file' || node.kind === 'symlink' ? node.size : node.kind === 'directory' ? directorySize(at, node, caller) : 0,
    blocks: blocksOf(at, node),
    links: node.kind === 'directory' && at.fileSystem.type === 'overlay' && (node.merged === true || node === at.fileSystem.root) ? 1 : node.links,
    inode: node.number,
    modified: node.modified,
    device: at.source,
    deviceNumber: at.fileSystem.device,
    ...('device' in node ? { special: node.device } : {}),
  };
}

/** tmpfs counts 20 bytes per entry, ext4 and overlayfs show a block, proc and sysfs nothing. */
function directorySize(at: Mount, node: DirectoryNode, caller: Process): number {
  switch (at.fileSystem.type) {
    case 'tmpfs':
    case 'mqueue': {
      const names = node.names(caller);
      return 40 + 20 * (isErrno(names) ? 0 : names.length);
    }
    case 'ext4':
    case 'overlay':
      return 4096;
    default:
      return 0;
  }
}

const ON_DISK = new Set(['ext4', 'overlay']);

/** Pages of a file; a directory takes one on disk and none in memory, links and devices are kept in their inode. */
function blocksOf(at: Mount, node: Node): number {
  if (node.kind === 'file') return Math.ceil(node.size / 4096) * 4;
  return node.kind === 'directory' && ON_DISK.has(at.fileSystem.type) ? 4 : 0;
}
