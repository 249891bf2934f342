import { describe, expect, it } from 'vitest';
import { readSharedWork, writeSharedWork } from './shared-work.ts';

const work = { file: 'pod.yaml', text: 'kind: Pod # 我的\nspec:\n  hostNetwork: true\n' };

describe('work in an address', () => {
  it('comes out as it went in', async () => {
    const fragment = await writeSharedWork(work);
    expect(fragment).toMatch(/^manifest=[\w-]+$/);
    expect(await readSharedWork(`#${fragment}`)).toEqual(work);
  });

  it('is nothing where the fragment is another’s, damaged or hostile', async () => {
    const fragment = await writeSharedWork(work);
    const path = await writeSharedWork({ ...work, file: '../../etc/passwd' });
    const bomb = await writeSharedWork({ ...work, text: 'a'.repeat(10_000_000) });
    for (const each of ['', '#heading', '#manifest=', '#manifest=!!', `#${fragment.slice(0, -9)}`, `#${path}`, `#${bomb}`]) {
      expect(await readSharedWork(each)).toBeUndefined();
    }
  });
});
