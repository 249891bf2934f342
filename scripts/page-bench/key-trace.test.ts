import { describe, expect, it } from 'vitest';
import { keyCosts, markOf, type TraceEvent } from './key-trace.ts';

const page = { pid: 1, tid: 2 };
const task = (ts: number, dur: number, thread = page): TraceEvent => ({ name: 'ThreadControllerImpl::RunTask', ts, dur, ...thread });
const mark = (what: Parameters<typeof markOf>[1], ts: number, key = 0): TraceEvent => ({ name: markOf(key, what), ts, ...page });

describe('what a key costs', () => {
  it('is the work until the change, without the wait for the next picture', () => {
    const events = [task(1000, 2000), mark('key', 1000), task(12_000, 4000), mark('text', 13_000), mark('verdict', 14_500), mark('painted', 17_000)];
    expect(keyCosts(events, 1)).toEqual([{ text: 3, verdict: 4.5, late: false }]);
  });

  it('leaves out other threads and counts a task within a task once', () => {
    const events = [
      task(0, 9000, { pid: 1, tid: 3 }),
      task(1000, 3000),
      task(1500, 1000),
      mark('key', 1000),
      mark('text', 3000),
      mark('verdict', 3000),
    ];
    expect(keyCosts(events, 1)).toEqual([{ text: 2, verdict: 2, late: false }]);
  });

  it('tells a verdict that came a picture late', () => {
    const events = [task(0, 1000), mark('key', 0), mark('text', 500), task(2000, 10), mark('painted', 2000), task(5000, 1000), mark('verdict', 5500)];
    expect(keyCosts(events, 1)).toMatchObject([{ late: true }]);
  });

  it('leaves out keys that changed nothing', () => {
    expect(keyCosts([task(0, 1000), mark('key', 0), mark('key', 10, 1), mark('text', 20, 1), mark('verdict', 30, 1)], 2)).toHaveLength(1);
  });
});
