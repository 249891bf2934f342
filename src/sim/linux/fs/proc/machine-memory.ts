/** Memory of a machine as far as it is modelled: what its processes declare, in KiB. */
import type { Kernel } from '../../process/kernel.ts';

export interface MachineMemory {
  readonly total: number;
  readonly used: number;
  readonly free: number;
  readonly shared: number;
  readonly buffers: number;
  readonly cached: number;
  readonly reclaimable: number;
  readonly available: number;
}

const TOTAL = 24_684_084;

export function machineMemory(kernel: Kernel): MachineMemory {
  const used = 900_000 + kernel.processes().reduce((sum, process) => sum + process.memory.resident, 0);
  const [shared, buffers, cached, reclaimable] = [10_016, 3456, 902_428, 787_892];
  const free = TOTAL - used - buffers - cached;
  return { total: TOTAL, used, free, shared, buffers, cached, reclaimable, available: free + cached };
}
