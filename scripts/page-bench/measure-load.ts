// Measures one page's arrival on a slow line, before anybody touches it: bytes, paints, shifts, long tasks.
import type { Browser } from '@playwright/test';
import type { Measured } from './aims.ts';
import { slowDown } from './slow-line.ts';

/** Long enough for everything that a page does by itself. */
const quietMs = 1500;

interface Seen {
  lcp: number;
  shift: number;
  longest: number;
}

/** Observers that must be there before anything of the page is. Runs in the page. */
function observe(): void {
  const seen: Seen = { lcp: 0, shift: 0, longest: 0 };
  Object.assign(globalThis, { benchSeen: seen });
  const watch = (type: string, note: (entry: PerformanceEntry) => void): void => {
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  };
  watch('largest-contentful-paint', (entry) => (seen.lcp = entry.startTime));
  watch('layout-shift', (entry) => (seen.shift += (entry as PerformanceEntry & { value: number }).value));
  watch('longtask', (entry) => (seen.longest = Math.max(seen.longest, entry.duration)));
}

/** Opens `url` in a fresh browser profile without cache. */
export async function measureLoad(browser: Browser, url: string): Promise<Measured> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const tab = await context.newPage();
    await tab.addInitScript(observe);
    const client = await context.newCDPSession(tab);
    await client.send('Network.enable');
    await slowDown(client, true);
    const sizes: Promise<{ readonly type: string; readonly bytes: number }>[] = [];
    tab.on('requestfinished', (request) => {
      sizes.push(request.sizes().then(({ responseBodySize }) => ({ type: request.resourceType(), bytes: responseBodySize })));
    });
    await tab.goto(url, { waitUntil: 'load' });
    await tab.waitForTimeout(quietMs);
    const paints = await tab.evaluate(() => {
      const { lcp, shift, longest } = (globalThis as unknown as { benchSeen: Seen }).benchSeen;
      const resources = performance.getEntriesByType('resource') as (PerformanceResourceTiming & { renderBlockingStatus?: string })[];
      return {
        fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.POSITIVE_INFINITY,
        lcp,
        shift,
        longTask: longest,
        blocking: resources.filter(({ renderBlockingStatus }) => renderBlockingStatus === 'blocking').length,
      };
    });
    const arrived = await Promise.all(sizes);
    const sum = (type?: string): number => arrived.reduce((total, each) => total + (!type || each.type === type ? each.bytes : 0), 0);
    const { lcp, ...rest } = paints;
    return { ...rest, lcpAfterFcp: lcp - paints.fcp, html: sum('document'), script: sum('script'), all: sum() };
  } finally {
    await context.close();
  }
}
