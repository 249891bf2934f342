/** What the button does that applies a manifest: what a learner would type, and what they are spared. */
import type { LiveWorld } from './live-world.ts';
import { MASTER, type CommandResult } from './scene.ts';

/** Creates or updates what a file of the learner's home describes. @returns the result of the line that was run last, with that line */
export async function applyFile(live: LiveWorld, file: string): Promise<CommandResult & { readonly line: string }> {
  const line = `kubectl apply -f ${quoted(file)}`;
  const result = await live.run(MASTER, line);
  // A Pod cannot be changed where it matters here: apply then means to replace it.
  const immutable = result.exitCode !== 0 && result.stderr.includes('pod updates may not change fields');
  if (!immutable) return { ...result, line };
  const replacing = `kubectl replace --force --grace-period=1 -f ${quoted(file)}`;
  return { ...(await live.run(MASTER, replacing)), line: replacing };
}

function quoted(file: string): string {
  return /^[\w.-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`;
}
