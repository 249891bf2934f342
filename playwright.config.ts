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
    trace: 'retain-on-failure',
    locale: 'zh-CN',
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1440, height: 900 } } },
    // What is kept, explained and played back is the same at every width; it is tried once.
    {
      name: 'phone',
      testIgnore: /(?:kept-work|mistakes|time)\.spec/,
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
