import { describe, expect, it } from 'vitest';
import { manifestVariant, type ManifestVariant } from '../exercise/manifest-variant.ts';
import { consequence, type ConsequenceRequest } from './consequence.ts';
import { loadExercise } from './exercises.ts';

async function outcome(lessonId: string, variant: ManifestVariant, more: Partial<ConsequenceRequest>): Promise<string> {
  const lesson = await loadExercise(lessonId);
  const text = manifestVariant(variant, { start: lesson.start, solution: await lesson.solution() });
  const runs = await consequence({ lessonId, text, ...more });
  return runs.map(({ at, run, lines, cut }) => [`${at}: ${run}`, ...lines, ...(cut ? ['…'] : [])].join('\n')).join('\n');
}

describe('the consequence of a manifest', () => {
  it('shows two different namespaces where one was wanted, and one where two were', async () => {
    const inodes = async (variant: ManifestVariant): Promise<number> => {
      const printed = await outcome('network/host-network', variant, { goal: 'shares-network' });
      return new Set(printed.match(/net:\[\d+\]/g)).size;
    };
    expect(await inodes({ from: 'start' })).toBe(2);
    expect(await inodes({})).toBe(1);
  });

  it('shows the few processes that a Pod of its own sees, and cuts a node’s many', async () => {
    const goal = 'sees-processes';
    expect(await outcome('processes/host-pid-and-ipc', { from: 'start' }, { goal })).toMatch(/^host-pid\/main: ps\n +1 root +0:00 \/bin\/sleep/);
    expect(await outcome('processes/host-pid-and-ipc', {}, { goal })).toMatch(/ 1 root +0:00 init\n[^]*\n…$/);
  });

  it('asks the node’s port from outside, on whichever node the Pod came to run', async () => {
    const goal = 'node-port';
    expect(await outcome('network/node-ports', { from: 'start' }, { goal })).toContain('Failed to connect to 192.168.2.206 port 9000');
    expect(await outcome('network/node-ports', {}, { goal })).toContain("You've hit kubia-hostport");
  });

  it('gives the API server’s own words for a manifest that it refuses', async () => {
    const variant: ManifestVariant = { spec: { shareProcessNamespace: true } };
    const printed = await outcome('processes/host-pid-and-ipc', variant, { goal: 'sees-processes' });
    expect(printed).toContain('ShareProcessNamespace and HostPID cannot both be enabled');
  });

  it('shows the state of a Pod that does not come to run', async () => {
    expect(await outcome('network/host-network', { container: { image: 'nowhere/nothing' } }, { goal: 'own-ipc' })).toMatch(
      /ErrImagePull|ImagePullBackOff/,
    );
  });

  it('gives way between slices, and ends when nobody wants it any more', async () => {
    const wish = new AbortController();
    const run = outcome('network/host-network', {}, { goal: 'own-ipc', signal: wish.signal });
    for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setTimeout(resolve));
    wish.abort(new Error('no longer wanted'));
    await expect(run).rejects.toThrow('no longer wanted');
  });

  it('has nothing to show for a goal that only a deed can meet', async () => {
    expect(await outcome('processes/host-pid-and-ipc', {}, { goal: 'top-ended' })).toBe('');
  });
});
