// Serves the built site on a free port and opens a browser on it, for scripts that look at pages.
import { globSync } from 'node:fs';
import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { chromiumFlags, ensureChromium } from './find-chromium.ts';
import { createStaticServer, listen } from './static-server.ts';

export interface BuiltSite {
  /** Address of the site's root, with a slash at its end. */
  readonly address: string;
  /** Paths of all pages below the root, `''` for the root page. */
  readonly pages: readonly string[];
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Opens DIST_DIR (else dist/); throws when there is no browser or nothing built. */
export async function openBuiltSite(): Promise<BuiltSite> {
  const directory = process.env['DIST_DIR'] ?? 'dist';
  const base = (process.env['BASE_PATH'] ?? '/').replace(/\/?$/, '/');
  const pages = globSync('**/*.html', { cwd: directory })
    .map((file) => file.replace(/(^|\/)index\.html$/, '$1'))
    .sort();
  if (pages.length === 0) throw new Error(`no pages in ${directory}/: run npm run build first`);
  const executablePath = ensureChromium();
  if (!executablePath) throw new Error('no browser');
  const server = createStaticServer({ directory, base });
  const port = await listen(server, 4700, 50);
  const browser = await chromium.launch({ executablePath, args: [...chromiumFlags] });
  return {
    address: `http://localhost:${port}${base}`,
    pages,
    browser,
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
