import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { Simulation } from './simulation.ts';

const fresh = (seed = 's'): Simulation => new Simulation({ seed, epoch: 1_000 });

describe('virtual time', () => {
  it('runs actions in the order of their times, equal times in the order of the calls', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }), (delays) => {
        const simulation = fresh();
        const seen: [number, number][] = [];
        delays.forEach((delay, index) => simulation.after(delay, () => seen.push([delay, index])));
        simulation.advance(100);
        const expected = delays.map((delay, index): [number, number] => [delay, index]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        expect(seen).toEqual(expected);
      }),
    );
  });

  it('moves the clock only as far as asked', () => {
    const simulation = fresh();
    simulation.after(10, () => undefined);
    expect(simulation.advance(5)).toEqual({ steps: 0, complete: true });
    expect(simulation.now).toBe(5);
    expect(simulation.wallClock).toBe(1_005);
  });

  it('stops at its budget when actions never end', () => {
    const simulation = fresh();
    const again = (): void => {
      simulation.after(0, again);
    };
    again();
    expect(simulation.advance(1, 1_000)).toEqual({ steps: 1_000, complete: false });
  });

  it('does not run what was cancelled', () => {
    const simulation = fresh();
    let ran = false;
    simulation.after(1, () => (ran = true)).cancel();
    simulation.advance(5);
    expect(ran).toBe(false);
  });

  it('gives equal dice for equal seeds', () => {
    const roll = (seed: string): number[] => {
      const { random } = fresh(seed);
      return [random.next(), random.integer(1, 6), random.next()];
    };
    expect(roll('a')).toEqual(roll('a'));
    expect(roll('a')).not.toEqual(roll('b'));
  });

  it('waits for outside work before time passes', async () => {
    const simulation = fresh();
    let arrived = false;
    let at: number | undefined;
    const work = Promise.resolve().then(() => (arrived = true));
    simulation.after(1, () => {
      void simulation.external(work).then(() => simulation.after(1, () => (at = simulation.now)));
    });
    simulation.after(1_000, () => undefined);
    await simulation.runUntilSettled(() => at !== undefined, { limit: 5_000 });
    expect([arrived, at]).toEqual([true, 2]);
  });
});
