/** Types the recorded terminal sessions and compares what a person would have seen. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { programsOnDisk } from '../../../scripts/commands-on-disk.ts';
import { createCluster } from '../kube/create-cluster.ts';
import { openSession, playSession, type RecordedSession } from '../shell/terminal-session.testing.ts';
import { World } from '../shell/world.ts';
import differences from './differences.json' with { type: 'json' };
import { Canon } from './canon.testing.ts';

const folder = fileURLToPath(new URL('./terminal/', import.meta.url));
const programs = await programsOnDisk();

/** Recorded steps that looked the same when this was last raised. It may only go up. */
const REACHED = 120;

describe('terminals against the recordings', () => {
  it('show what the real ones showed', { timeout: 120_000 }, async () => {
    let all = 0;
    let equal = 0;
    const different: string[] = [];
    const faults: string[] = [];
    for (const file of readdirSync(folder)) {
      const session = JSON.parse(readFileSync(folder + file, 'utf8')) as RecordedSession;
      const world = new World(createCluster({ programs, seed: session.id }));
      const [want, got] = [new Canon(), new Canon()];
      for (const [index, step] of (await playSession(await openSession(world, session), session)).entries()) {
        all++;
        // `top` repeats its screen, and how often depends on the moment.
        const once = (text: string): string => text.trimEnd();
        const same = want.text(step.type, once(step.expected)) === got.text(step.type, once(step.actual));
        if (same) equal++;
        else {
          different.push(`${session.id} ${index}`);
          if (process.env['SHOW']) console.log(`--- ${session.id} ${index} ${JSON.stringify(step.type)}\nwant ${JSON.stringify(step.expected)}\ngot  ${JSON.stringify(step.actual)}`);
        }
      }
      faults.push(...world.faults.map(({ command, error }) => `${session.id}: ${command}: ${String(error)}`));
    }
    console.log(`terminals ${equal} of ${all} steps; not equal: ${different.join(', ')}`);
    expect(faults).toEqual([]);
    expect(different.filter((step) => !differences.terminal.includes(step))).toEqual([]);
    expect(equal).toBeGreaterThanOrEqual(REACHED);
  });
});
