/** What Tab offers in a shell: commands at the start of a command, then what the command itself knows, then paths and variables. */
import { isErrno } from '../../linux/errno.ts';
import type { Blocking } from '../../linux/process/process-context.ts';
import type { Candidate, Completion } from '../line-editor/completion.ts';
import { builtinNames } from './builtins/table.ts';
import { findCommand } from './find-command.ts';
import type { Shell } from './shell.ts';

export function* completeWord(shell: Shell, line: string, cursor: number): Blocking<Completion> {
  yield* shell.context.flush();
  const head = line.slice(0, cursor);
  const segment = /(?:^|[|&;(`]|\$\()\s*([^|&;(`]*)$/.exec(head)?.[1] ?? head;
  const start = cursor - (/(?:\\.|"[^"]*"?|'[^']*'?|[^\s<>])*$/.exec(segment)?.[0].length ?? 0);
  const word = line.slice(start, cursor);
  const before = segment.slice(0, segment.length - word.length).trim();
  if (/^\$\w*$/.test(word)) {
    const names = shell.variables.names().filter((each) => each.startsWith(word.slice(1)));
    return {
      start,
      candidates: names.map((each) => ({ text: `$${each}`, suffix: isDirectory(shell, shell.variables.get(each)) ? '/' : ' ', shown: each })),
    };
  }
  const assignmentsOnly = before === '' || /^(?:\w+=\S*\s*)+$/.test(before);
  if (assignmentsOnly && !word.includes('/')) return { start, candidates: commandNames(shell, word) };
  const words = [...before.split(/\s+/).filter((each) => each !== '' && !/^\w+=/.test(each)), word];
  const own = assignmentsOnly ? undefined : yield* ownCandidates(shell, words);
  if (own && own.length > 0) return { start, candidates: own };
  return { start, candidates: paths(shell, word, assignmentsOnly) };
}

function commandNames(shell: Shell, prefix: string): Candidate[] {
  const names = new Set<string>(
    [...builtinNames(shell.dialect.name), ...shell.functions.keys(), ...shell.aliases.keys()].filter((each) => each.startsWith(prefix)),
  );
  const { kernel, process } = shell.context;
  for (const directory of (shell.variables.get('PATH') ?? '').split(':')) {
    const entries = kernel.vfs.readdir(process, directory);
    if (isErrno(entries)) continue;
    for (const each of entries)
      if (each.startsWith(prefix) && kernel.vfs.access(process, `${directory}/${each}`, { execute: true }) === undefined) names.add(each);
  }
  return [...names].sort().map((each) => ({ text: each, suffix: ' ', shown: each }));
}

/** What the program of the command offers (ProgramTable.completer). */
function* ownCandidates(shell: Shell, words: readonly string[]): Blocking<readonly Candidate[] | undefined> {
  const [name = ''] = words;
  const path = findCommand(shell, name);
  if (isErrno(path)) return undefined;
  const { kernel, process } = shell.context;
  const found = kernel.vfs.executable(process, path);
  if (isErrno(found)) return undefined;
  const loading = kernel.programs.find(found.program);
  if (loading instanceof Promise) yield* shell.context.outside(loading);
  const completer = kernel.programs.completer?.(found.program);
  const last = words.at(-1) ?? '';
  return completer?.(shell.context, words)
    .filter((each) => each.startsWith(last))
    .sort()
    .map((each) => ({ text: each, suffix: /[=/]$/.test(each) ? '' : ' ', shown: each }));
}

function paths(shell: Shell, word: string, executablesOnly: boolean): Candidate[] {
  const { kernel, process } = shell.context;
  const plain = word.replace(/^["']/, '').replace(/\\(.)/g, '$1');
  const slash = plain.lastIndexOf('/') + 1;
  const shownDirectory = plain.slice(0, slash);
  const home = shell.variables.get('HOME') ?? '';
  const directory = shownDirectory === '' ? '.' : shownDirectory.startsWith('~/') ? `${home}${shownDirectory.slice(1)}` : shownDirectory;
  const prefix = plain.slice(slash);
  const names = kernel.vfs.readdir(process, directory);
  if (isErrno(names)) return [];
  return names
    .filter((each) => each.startsWith(prefix) && (prefix.startsWith('.') || !each.startsWith('.')))
    .flatMap((each): Candidate[] => {
      const status = kernel.vfs.stat(process, `${directory}/${each}`);
      const folder = !isErrno(status) && status.kind === 'directory';
      if (executablesOnly && !folder && kernel.vfs.access(process, `${directory}/${each}`, { execute: true }) !== undefined) return [];
      return [{ text: shownDirectory + each.replace(/[\s"'\\$&|;()<>*?]/g, '\\$&'), suffix: folder ? '/' : ' ', shown: folder ? `${each}/` : each }];
    });
}

function isDirectory(shell: Shell, path: string | undefined): boolean {
  if (path === undefined || path === '') return false;
  const status = shell.context.kernel.vfs.stat(shell.context.process, path);
  return !isErrno(status) && status.kind === 'directory';
}
