// Terminals as hands and ears meet them: widths, paste, copy, size, completion, history, and the way in and out by keyboard.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openLesson } from './driver.ts';

const lessonId = 'network/host-network';
const frameOf = (page: Page, observer = 'server4-master') => page.locator(`[data-lab="terminal"][data-observer="${observer}"]`);

/** Left edge of the place where the next letter goes, in pixels. */
function caret(page: Page): Promise<number> {
  return frameOf(page)
    .locator('.xterm-helper-textarea')
    .evaluate((area) => Number.parseFloat((area as HTMLElement).style.left));
}

test('a terminal takes Chinese, several pasted lines, completion and history, and gives text back', async ({ page, context, isMobile }) => {
  test.skip(isMobile, 'a keyboard and a mouse');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const lesson = await openLesson(page, 'zh', lessonId);
  const master = await lesson.terminal('server4-master');
  // A Chinese character is two columns wide, for the emulator and for the shell's line editor alike.
  const begin = await caret(page);
  await page.keyboard.type('#abcdef');
  await expect.poll(() => caret(page)).toBeGreaterThan(begin);
  const seven = (await caret(page)) - begin;
  await page.keyboard.press('Control+u');
  await expect.poll(() => caret(page)).toBe(begin);
  await page.keyboard.insertText('#命名空');
  await expect.poll(async () => Math.round((await caret(page)) - begin)).toBe(Math.round(seven));
  for (let count = 0; count < 3; count += 1) await page.keyboard.press('Backspace');
  await expect.poll(async () => Math.round(((await caret(page)) - begin) * 7)).toBe(Math.round(seven));
  await page.keyboard.press('Control+u');
  await master.type('echo 命名空间 | wc -m');
  await master.shows(/\n5\s*\n/);

  await page.evaluate(() => navigator.clipboard.writeText('echo first-$((1+1))\necho second-$((2+2))\n'));
  await frameOf(page).click();
  await page.keyboard.press('Control+v');
  await page.keyboard.press('Enter');
  await master.shows(/first-2\n[^]*second-4\n/);

  await page.keyboard.type('kubectl get nod');
  await page.keyboard.press('Tab');
  await master.shows(/kubectl get nodes? ?$/);
  await page.keyboard.press('Control+u');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await master.shows(/\]# echo first-\$\(\(1\+1\)\)$/);
  await page.keyboard.press('Control+c');

  await master.run('echo copied-word');
  const word = await frameOf(page)
    .locator('.xterm-rows > div', { hasText: /^copied-word\s*$/ })
    .boundingBox();
  await page.mouse.dblclick((word?.x ?? 0) + 12, (word?.y ?? 0) + 8);
  await page.keyboard.press('Control+Shift+c');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('copied-word');

  // What the lesson asks for is put at the prompt; Enter stays with the learner.
  await frameOf(page).getByRole('combobox', { name: '本课命令' }).selectOption('kubectl create -f pod-host-network.yaml');
  await master.shows(/\]# kubectl create -f pod-host-network.yaml$/);
  await page.keyboard.press('Enter');
  await master.shows('pod/pod-host-network created');
});

test('a terminal follows its window: stty, COLUMNS and top', async ({ page, isMobile }) => {
  test.skip(isMobile, 'a window that can be resized');
  const lesson = await openLesson(page, 'en', lessonId);
  const master = await lesson.terminal('server4-master');
  const size = async (): Promise<readonly number[]> => (await master.run('stty size')).trim().split(' ').map(Number);
  const [rows = 0, columns = 0] = await size();
  await page.setViewportSize({ width: 1000, height: 900 });
  await expect.poll(async () => (await size())[1]).toBeLessThan(columns);
  const [, narrow = 0] = await size();
  expect(await master.run('true; echo $COLUMNS')).toBe(`${narrow}\n`);
  await master.type('top');
  await master.shows(/PID USER/);
  const lines = async (): Promise<number> => (await master.text()).split('\n').length;
  const before = await lines();
  await page.getByRole('button', { name: 'Enlarge the cluster' }).click();
  await expect.poll(lines).toBeGreaterThan(before + 2);
  await frameOf(page).click();
  await page.keyboard.press('q');
  await expect.poll(async () => (await size())[0]).toBeGreaterThan(rows);
});

test('a keyboard walks through the whole bench, into every editor and terminal and out again', async ({ page, isMobile }) => {
  test.skip(isMobile, 'a keyboard');
  const lesson = await openLesson(page, 'en', lessonId);
  await lesson.manifest.focus();
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await lesson.terminal('server4-master');
  await page.locator('#bench').focus();
  const places: string[] = [];
  for (let stop = 0; stop < 60; stop += 1) {
    await page.keyboard.press('Tab');
    const place = await page.evaluate(() => {
      const parts = ['.tabs', '.editor', '.form', '.verdict', '.deck-tabs', '.xterm', '.terminal-keys'];
      const at = document.activeElement;
      return at?.closest('.bench') ? (parts.find((part) => at.closest(part)) ?? at.className) : undefined;
    });
    if (place === undefined) break;
    if (places.at(-1) !== place) places.push(place);
    // As the list of keys says.
    if (await page.evaluate(() => document.activeElement?.closest('.monaco-editor, .xterm') !== null)) await page.keyboard.press('Escape');
  }
  expect(places).toEqual(['.tabs', '.editor', '.form', '.verdict', '.deck-tabs', '.xterm', '.terminal-keys']);
  // And back the same way.
  await frameOf(page).locator('.xterm-helper-textarea').focus();
  await page.keyboard.press('Shift+Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('.deck-tabs') !== null)).toBe(true);
});
