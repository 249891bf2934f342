// Loads every command from the tree, for programs that run in Node. The page loads them as chunks instead (src/lab).
import { readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';
import type { ProgramTable } from '../src/sim/linux/process/kernel.ts';
import type { Command } from '../src/sim/shell/command.ts';
import { programIdOfFile, programTableOf } from '../src/sim/shell/program-table.ts';

const folder = fileURLToPath(new URL('../src/sim/shell/commands/', import.meta.url));

/** Paths of all command files, such as `…/ps/busybox.ts`. */
export function commandFiles(): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => readdirSync(join(folder, entry.name)).map((file) => join(folder, entry.name, file)))
    .filter((path) => programIdOfFile(path) !== undefined)
    .sort();
}

export async function loadCommands(): Promise<readonly Command[]> {
  const modules = await Promise.all(commandFiles().map((path) => import(pathToFileURL(path).href) as Promise<{ readonly command: Command }>));
  return modules.map((module) => module.command);
}

export async function programsOnDisk(): Promise<ProgramTable> {
  return programTableOf(await loadCommands());
}
