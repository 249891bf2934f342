/** Turns Commands into the kernel's ProgramTable. Where the files come from (disk, chunks) is the caller's business. */
import type { ProgramTable } from '../linux/process/kernel.ts';
import type { Program } from '../linux/process/wait.ts';
import { programId, SUITES, type Command } from './command.ts';

export type CommandLoader = () => Promise<{ readonly command: Command }>;

const suites = new Set<string>(SUITES);

/**
 * @param path of a file below `commands/`, such as `ps/busybox.ts`
 * @returns its program id, or undefined when the file is a part of a command and no command itself
 */
export function programIdOfFile(path: string): string | undefined {
  const match = /(?:^|\/)([^/]+)\/([^/]+)\.ts$/.exec(path);
  return match?.[1] !== undefined && match[2] !== undefined && suites.has(match[2]) ? `${match[1]}/${match[2]}` : undefined;
}

/** A table of commands that are all there already. */
export function programTableOf(commands: Iterable<Command>): ProgramTable {
  const programById = new Map<string, Program>();
  for (const command of commands) programById.set(programId(command.name, command.suite), command.run);
  return { find: (id) => programById.get(id) };
}

/** A table that loads a command's chunk when it is first run. */
export function lazyProgramTable(loaderById: ReadonlyMap<string, CommandLoader>): ProgramTable {
  const loaded = new Map<string, Program>();
  return {
    find(id) {
      const ready = loaded.get(id);
      if (ready) return ready;
      const load = loaderById.get(id);
      return load?.().then(({ command }) => {
        loaded.set(id, command.run);
        return command.run;
      });
    },
  };
}
