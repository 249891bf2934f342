/**
 * Joins the world, the exercise and storage of one lesson. Not assembled yet: until it is, pages say so and everything
 * that needs no cluster works.
 */
import type { Bench, BenchOptions } from './bench-contract.ts';

/** The bench of one lesson; rejects when there is no such lesson. */
export function createBench({ lessonId }: BenchOptions): Promise<Bench> {
  return Promise.reject(new Error(`the simulated cluster of ${lessonId} is not assembled yet`));
}
