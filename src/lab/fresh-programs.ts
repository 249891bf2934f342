/**
 * One world's own view of the programs: what a world runs for the first time has to arrive first, in every world alike,
 * also when another one has loaded it already. Otherwise two runs of one world would differ by the moment of loading.
 */
import type { ProgramTable } from '../sim/linux/process/kernel.ts';
import type { Programs } from './programs.ts';

export function freshPrograms(table: Programs): ProgramTable {
  const arrived = new Set(table.atBoot);
  return {
    ...table,
    find(id) {
      const found = table.find(id);
      if (found === undefined || arrived.has(id)) return found;
      return Promise.resolve(found).then((program) => {
        arrived.add(id);
        return program;
      });
    },
    completer: (id) => (arrived.has(id) ? table.completer?.(id) : undefined),
  };
}
