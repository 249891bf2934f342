// Measures the built site in a slowed-down browser against the page budgets: first paint, layout shift, long
// tasks, bytes, and how soon typing, a command and the next lesson answer. Knows only the stable hooks.
// Usage: npm run bench:page [-- --check] [part of a path …]
import { mkdirSync, writeFileSync } from 'node:fs';
import type { CDPSession, Page } from '@playwright/test';
import { openBuiltSite } from './built-site.ts';

const slow = { cpu: 4, bitsPerSecond: 1.6e6, latencyMs: 150 };
const kilobyte = 1024;
const budgets = {
  htmlBytes: 14 * kilobyte,
  scriptBytes: 10 * kilobyte,
  allBytes: 40 * kilobyte,
  layoutShift: 0,
  longestTaskMs: 50,
  keystrokeMs: 4,
  keystrokeSlowMs: 20,
  enterMs: 17,
  nextLessonMs: 30,
  /** While the cluster is fetched and started after the reader's first sign of life, still slowed down. */
  wakingLongestTaskMs: 50,
  /** Verdicts that came later than the frame of their keystroke. */
  lateVerdicts: 0,
} as const;

interface Load {
  readonly fcp: number;
  readonly lcp: number;
  readonly layoutShift: number;
  readonly longestTaskMs: number;
  readonly htmlBytes: number;
  readonly scriptBytes: number;
  readonly allBytes: number;
  readonly requests: number;
}

interface Measured extends Load {
  readonly page: string;
  readonly wakingLongestTaskMs?: number;
  readonly keystrokeMs?: number;
  readonly keystrokeSlowMs?: number;
  readonly lateVerdicts?: number;
  readonly enterMs?: number;
  readonly nextLessonMs?: number;
}

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const site = await openBuiltSite();
const pages = site.pages.filter((page) => page !== '' && (wanted.length === 0 || wanted.some((part) => page.includes(part))));

const round = (value: number): number => Math.round(value * 10) / 10;

/** Observers that must be there before anything of the page is. */
function observe(): void {
  const seen = { lcp: 0, shift: 0, longest: 0 };
  Object.assign(globalThis, { benchSeen: seen });
  const watch = (type: string, note: (entry: PerformanceEntry) => void): void => {
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  };
  watch('largest-contentful-paint', (entry) => (seen.lcp = entry.startTime));
  watch('layout-shift', (entry) => (seen.shift += (entry as PerformanceEntry & { value: number }).value));
  watch('longtask', (entry) => (seen.longest = Math.max(seen.longest, entry.duration)));
}

async function throttle(client: CDPSession, on: boolean): Promise<void> {
  await client.send('Emulation.setCPUThrottlingRate', { rate: on ? slow.cpu : 1 });
  const throughput = on ? slow.bitsPerSecond / 8 : -1;
  await client.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: on ? slow.latencyMs : 0,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  });
}

async function measureLoad(tab: Page, client: CDPSession, url: string): Promise<Load> {
  const typeByRequest = new Map<string, string>();
  const bytesByType = new Map<string, number>();
  client.on('Network.responseReceived', ({ requestId, type }) => typeByRequest.set(requestId, type));
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const type = typeByRequest.get(requestId) ?? 'Other';
    bytesByType.set(type, (bytesByType.get(type) ?? 0) + encodedDataLength);
  });
  await tab.goto(url, { waitUntil: 'load' });
  await tab.waitForTimeout(3000);
  const seen = await tab.evaluate(() => {
    const { lcp, shift, longest } = (globalThis as unknown as { benchSeen: { lcp: number; shift: number; longest: number } }).benchSeen;
    const fcp = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    return { fcp, lcp, layoutShift: shift, longestTaskMs: longest };
  });
  return {
    ...seen,
    htmlBytes: bytesByType.get('Document') ?? 0,
    scriptBytes: bytesByType.get('Script') ?? 0,
    allBytes: [...bytesByType.values()].reduce((sum, bytes) => sum + bytes, 0),
    requests: typeByRequest.size,
  };
}

/** The longest task between the reader's first sign of life and the cluster being ready. */
async function wakingTask(tab: Page): Promise<number | undefined> {
  if ((await tab.locator('.bench').count()) === 0) return undefined;
  await tab.mouse.move(700, 400);
  await tab.mouse.move(720, 420);
  await tab.locator('.bench[data-ready="yes"]').waitFor({ timeout: 120_000 });
  await tab.waitForTimeout(2000);
  return tab.evaluate(() => (globalThis as unknown as { benchSeen: { longest: number } }).benchSeen.longest);
}

interface Answers {
  readonly median: number;
  /** How many answers came after the frame in which their event happened was painted. */
  readonly late: number;
}

