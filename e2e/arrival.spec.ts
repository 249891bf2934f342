// How a page arrives, and how the next one is made ready: what bench-page.ts measures in milliseconds, here as yes or no.
import { expect, test } from '@playwright/test';

for (const path of ['zh/', 'en/network/node-ports/', 'zh/reference/']) {
  test(`${path} is painted once, with all that is in sight`, async ({ page }) => {
    await page.addInitScript(() => {
      const times: number[] = [];
      Object.assign(globalThis, { largestPaints: times });
      new PerformanceObserver((list) => times.push(...list.getEntries().map(({ startTime }) => startTime))).observe({
        type: 'largest-contentful-paint',
        buffered: true,
      });
    });
    const client = await page.context().newCDPSession(page);
    await client.send('Network.enable');
    await client.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 50_000, uploadThroughput: 50_000 });
    await page.goto(path, { waitUntil: 'load' });
    await expect(async () => {
      const seen = await page.evaluate(() => ({
        first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
        largest: (globalThis as unknown as { largestPaints: number[] }).largestPaints,
      }));
      expect(seen.largest).toEqual([seen.first]);
    }).toPass({ timeout: 3000 });
  });
}

test('the rules for preparing pages are accepted by the page’s own policy', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.goto('zh/network/host-network/');
  const rules = await page.locator('script[type="speculationrules"]').textContent();
  expect(JSON.parse(rules ?? '')).toMatchObject({ prerender: [{ where: { selector_matches: '[rel=next]' } }, { eagerness: 'moderate' }] });
  await page.waitForTimeout(300);
  expect(complaints).toEqual([]);
});

test('a browser that prepares no pages fetches the one whose link is turned to, once', async ({ page }) => {
  await page.addInitScript(() => {
    HTMLScriptElement.supports = () => false;
  });
  await page.goto('en/network/host-network/');
  const next = page.locator('a[rel="next"]').first();
  const fetched = page.waitForRequest(/\/en\/network\/node-ports\/$/);
  await next.focus();
  await fetched;
  await next.blur();
  await next.focus();
  await expect(page.locator('link[rel="prefetch"][href$="/en/network/node-ports/"]')).toHaveCount(1);
});
