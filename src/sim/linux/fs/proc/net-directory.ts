/** /proc/PID/net: the network namespace of that process as texts. How they look is known in sim/linux/net. */
import { NET_FILES } from '../../net/proc-format.ts';
import type { Process } from '../../process/process.ts';
import type { Node } from '../node.ts';
import { fixedDirectory, SyntheticFile, type Owner } from '../synthetic.ts';

export function netDirectory(process: Process, common: { readonly modified: number; readonly owner: Owner }): Node {
  const files: Record<string, () => Node> = {};
  for (const [name, text] of Object.entries(NET_FILES))
    files[name] = () => new SyntheticFile({ modified: common.modified, read: () => text(process.namespaces.net) });
  return fixedDirectory(files, common);
}
