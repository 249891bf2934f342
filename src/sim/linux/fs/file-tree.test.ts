import { describe, expect, it } from 'vitest';
import { isErrno } from '../errno.ts';
import { FileTree } from './file-tree.ts';

describe('room in a tree', () => {
  it.each(['file', 'directory', 'symlink', 'fifo'] as const)('is given back by each %s that goes, however many come', (kind) => {
    const tree = new FileTree({ type: 'tmpfs', clock: () => 0 });
    const { entries } = tree.root;
    for (let i = 0; i < 200_100; i++) {
      const made = entries?.create('x', { kind, mode: 0o755, uid: 0, gid: 0 });
      if (made === undefined || isErrno(made)) throw new Error(`none at ${i}`);
      entries?.remove('x');
    }
    expect(tree.usage().files).toBe(0);
    expect(tree.root.links).toBe(2);
  });
});
