// Measures how soon a lesson answers to a key: in the plain editor, in Monaco, in a terminal. Knows only the stable
// hooks and the two editors' places.
import type { Browser, CDPSession, Page } from '@playwright/test';
import type { Measured } from './aims.ts';
import { median } from './aims.ts';
import { slowDown } from './slow-line.ts';

/** Milliseconds between two keys: brisk typing. */
const pace = 150;
const strokes = 20;
const lines = 12;

interface Stroke {
  /** Work from the key to the last change, without waiting for the screen's next frame. */
  text?: number;
  verdict?: number;
  /** The verdict came after the frame that the key brought about. */
  late: boolean;
}

type Editor = 'plain' | 'rich';

const codeOf = { plain: '.editor-code', rich: '.editor-rich .view-lines' } as const;

/**
 * Notes for each key when text and verdict have changed. An editor that draws in the frame (Monaco does) is charged for
 * its work before and in the frame; only the idle wait between the two is left out. Runs in the page.
 */
function watchKeys(code: string): void {
  const noted: Stroke[] = [];
  Object.assign(globalThis, { benchStrokes: noted });
  let key: { at: number; handled?: number; frame?: number; painted: boolean; stroke: Stroke } | undefined;
  const work = (): number => {
    if (!key) return 0;
    const now = performance.now();
    return key.frame === undefined ? now - key.at : (key.handled ?? key.frame) - key.at + (now - key.frame);
  };
  addEventListener(
    'keydown',
    () => {
      const begun = { at: performance.now(), painted: false, stroke: { late: false } as Stroke } as NonNullable<typeof key>;
      key = begun;
      noted.push(begun.stroke);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (begun.handled ??= performance.now());
      port2.postMessage(undefined);
      requestAnimationFrame(() => {
        begun.frame = performance.now();
        setTimeout(() => (begun.painted = true));
      });
    },
    true,
  );
  const watch = (selector: string, note: () => void): void => {
    const place = document.querySelector(selector);
    if (!place) throw new Error(`${selector} is not there`);
    new MutationObserver(note).observe(place, { subtree: true, childList: true, characterData: true, attributes: true });
  };
  watch('[data-lab="verdict"]', () => {
    if (!key || key.stroke.verdict !== undefined) return;
    key.stroke.verdict = work();
    key.stroke.late = key.painted;
  });
  watch(code, () => {
    if (key) key.stroke.text ??= work();
  });
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
async function type(tab: Page): Promise<Typed> {
  await tab.evaluate(() => (globalThis as unknown as { benchStrokes: Stroke[] }).benchStrokes.splice(0));
  for (let n = 0; n < strokes; n += 1) {
    await tab.keyboard.press(n % 2 === 0 ? 'x' : 'Backspace');
    await tab.waitForTimeout(pace);
  }
  const noted = await tab.evaluate(() => (globalThis as unknown as { benchStrokes: Stroke[] }).benchStrokes);
  const answered = noted.filter(({ text, verdict }) => text !== undefined && verdict !== undefined);
  return {
    ms: median(answered.map(({ text = 0, verdict = 0 }) => Math.max(text, verdict))),
    late: noted.length - answered.length + answered.filter(({ late }) => late).length,
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
    await type(tab);
    const freely = await type(tab);
    await slowDown(client, true);
    await tab.waitForTimeout(1000);
    const slowly = await type(tab);
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
