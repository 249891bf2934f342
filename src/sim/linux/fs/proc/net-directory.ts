/** /proc/PID/net: the network namespace of that process as texts. How they look is known in sim/linux/net. */
import type { Process } from '../../process/process.ts';
import type { Node } from '../node.ts';
import { fixedDirectory, SyntheticFile, type Owner } from '../synthetic.ts';

export function netDirectory(process: Process, common: { readonly modified: number; readonly owner: Owner }): Node {
  const files: Record<string, () => Node> = {};
  for (const [name, text] of Object.entries(TEXTS)) files[name] = () => new SyntheticFile({ ...common, read: () => text(process) });
  return fixedDirectory(files, common);
}

const TEXTS: Readonly<Record<string, (process: Process) => string>> = {};
