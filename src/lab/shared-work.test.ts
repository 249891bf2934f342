import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { deflated, toBase64url } from './compressed-text.ts';
import type { JournalEntry } from './journal.ts';
import { readEntries, writeEntries } from './journal-text.ts';
import { carriesWork, readSharedWork, writeSharedWork, type SharedWorld } from './shared-work.ts';

const file = { file: 'pod.yaml', text: 'kind: Pod # 我的\nspec:\n  hostNetwork: true\n' };
const entries: readonly JournalEntry[] = [
  { kind: 'open', terminal: 0, observer: 'server4-master', rows: 24, columns: 80, steps: 10, now: 2_880_557.216_000_000_5 },
  { kind: 'type', terminal: 0, text: 'ls\r', steps: 12, now: 2_880_600.1 },
  { kind: 'write', file: 'pod.yaml', start: 3, removed: 0, text: '我', steps: 12, now: 2_880_600.1 },
  { kind: 'run', run: 0, observer: 'pod-host-network/main', line: 'ps', steps: 13, now: 2_880_601 },
  { kind: 'ask', request: 0, steps: 20, now: 2_880_602 },
  { kind: 'edited', request: 0, steps: 20, now: 2_880_603 },
];
const world: SharedWorld = {
  ...file,
  lessonId: 'network/host-network',
  seed: 'network/host-network',
  epoch: 1_795_426_200_000,
  files: [file],
  entries,
  at: 45_000,
};

async function forged(mark: string, value: unknown): Promise<string> {
  return `#${mark}=${toBase64url(await deflated(typeof value === 'string' ? value : JSON.stringify(value)))}`;
}

describe('work in an address', () => {
  it('comes out as it went in', async () => {
    for (const work of [file, world]) {
      const fragment = await writeSharedWork(work);
      expect(fragment).toMatch(/^(?:manifest|world)=[\w-]+$/);
      expect(await readSharedWork(`#${fragment ?? ''}`)).toEqual(work);
    }
  });

  it('is not written where it would be too long', async () => {
    let seed = 1;
    const noise = Array.from({ length: 100_000 }, () => String.fromCharCode(33 + ((seed = (seed * 48_271) % 2_147_483_647) % 90))).join('');
    expect(await writeSharedWork({ ...file, text: noise })).toBeUndefined();
  });

  it('is nothing where the fragment is another’s, damaged or hostile', async () => {
    const good = `#${(await writeSharedWork(world)) ?? ''}`;
    const plain = [1, world.lessonId, world.seed, world.epoch, [['pod.yaml', '']], [], 0, 'pod.yaml', ''] as const;
    expect(await readSharedWork(await forged('world', plain))).toBeDefined();
    const changed = (index: number, value: unknown): Promise<string> =>
      forged(
        'world',
        plain.map((each, at) => (at === index ? value : each)),
      );
    const hostile = [
      '',
      '#heading',
      '#manifest=',
      '#manifest=!!',
      '#world=%00',
      good.slice(0, -9),
      `${good}${'A'.repeat(70_000)}`,
      await forged('manifest', [1, '../../etc/passwd', '']),
      await forged('manifest', [1, '__proto__', '']),
      await forged('manifest', [1, 'constructor', '']),
      await forged('manifest', [1, 'a\u001b[2Jb.yaml', '']),
      await forged('manifest', [1, '<img src=x onerror=alert(1)>', '']),
      await forged('manifest', [2, 'pod.yaml', '']),
      await forged('manifest', `[1,"pod.yaml","${'a'.repeat(10_000_000)}"]`),
      await forged('manifest', '['.repeat(500_000)),
      await forged('world', { length: 9 }),
      await changed(0, 2),
      await changed(1, '../x'),
      await changed(2, 'a'.repeat(1e5)),
      await changed(3, 1e300),
      await changed(4, [['..', '']]),
      await changed(
        4,
        Array.from({ length: 41 }, () => ['a', '']),
      ),
      await changed(5, [[0, 0, '__proto__']]),
      await changed(5, [[0, 0, 'type', 0, 5]]),
      await changed(5, [[0, 0, 'open', 0, '\u001b]0;x\u0007', 24, 80]]),
      await changed(5, [[0, 0, 'open', 0, 'client', 1e9, 80]]),
      await changed(5, [[0, 1e12, 'close', 0]]),
      await changed(5, [[0, -1, 'close', 0]]),
      await changed(5, [[-1, 0, 'close', 0]]),
      await changed(6, 1e12),
      await changed(6, null),
    ];
    for (const each of hostile) expect([each.slice(0, 60), await readSharedWork(each)]).toEqual([each.slice(0, 60), undefined]);
  });

  it('never throws, whatever stands in the fragment', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('manifest', 'world'), fc.oneof(fc.string(), fc.base64String()), async (mark, data) => {
        expect(carriesWork(`#${mark}=${data}`)).toBe(true);
        expect(await readSharedWork(`#${mark}=${data}`)).toBeUndefined();
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('manifest', 'world'), fc.json(), async (mark, json) => {
        const read = await readSharedWork(await forged(mark, json));
        if (read !== undefined) expect(typeof read.file).toBe('string');
      }),
    );
  });

  it('takes any journal of right shape, and none of a wrong one', () => {
    expect(readEntries(JSON.parse(JSON.stringify(writeEntries(entries))))).toEqual(entries);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1e6), fc.double({ min: 0, max: 1e5, noNaN: true }), fc.string())), (steps) => {
        let place = { steps: 0, now: 0 };
        const journal = steps.map(([more, passed, text]): JournalEntry => {
          place = { steps: place.steps + more, now: place.now + passed };
          return { kind: 'type', terminal: 1, text, ...place };
        });
        expect(readEntries(JSON.parse(JSON.stringify(writeEntries(journal))))).toEqual(journal);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.array(fc.jsonValue())), (value) => {
        const read = readEntries(value);
        if (value.length > 0 && read) expect(read).toHaveLength(value.length);
      }),
    );
  });
});
