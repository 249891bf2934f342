// Takes a picture of every page of the built site, from the narrowest window to the widest, light and dark, and on paper,
// into shots/. Usage: npm run shots [-- part of a path … --width=390 --scheme=dark --window]
// --window takes what a window shows instead of the whole page; --width=paper takes paper alone.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openBuiltSite } from './built-site.ts';

const given = process.argv.slice(2);
const option = (name: string): string | undefined => given.find((each) => each.startsWith(`--${name}=`))?.split('=')[1];
/** An A4 sheet less its margins, in CSS pixels, and its length. */
const paper = { width: 658, height: 994 };
const wantedWidths = option('width')?.split(',');
const widths = [1440, 3840, 2560, 768, 390, 320].filter((width) => wantedWidths?.includes(String(width)) ?? true);
const schemes = (['light', 'dark'] as const).filter((scheme) => (option('scheme') ?? scheme) === scheme);
const fullPage = !given.includes('--window');
const wanted = given.filter((each) => !each.startsWith('--'));

const site = await openBuiltSite();
const pages = site.pages.filter((page) => wanted.length === 0 || wanted.some((part) => page.includes(part)));
let taken = 0;

function fileFor(folder: string, page: string): string {
  const file = join('shots', folder, `${page.replace(/\/$/, '').replaceAll('/', '_')}.png`);
  mkdirSync(dirname(file), { recursive: true });
  return file;
}

for (const width of widths) {
  for (const colorScheme of schemes) {
    const phone = width < 600;
    const context = await site.browser.newContext({
      viewport: { width, height: phone ? 844 : width > 2000 ? 2160 : width < 1000 ? 1024 : 900 },
      colorScheme,
      reducedMotion: 'reduce',
      ...(phone ? { hasTouch: true, isMobile: true } : {}),
    });
    const tab = await context.newPage();
    for (const page of pages) {
      // The root page leads on to a language; its picture would be that page's.
      if (page === '') continue;
      await tab.goto(site.address + page, { waitUntil: 'load' });
      await scrollThrough();
      // Wide windows are about what stands beside what; a picture of a whole page would change the window's size.
      await tab.screenshot({ path: fileFor(`${width}-${colorScheme}`, page), fullPage: fullPage && width < 2000 });
      taken += 1;
    }

    /** Islands hydrate when they come into view, so everything is shown once. */
    async function scrollThrough(): Promise<void> {
      await tab.evaluate(async () => {
        const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
        for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
          scrollTo(0, y);
          await pause(120);
        }
        scrollTo(0, 0);
        await pause(500);
      });
    }
    await context.close();
  }
}
if (wantedWidths?.includes('paper') ?? true) {
  // In dark, because paper must be white whatever the reader's screen is.
  const context = await site.browser.newContext({ viewport: paper, colorScheme: 'dark' });
  const tab = await context.newPage();
  await tab.emulateMedia({ media: 'print' });
  for (const page of pages) {
    if (page === '') continue;
    await tab.goto(site.address + page, { waitUntil: 'load' });
    await tab.screenshot({ path: fileFor('paper', page), fullPage: true });
    taken += 1;
  }
  await context.close();
}
await site.close();
console.log(`${taken} pictures in shots/`);
