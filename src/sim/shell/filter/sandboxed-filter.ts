/**
 * Runs a text filter of just-bash (sed, awk) as the work of a simulated process: it gets texts and gives back texts, and
 * knows nothing of the world. Loaded on first use, outside of virtual time.
 */
import type { Bash } from 'just-bash/browser';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';

export interface FilterRequest {
  readonly command: string;
  readonly args: readonly string[];
  readonly input: string;
  /** Files that it may read, by the names it uses for them. */
  readonly files?: ReadonlyMap<string, string>;
  readonly env?: ReadonlyMap<string, string>;
}

export interface FilterResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Texts of files that are new or changed. */
  readonly written: ReadonlyMap<string, string>;
}

/** Where relative names lie inside the filter's own little file system. */
const HOME = '/filter';

export function* runFilter(context: ProcessContext, request: FilterRequest): Blocking<FilterResult> {
  const library = yield* context.outside(import('just-bash/browser'));
  return yield* context.outside(filtered(library.Bash, request));
}

async function filtered(bash: typeof Bash, request: FilterRequest): Promise<FilterResult> {
  const inside = (name: string): string => (name.startsWith('/') ? name : `${HOME}/${name}`);
  const given = new Map([...(request.files ?? [])].map(([name, text]) => [inside(name), text]));
  const shell = new bash({ files: { [`${HOME}/.keep`]: '', ...Object.fromEntries(given) }, cwd: HOME, env: Object.fromEntries(request.env ?? []) });
  const quoted = [request.command, ...request.args].map((each) => `'${each.replaceAll("'", "'\\''")}'`).join(' ');
  const result = await shell.exec(quoted, { stdin: request.input });
  const written = new Map<string, string>();
  for (const name of namesIn(request.args)) {
    const text = await shell.readFile(inside(name)).catch(() => undefined);
    if (text !== undefined && given.get(inside(name)) !== text) written.set(name, text);
  }
  return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr, written };
}

/** Names that a program text could write to: quoted ones in awk, those behind `w` in sed, and the words themselves. */
function namesIn(args: readonly string[]): string[] {
  const names = new Set<string>();
  for (const each of args) {
    for (const match of each.matchAll(/>\s*"([^"]+)"|\bw\s+(\S+)/g)) names.add(match[1] ?? match[2] ?? '');
    if (!each.startsWith('-') && !/[\n{}]/.test(each)) names.add(each);
  }
  names.delete('');
  return [...names].filter((each) => !each.startsWith('/dev/'));
}
