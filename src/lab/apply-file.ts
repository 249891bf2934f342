/** What the button does that applies a manifest: what a learner would type, and what they are spared. */
import type { LiveWorld } from './live-world.ts';
import { MASTER, type CommandResult } from './scene.ts';

/** Creates or updates what a file of the learner's home describes. */
export async function applyFile(live: LiveWorld, file: string): Promise<CommandResult> {
  const result = await live.run(MASTER, `kubectl apply -f ${quoted(file)}`);
  // A Pod cannot be changed where it matters here: apply then means to replace it.
  const immutable = result.exitCode !== 0 && result.stderr.includes('pod updates may not change fields');
  return immutable ? live.run(MASTER, `kubectl replace --force --grace-period=1 -f ${quoted(file)}`) : result;
}

function quoted(file: string): string {
  return /^[\w.-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`;
}
