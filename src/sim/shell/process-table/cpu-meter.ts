/** CPU use between two looks at the process table. The first look compares with the start of each process. */
import type { VisibleProcess } from './visible-processes.ts';

/** Processors of a recorded machine. */
const PROCESSORS = 2;

export interface CpuShares {
  /** Per mille of one processor. */
  readonly shareByPid: ReadonlyMap<number, number>;
  /** Per mille of all processors. */
  readonly user: number;
  readonly idle: number;
}

export class CpuMeter {
  readonly #usedByPid = new Map<number, number>();
  #at: number | undefined;

  /** @param now virtual milliseconds */
  look(processes: readonly VisibleProcess[], now: number): CpuShares {
    const passed = this.#at === undefined ? undefined : now - this.#at;
    const shareByPid = new Map<number, number>();
    let sum = 0;
    for (const each of processes) {
      const before = this.#usedByPid.get(each.pid) ?? 0;
      const share = passed === undefined || passed <= 0 ? 0 : Math.min(1000, Math.round(((each.cpuTime - before) * 1000) / passed));
      shareByPid.set(each.pid, Math.max(0, share));
      sum += Math.max(0, share);
      this.#usedByPid.set(each.pid, each.cpuTime);
    }
    this.#at = now;
    const user = Math.min(1000, Math.round(sum / PROCESSORS));
    return { shareByPid, user, idle: 1000 - user };
  }
}
