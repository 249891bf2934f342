// Lists the pages of a built site. Knows nothing of what is in them.
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute paths of all .html files below `dir`, in a stable order. */
export async function htmlFiles(dir: URL): Promise<string[]> {
  const root = fileURLToPath(dir);
  const found: string[] = [];
  for await (const name of glob('**/*.html', { cwd: root })) found.push(join(root, name));
  return found.sort();
}
