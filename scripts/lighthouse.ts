// Runs Lighthouse on every page of the built site, as a phone and as a desktop, and on the lessons with the editor open.
// Fetches it when it is first wanted; see lighthouse/install-lighthouse.ts. Prints a table and what keeps a page from 100.
// Usage: npm run lighthouse [-- --check --preset=phone,desktop --editor] [part of a path …]
import { mkdirSync, writeFileSync } from 'node:fs';
import { openBuiltSite } from './built-site.ts';
import { chromiumFlags, findChromium } from './find-chromium.ts';
import { installLighthouse } from './lighthouse/install-lighthouse.ts';
import type { DrivenPage, Report } from './lighthouse/lighthouse-types.ts';

const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
type Category = (typeof categories)[number];
/** Another program on the machine can spoil one run's times. */
const attempts = 3;

interface Row {
  readonly page: string;
  readonly preset: string;
  readonly scores: Readonly<Record<Category, number>>;
  /** Audits that cost points, with what they say. */
  readonly lost: readonly string[];
}

const given = process.argv.slice(2);
const option = (name: string): string | undefined => given.find((each) => each.startsWith(`--${name}=`))?.split('=')[1];
const wanted = given.filter((each) => !each.startsWith('--'));
const presets = (['phone', 'desktop'] as const).filter((name) => (option('preset') ?? name).split(',').includes(name));
const editorOnly = given.includes('--editor');

const { lighthouse, puppeteer } = await installLighthouse();
const site = await openBuiltSite();
const executablePath = findChromium();
if (!executablePath) throw new Error('no browser');
const browser = await puppeteer.launch({ executablePath, args: chromiumFlags });
const config = { phone: undefined, desktop: lighthouse.desktopConfig } as const;
const flags = { onlyCategories: categories };

function rowOf(page: string, preset: string, reports: Readonly<Record<Category, Report>>): Row {
  const lost = new Set<string>();
  const score = (category: Category): number => {
    const report = reports[category];
    if (report.runtimeError) throw new Error(`${page}: ${report.runtimeError.message}`);
    const found = report.categories[category];
    for (const { id, weight } of found?.auditRefs ?? []) {
      const audit = report.audits[id];
      if (weight > 0 && audit?.score !== null && audit !== undefined && audit.score < 1) lost.add([id, audit.displayValue].filter(Boolean).join(' '));
    }
    return Math.round((found?.score ?? Number.NaN) * 100);
  };
  const scores = Object.fromEntries(categories.map((category) => [category, score(category)])) as Record<Category, number>;
  return { page, preset, scores, lost: [...lost] };
}

/** Measures once, and again where time was lost; gives the run in the middle. */
async function inTheMiddle(measure: (tab: DrivenPage) => Promise<Row>): Promise<Row> {
  const rows: Row[] = [];
  for (let n = 0; n < attempts; n += 1) {
    // A profile of its own: Lighthouse leaves what a page has saved, and saved work wakes a lesson by itself.
    const profile = await browser.createBrowserContext();
    try {
      rows.push(await measure(await profile.newPage()));
    } finally {
      await profile.close();
    }
    if (n === 0 && rows[0]?.scores.performance === 100) break;
  }
  const [row] = rows.toSorted((a, b) => a.scores.performance - b.scores.performance).slice(Math.floor((rows.length - 1) / 2));
  if (!row) throw new Error('nothing was measured');
  return row;
}

/** The page as it arrives. */
async function arriving(page: string, preset: 'phone' | 'desktop', tab: DrivenPage): Promise<Row> {
  const result = await lighthouse.default(site.address + page, flags, config[preset], tab);
  if (!result) throw new Error(`no report on ${page}`);
  const { lhr } = result;
  return rowOf(page, preset, { performance: lhr, accessibility: lhr, 'best-practices': lhr, seo: lhr });
}

/**
 * The lesson while somebody turns to its editor and types, then as it stands. Phones keep the plain editor. What takes
 * time is judged while it happens, the rest by the state that is reached.
 */
async function editing(page: string, preset: 'phone' | 'desktop', tab: DrivenPage): Promise<Row> {
  // The emulated screen may pass for a touch screen, which would keep the plain editor.
  if (preset === 'desktop') await tab.evaluateOnNewDocument(() => localStorage.setItem('namespace-lab:editor', 'rich'));
  const flow = await lighthouse.startFlow(tab, { config: config[preset] });
  await flow.navigate(site.address + page);
  await flow.startTimespan();
  await tab.mouse.move(200, 300);
  await tab.focus('[data-lab="manifest"]');
  await tab.waitForSelector('.bench[data-ready="yes"]', { timeout: 60_000 });
  if (preset === 'desktop') await tab.waitForSelector('.editor-rich .view-lines', { timeout: 60_000 });
  await tab.keyboard.type('# ', { delay: 100 });
  await new Promise((done) => setTimeout(done, 1500));
  await flow.endTimespan();
  await flow.snapshot();
  const { steps } = await flow.createFlowResult();
  const [opened, open] = steps.slice(1).map(({ lhr }) => lhr);
  if (!opened || !open) throw new Error(`no report on the editor of ${page}`);
  return rowOf(page, `${preset}, editor`, { performance: opened, accessibility: open, 'best-practices': open, seo: open });
}

const isLesson = (page: string): boolean => /^[\w-]+\/[\w-]+\/[\w-]+\/$/.test(page) && !page.includes('reference');
// The root leads on to a language, and the page for wrong addresses is meant to be found by nobody.
const pages = site.pages.filter((page) => page !== '' && page !== '404.html' && (wanted.length === 0 || wanted.some((part) => page.includes(part))));
const rows: Row[] = [];
console.log(`${'page'.padEnd(36)}${'as'.padEnd(18)}${categories.map((category) => category.padStart(16)).join('')}`);
for (const page of pages) {
  for (const preset of presets) {
    const kinds = [...(editorOnly ? [] : [arriving]), ...(isLesson(page) ? [editing] : [])];
    for (const kind of kinds) {
      const row = await inTheMiddle((tab) => kind(page, preset, tab));
      rows.push(row);
      console.log(
        `${row.page.padEnd(36)}${row.preset.padEnd(18)}${categories.map((category) => String(row.scores[category]).padStart(16)).join('')}`,
      );
      if (row.lost.length > 0) console.log(`    ${row.lost.join(' · ')}`);
    }
  }
}
await browser.close();
await site.close();
mkdirSync('bench-results', { recursive: true });
writeFileSync('bench-results/lighthouse.json', `${JSON.stringify(rows, null, 2)}\n`);
const below = rows.filter(({ scores }) => categories.some((category) => scores[category] !== 100));
console.log(`\n${rows.length - below.length} of ${rows.length} have 100 four times.`);
if (given.includes('--check') && below.length > 0) process.exitCode = 1;
