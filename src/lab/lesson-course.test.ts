import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createBench } from './bench.ts';
import type { Bench } from './bench-contract.ts';

const lessonId = 'network/host-network';
const key = `namespace-lab:world:${lessonId}`;

/** What a browser gives a page, as far as a course needs it. */
class Storage {
  readonly items = new Map<string, string>();
  getItem = (name: string): string | null => this.items.get(name) ?? null;
  setItem = (name: string, value: string): void => void this.items.set(name, value);
  removeItem = (name: string): void => void this.items.delete(name);
}

let shared = new Storage();
let leave: (() => void)[] = [];

/** A page of its own; the tab and the browser keep what they keep. */
async function visit(tab: Storage): Promise<Bench> {
  vi.stubGlobal('localStorage', shared);
  vi.stubGlobal('sessionStorage', tab);
  leave = [];
  return createBench({ lessonId, locale: 'zh' });
}

async function until(bench: Bench, state: string): Promise<void> {
  await vi.waitFor(() => {
    expect(bench.course()).toBe(state);
  }, 20_000);
}

const pods = async (bench: Bench): Promise<string> => {
  const [seen] = await bench.runEverywhere('kubectl get po', ['server4-master']);
  return seen?.lines.map(({ text }) => text).join('\n') ?? '';
};

// The clocks of worlds go on after a test, so the stubs stay.
beforeEach(() => {
  shared = new Storage();
  vi.stubGlobal('document', { hidden: false });
  vi.stubGlobal('addEventListener', (name: string, listener: () => void) => {
    if (name === 'pagehide') leave.push(listener);
  });
});

describe('a lesson’s cluster from visit to visit', { timeout: 60_000 }, () => {
  it('comes back with its Pods, on this tab and later on another; a new one can take its place and give it back', async () => {
    const tab = new Storage();
    const first = await visit(tab);
    expect(first.course()).toBe('fresh');
    await first.apply('pod-host-network.yaml');
    for (const each of leave) each();
    const second = await visit(tab);
    await until(second, 'returned');
    expect(await pods(second)).toMatch(/pod-host-network +1\/1 +Running/);
    const undo = await second.startAfresh();
    expect(second.course()).toBe('fresh');
    expect(await pods(second)).toContain('No resources found');
    undo();
    expect(second.course()).toBe('returned');
    for (const each of leave) each();
    const third = await visit(new Storage());
    await until(third, 'returned');
    expect(await pods(third)).toMatch(/pod-host-network +1\/1 +Running/);
  });

  it('is new, and says so, where what was kept is no good; and new without a word where nothing was done or all was erased', async () => {
    shared.setItem(key, '[1,"tooLong"]');
    expect((await visit(new Storage())).course()).toBe('tooLong');
    shared.setItem(key, '{');
    expect((await visit(new Storage())).course()).toBe('lost');
    // A journal of right form that no world ever had.
    shared.setItem(key, JSON.stringify([1, null, [], [[10, 2_880_600, 'type', 7, 'ls\r']], [900, 2_881_000], []]));
    const forged = await visit(new Storage());
    await until(forged, 'lost');
    expect(await pods(forged)).toContain('No resources found');

    const tab = new Storage();
    tab.setItem(key, '{');
    shared.items.clear();
    const idle = await visit(tab);
    expect(idle.course()).toBe('fresh');
    for (const each of leave) each();
    expect(shared.items.has(key)).toBe(false);
  });
});