/** From an input event on `source` to the first change inside `target`. */
async function answerTime(tab: Page, hooks: { source: string; target: string; event: string; press: string }): Promise<Answers | undefined> {
  if ((await tab.locator(hooks.source).count()) === 0 || (await tab.locator(hooks.target).count()) === 0) return undefined;
  await tab.evaluate(({ source, target, event }) => {
    const times: { readonly ms: number; readonly late: boolean }[] = [];
    let begun: number | undefined;
    let painted = false;
    Object.assign(globalThis, { benchTimes: times });
    const note = (): void => {
      begun = performance.now();
      painted = false;
      requestAnimationFrame(() => setTimeout(() => (painted = true)));
    };
    document.querySelector(source)?.addEventListener(event, note, { capture: true });
    const place = document.querySelector(target);
    if (!place) return;
    new MutationObserver(() => {
      if (begun !== undefined) times.push({ ms: performance.now() - begun, late: painted });
      begun = undefined;
    }).observe(place, { subtree: true, childList: true, characterData: true, attributes: true });
  }, hooks);
  await tab.locator(hooks.source).first().click();
  for (let n = 0; n < 12; n += 1) {
    await tab.keyboard.press(hooks.press);
    await tab.waitForTimeout(150);
  }
  const times = await tab.evaluate(() => (globalThis as unknown as { benchTimes: { ms: number; late: boolean }[] }).benchTimes);
  const median = times.map(({ ms }) => ms).sort((a, b) => a - b)[Math.floor(times.length / 2)];
  return median === undefined ? undefined : { median, late: times.filter(({ late }) => late).length };
}

const typing = {
  source: '[data-lab="manifest"]',
  target: '[data-lab="verdict"]',
  event: 'input',
  press: 'x',
};
const entering = {
  source: '[data-lab="terminal"]',
  target: '[data-lab="screen"]',
  event: 'keydown',
  press: 'Enter',
};

/** Milliseconds from the click on the link to the next lesson until that lesson is painted. */
async function nextLesson(tab: Page): Promise<number | undefined> {
  const link = tab.locator('a[rel="next"]').first();
  if ((await link.count()) === 0) return undefined;
  await link.scrollIntoViewIfNeeded();
  await link.hover();
  await tab.waitForTimeout(1500);
  const clicked = await link.evaluate((element) => {
    const at = performance.timeOrigin + performance.now();
    (element as HTMLElement).click();
    return at;
  });
  await tab.waitForLoadState('load');
  await tab.waitForTimeout(500);
  const painted = await tab.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation') as (PerformanceNavigationTiming & {
      activationStart?: number;
    })[];
    const fcp = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    return performance.timeOrigin + Math.max(fcp, navigation?.activationStart ?? 0);
  });
  return painted - clicked;
}

async function measure(page: string): Promise<Measured> {
  const context = await site.browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const tab = await context.newPage();
    await tab.addInitScript(observe);
    // The verdict is the same in both editors; the plain one has the stable hook.
    await tab.addInitScript(() => localStorage.setItem('namespace-lab:editor', 'plain'));
    const client = await context.newCDPSession(tab);
    await client.send('Network.enable');
    // Playwright forbids pages that are prepared ahead; readers' browsers do not.
    await client.send('Page.setPrerenderingAllowed', { isAllowed: true }).catch(() => undefined);
    await throttle(client, true);
    const load = await measureLoad(tab, client, site.address + page);
    const wakingLongestTaskMs = await wakingTask(tab);
    const slowly = await answerTime(tab, typing);
    await throttle(client, false);
    await tab.reload({ waitUntil: 'load' });
    await tab.waitForTimeout(1000);
    const typed = await answerTime(tab, typing);
    const entered = await answerTime(tab, entering);
    const found = {
      wakingLongestTaskMs,
      keystrokeMs: typed?.median,
      keystrokeSlowMs: slowly?.median,
      lateVerdicts: typed && slowly ? typed.late + slowly.late : undefined,
      enterMs: entered?.median,
      nextLessonMs: await nextLesson(tab),
    };
    const known = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
    return { page, ...load, ...known };
  } finally {
    await context.close();
  }
}

const results: Measured[] = [];
const problems: string[] = [];
for (const page of pages) {
  const result = await measure(page);
  results.push(result);
  const aims: Readonly<Record<string, number>> = budgets;
  const columns = Object.entries(result)
    .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
    .map(([name, value]) => `${name} ${round(value)}${name in aims ? ` (≤ ${aims[name]})` : ''}`);
  console.log(`${page}\n  ${columns.join('\n  ')}`);
  for (const [name, budget] of Object.entries(budgets)) {
    const value = result[name as keyof typeof budgets];
    if (value !== undefined && value > budget) problems.push(`${page} ${name}: ${round(value)}, budget ${budget}`);
  }
  if (result.lcp - result.fcp > 1) problems.push(`${page}: LCP ${Math.round(result.lcp)} ms after FCP ${Math.round(result.fcp)} ms`);
}
await site.close();
mkdirSync('bench-results', { recursive: true });
writeFileSync('bench-results/page.json', `${JSON.stringify({ slow, budgets, results }, null, 2)}\n`);
console.log(problems.length === 0 ? '\nAll within budget.' : `\nOver budget:\n${problems.map((each) => `  ${each}`).join('\n')}`);
if (process.argv.includes('--check') && problems.length > 0) process.exitCode = 1;
