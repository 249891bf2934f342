// Writes third-party-notices.txt into the built site: the licences of exactly those packages whose code was
// bundled for the page or its workers. Knows nothing of why they are there.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AstroIntegration } from 'astro';
import type { Plugin } from 'vite';

const bundledFolders = new Set<string>();

/** The folder of the package that a module belongs to, e.g. `/…/node_modules/@xterm/xterm`. */
function packageFolder(moduleId: string): string | undefined {
  const path = moduleId.replace(/^\0(?:lazy-style:)?/, '').split('?')[0] ?? '';
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

/** A Vite plugin, for the page's build and for its workers', that notes which packages end up in chunks. */
export function collectBundledPackages(): Plugin {
  return {
    name: 'collect-bundled-packages',
    generateBundle(_options, bundle) {
      if (this.environment.config.consumer === 'server') return;
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const [id, { renderedLength }] of Object.entries(chunk.modules)) {
          const folder = renderedLength > 0 ? packageFolder(id) : undefined;
          if (folder) bundledFolders.add(folder);
        }
      }
    },
  };
}

interface PackageInfo {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

function notice(folder: string): string {
  const info = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageInfo;
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|thirdpartynotices)/i.test(file) && !file.endsWith('.js'))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const title = `${info.name} ${info.version} (${info.license ?? 'see below'})`;
  return [title, '-'.repeat(title.length), ...texts].join('\n\n');
}

export function thirdPartyNotices(): AstroIntegration {
  return {
    name: 'third-party-notices',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const notices = [...bundledFolders].sort().map(notice);
        const text = `This site contains code of these packages.\n\n${notices.join('\n\n\n')}\n`;
        writeFileSync(new URL('third-party-notices.txt', dir), text);
      },
    },
  };
}
