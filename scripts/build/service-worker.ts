// Writes sw.js into the built site: offline-worker.ts with the list of files to keep and a version made from them.
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

/** Monaco with its worker, words and letters: kept only once somebody used it. */
const onDemand = /^_astro\/(?:rich-editor|editor\.worker|zh-cn|codicon)[.-]/;
/** A file beyond this would be a surprise for someone on a bad network. */
const largest = 1_500_000;

/**
 * What the worker keeps from the start.
 *
 * @param names all files of the built site, with forward slashes
 * @returns addresses below the site's root, pages by their folder
 */
export function filesToKeep(names: readonly string[]): string[] {
  return names
    .filter((name) => name !== 'sw.js' && name !== 'third-party-notices.txt' && !onDemand.test(name))
    .map((name) => name.replace(/(^|\/)index\.html$/, '$1'))
    .map((name) => (name === '' ? './' : name))
    .sort();
}

export function serviceWorker(): AstroIntegration {
  return {
    name: 'service-worker',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const root = fileURLToPath(dir);
        const names: string[] = [];
        for await (const name of glob('**/*.*', { cwd: root })) names.push(name.split(sep).join('/'));
        const hash = createHash('sha256');
        for (const name of names.sort()) {
          const { size } = statSync(join(root, name));
          if (size > largest && !onDemand.test(name)) throw new Error(`${name} has ${size} bytes: too large to keep for everybody`);
          hash.update(name).update(readFileSync(join(root, name)));
        }
        const code = stripTypeScriptTypes(readFileSync(new URL('./offline-worker.ts', import.meta.url), 'utf8'));
        const files = JSON.stringify(filesToKeep(names));
        const version = hash.digest('hex').slice(0, 12);
        writeFileSync(join(root, 'sw.js'), `const files = ${files};\nconst version = '${version}';\n${code.replace(/^\s*\/\/.*$/gm, '')}`);
      },
    },
  };
}
