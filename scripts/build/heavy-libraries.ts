// Makes monaco-editor, monaco-yaml and just-bash bundle for a page: renamed entry points and stubs for
// what a page never calls. Knows nothing of where they are used.
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const emptyModule = fileURLToPath(new URL('./empty-module.ts', import.meta.url));

/**
 * A Vite plugin with the aliases that the heavy libraries need, for the page and for its workers.
 *
 * - monaco-yaml 5.5 still imports the editor worker by the path it had before monaco-editor 0.53.
 * - yaml-language-server bundles prettier only to format; formatting is not offered, and it doubles the worker.
 * - just-bash's browser build names node:zlib for `gzip`, which the lab's filters never run.
 */
export function heavyLibraries(): Plugin {
  return {
    name: 'heavy-libraries',
    config: () => ({
      resolve: {
        alias: [
          {
            find: /^monaco-editor\/esm\/vs\/editor\/editor\.worker(\.js)?$/,
            replacement: 'monaco-editor/editor/editor.worker',
          },
          { find: /^prettier(\/.*)?$/, replacement: emptyModule },
          { find: 'node:zlib', replacement: emptyModule },
        ],
      },
    }),
  };
}
