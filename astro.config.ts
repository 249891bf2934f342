// Puts the site together. The locales are whatever content/locales/ holds; nothing else here is clever.
import { readdirSync } from 'node:fs';
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import { defineConfig } from 'astro/config';
import { clientIntent } from './scripts/build/client-intent.ts';
import { heavyLibraries } from './scripts/build/heavy-libraries.ts';
import { lazyStyles } from './scripts/build/lazy-styles.ts';
import { pruneCspHashes } from './scripts/build/prune-csp-hashes.ts';
import { searchIndex } from './scripts/build/search-index.ts';
import { serviceWorker } from './scripts/build/service-worker.ts';
import { staleTranslations } from './scripts/build/stale-translations.ts';
import { collectBundledPackages, thirdPartyNotices } from './scripts/build/third-party-notices.ts';
import { speculationRules } from './src/layouts/speculation-rules.ts';

const sourceLocale = 'zh';
const locales = readdirSync(new URL('./content/locales/', import.meta.url))
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))
  .sort((a, b) => Number(b === sourceLocale) - Number(a === sourceLocale) || a.localeCompare(b));

const base = process.env['BASE_PATH'] ?? '/';
const site = process.env['SITE_URL'];

export default defineConfig({
  ...(site ? { site } : {}),
  base,
  output: 'static',
  trailingSlash: 'always',
  devToolbar: { enabled: false },
  integrations: [
    mdx(),
    preact(),
    clientIntent(),
    pruneCspHashes([speculationRules(`${base.replace(/\/?$/, '/')}*`)]),
    thirdPartyNotices(),
    searchIndex(locales),
    serviceWorker(),
  ],
  i18n: {
    locales,
    defaultLocale: sourceLocale,
    routing: { prefixDefaultLocale: true, redirectToDefaultLocale: false },
  },
  // A page and its CSS arrive in one request; late parts bring their own (lazy-styles.ts).
  build: { inlineStylesheets: 'always' },
  markdown: {
    // Two themes as CSS variables: no second highlight, no flash when the reader switches.
    shikiConfig: { themes: { light: 'github-light', dark: 'github-dark' }, defaultColor: false },
  },
  security: {
    csp: {
      directives: [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'none'",
      ],
      // The editor, the terminal and highlighted code set styles from script.
      styleDirective: { resources: ["'self'", "'unsafe-inline'"] },
    },
  },
  vite: {
    plugins: [staleTranslations(), heavyLibraries(), lazyStyles(), collectBundledPackages()],
    build: {
      target: 'es2023',
      chunkSizeWarningLimit: 4500,
      // Scripts stay files of their own: inline they, and their hashes, would weigh on every page.
      assetsInlineLimit: (file) => (file.endsWith('.js') ? false : undefined),
    },
    worker: { format: 'es', plugins: () => [heavyLibraries(), collectBundledPackages()] },
  },
});
