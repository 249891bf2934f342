/** Turns Commands into the kernel's ProgramTable. Where the files come from (disk, chunks) is the caller's business. */
import type { Completer, ProgramTable } from '../linux/process/kernel.ts';
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
  const commandById = new Map<string, Command>();
  for (const command of commands) commandById.set(programId(command.name, command.suite), command);
  return { find: (id) => commandById.get(id)?.run, completer: (id) => completerOf(commandById.get(id)) };
}

/** A command's own words, and its options behind a dash. */
function completerOf(command: Command | undefined): Completer | undefined {
  if (!command) return undefined;
  return (context, words) => [...(command.complete?.(context, words) ?? []), ...(words.at(-1)?.startsWith('-') ? (command.options ?? []) : [])];
}

/** A table that loads a command's chunk when it is first run. @param there commands that need no loading */
export function lazyProgramTable(loaderById: ReadonlyMap<string, CommandLoader>, there: Iterable<Command> = []): ProgramTable {
  const loaded = new Map<string, Command>();
  for (const command of there) loaded.set(programId(command.name, command.suite), command);
  return {
    find(id) {
      const ready = loaded.get(id);
      if (ready) return ready.run;
      const load = loaderById.get(id);
      return load?.().then(({ command }) => {
        loaded.set(id, command);
        return command.run;
      });
    },
    completer: (id) => completerOf(loaded.get(id)),
  };
}
