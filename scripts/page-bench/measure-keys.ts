// Measures how soon a lesson answers to a key: in the plain editor, in Monaco, in a terminal. Knows only the stable
// hooks and the two editors' places.
import type { Browser, CDPSession, Page } from '@playwright/test';
import type { Measured } from './aims.ts';
import { median } from './aims.ts';
import { keyCategories, keyCosts, type TraceEvent } from './key-trace.ts';
import { slowDown } from './slow-line.ts';

/** Milliseconds between two keys: brisk typing. */
const pace = 150;
const strokes = 20;
const lines = 12;

type Editor = 'plain' | 'rich';

const codeOf = { plain: '.editor-code', rich: '.editor-rich .view-lines' } as const;

/** Marks each key, and when text and verdict have first changed and the next picture is drawn. Runs in the page. */
function watchKeys(code: string): void {
  let count = 0;
  let open = new Set<string>();
  const mark = (what: string, key: number): void => void performance.mark(`bench-${what}-${key}`);
  const change = (what: string): void => {
    if (open.delete(what)) mark(what, count - 1);
  };
  addEventListener(
    'keydown',
    () => {
      const key = count++;
      open = new Set(['text', 'verdict']);
      mark('key', key);
      requestAnimationFrame(() => setTimeout(() => mark('painted', key)));
    },
    true,
  );
  const watch = (selector: string, note: () => void): void => {
    const place = document.querySelector(selector);
    if (!place) throw new Error(`${selector} is not there`);
    new MutationObserver(note).observe(place, { subtree: true, childList: true, characterData: true, attributes: true });
  };
  watch('[data-lab="verdict"]', () => change('verdict'));
  watch(code, () => change('text'));
  Object.assign(globalThis, { benchFromKey: () => (count = 0) });
}

/** Opens a lesson with the editor wanted, and waits until editor and cluster are at rest. */
async function open(tab: Page, url: string, editor: Editor): Promise<void> {
  await tab.addInitScript((choice) => localStorage.setItem('namespace-lab:editor', choice), editor);
  await tab.goto(url, { waitUntil: 'load' });
  await tab.mouse.move(700, 400);
  await tab.locator('.bench[data-ready="yes"]').waitFor({ timeout: 120_000 });
  await tab.locator('[data-lab="manifest"]').focus();
  if (editor === 'rich') await tab.locator(codeOf.rich).waitFor({ timeout: 120_000 });
  await tab.waitForTimeout(2000);
}

/** Puts the caret behind the manifest's `name`: each key there turns the verdict over. */
async function placeCaret(tab: Page): Promise<void> {
  const text = await tab.locator('[data-lab="manifest"]').inputValue();
  const rows = text.split('\n');
  const row = rows.findIndex((line) => /^ +name:/.test(line));
  await tab.keyboard.press('Control+Home');
  for (let n = 0; n < row; n += 1) await tab.keyboard.press('ArrowDown');
  for (let n = 0; n < (rows[row] ?? '').indexOf(':'); n += 1) await tab.keyboard.press('ArrowRight');
}

interface Typed {
  readonly ms: number | undefined;
  readonly late: number;
}

/** Types and takes back one letter, over and over. */
async function type(tab: Page, client: CDPSession): Promise<Typed> {
  await tab.evaluate(() => (globalThis as unknown as { benchFromKey: () => void }).benchFromKey());
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }): number => events.push(...(value as TraceEvent[]));
  client.on('Tracing.dataCollected', collect);
  await client.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: [...keyCategories] } });
  for (let n = 0; n < strokes; n += 1) {
    await tab.keyboard.press(n % 2 === 0 ? 'x' : 'Backspace');
    await tab.waitForTimeout(pace);
  }
  const ended = new Promise((done) => client.once('Tracing.tracingComplete', done));
  await client.send('Tracing.end');
  await ended;
  client.off('Tracing.dataCollected', collect);
  const costs = keyCosts(events, strokes);
  return {
    ms: median(costs.map(({ text, verdict }) => Math.max(text, verdict))),
    late: strokes - costs.length + costs.filter(({ late }) => late).length,
  };
}

/** Both speeds in one editor. */
async function measureEditor(browser: Browser, url: string, editor: Editor): Promise<Measured> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
  try {
    const tab = await context.newPage();
    const client: CDPSession = await context.newCDPSession(tab);
    await open(tab, url, editor);
    await tab.evaluate(watchKeys, codeOf[editor]);
    await placeCaret(tab);
    await type(tab, client);
    const freely = await type(tab, client);
    await slowDown(client, true);
    await tab.waitForTimeout(1000);
    const slowly = await type(tab, client);
    return {
      ...(freely.ms === undefined ? {} : { [`${editor}Key`]: freely.ms }),
      ...(slowly.ms === undefined ? {} : { [`${editor}KeySlow`]: slowly.ms }),
      [`${editor}Late`]: freely.late + slowly.late,
    };
  } finally {
    await context.close();
  }
}

/** From Enter to the line that the command prints; the shell works out what was not typed. */
async function measureTerminal(browser: Browser, url: string): Promise<Measured> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' });
  try {
    const tab = await context.newPage();
    await open(tab, url, 'plain');
    const terminal = tab.locator('[data-lab="terminal"]').first();
    const screen = terminal.locator('[data-lab="screen"]');
    await terminal.click();
    await screen.filter({ hasText: /[#$] *$/ }).waitFor();
    const times: number[] = [];
    for (let n = 0; n < lines; n += 1) {
      const answer = 4100 + n;
      await tab.keyboard.type(`echo $((4000+${n + 100}))`, { delay: 20 });
      await tab.waitForTimeout(300);
      const time = terminal.evaluate(
        (host, expected) =>
          new Promise<number>((done) => {
            let begun: number | undefined;
            addEventListener('keydown', () => (begun = performance.now()), { capture: true, once: true });
            const place = host.querySelector('[data-lab="screen"]');
            const watcher = new MutationObserver(() => {
              if (begun === undefined || !(place?.textContent ?? '').split('\n').some((line) => line.trim() === expected)) return;
              watcher.disconnect();
              done(performance.now() - begun);
            });
            if (place) watcher.observe(place, { subtree: true, childList: true, characterData: true });
          }),
        String(answer),
      );
      await tab.waitForTimeout(100);
      await tab.keyboard.press('Enter');
      times.push(await time);
    }
    const enter = median(times);
    return enter === undefined ? {} : { enter };
  } finally {
    await context.close();
  }
}

/** All keys of one lesson. */
export async function measureKeys(browser: Browser, url: string): Promise<Measured> {
  return {
    ...(await measureEditor(browser, url, 'plain')),
    ...(await measureEditor(browser, url, 'rich')),
    ...(await measureTerminal(browser, url)),
  };
}
