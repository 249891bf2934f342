// The browser journeys of e2e/: against the built site, in a desktop and a phone window.
import { defineConfig } from '@playwright/test';
import { chromiumFlags, findChromium } from './scripts/find-chromium.ts';

const port = Number(process.env['E2E_PORT'] ?? 4399);
const base = process.env['BASE_PATH'] ?? '/';
const executablePath = findChromium();

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  retries: process.env['CI'] ? 2 : 0,
  workers: 2,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${port}${base}`,
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [...chromiumFlags],
    },
    // Keeping the whole course is offline.spec.ts' subject; the others need not fetch it.
    serviceWorkers: 'block',
    // Recording every journey takes a fifth of the time; `--trace on` records one that is looked into.
    trace: 'on-first-retry',
    locale: 'zh-CN',
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1440, height: 900 } } },
    // What is kept, explained, marked and played back, and what the page survives, is the same at every width.
    {
      name: 'phone',
      testIgnore: /(?:floods|kept-work|mistakes|offline|provenance|time)\.spec/,
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
  ],
  webServer: {
    command: 'node scripts/serve.ts',
    env: { PORT: String(port), BASE_PATH: base },
    url: `http://localhost:${port}${base}`,
    reuseExistingServer: false,
  },
});
