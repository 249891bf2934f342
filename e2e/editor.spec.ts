// The editors in a real browser: what each can do alone, and that nobody is caught or loses anything between them.
import { expect, test } from '@playwright/test';
import { openLesson } from './driver.ts';

const lessonId = 'network/host-network';

test('a field in the wrong place is moved by one click beside the verdict', async ({ page }) => {
  const lesson = await openLesson(page, 'en', lessonId);
  const text = await lesson.manifest.inputValue();
  await lesson.write(text.replace('    image: alpine', '    hostNetwork: true\n    image: alpine'));
  await lesson.judged('refused');
  await page.getByRole('button', { name: 'Move it to spec.hostNetwork' }).click();
  await expect(lesson.manifest).toHaveValue(/spec:\n {2}hostNetwork: true\n {2}containers:/);
  await lesson.judged('solved');
});

test.describe('Monaco', () => {
  test.skip(({ isMobile }) => isMobile, 'touch devices keep the plain editor unless asked');

  test('undoes what was typed before it came', async ({ page }) => {
    const lesson = await openLesson(page, 'en', lessonId);
    const start = await lesson.manifest.inputValue();
    await lesson.manifest.focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('# early');
    await expect(page.locator('.monaco-editor').first()).toBeVisible();
    await expect(lesson.manifest).toHaveValue(`${start}# early`);
    for (let count = 0; count < 7; count += 1) await page.keyboard.press('Control+z');
    await expect(lesson.manifest).toHaveValue(start);
  });

  test('lets the keyboard out by Escape and Tab', async ({ page }) => {
    const lesson = await openLesson(page, 'en', lessonId);
    await lesson.manifest.focus();
    await expect(page.locator('.monaco-editor').first()).toBeVisible();
    const inside = () => page.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null);
    await expect.poll(inside).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await expect.poll(inside).toBe(false);
  });

  test('offers the repair of a near miss under Ctrl-.', async ({ page }) => {
    const lesson = await openLesson(page, 'zh', lessonId);
    const text = await lesson.manifest.inputValue();
    await lesson.manifest.focus();
    await expect(page.locator('.monaco-editor').first()).toBeVisible();
    await lesson.write(text.replace('spec:\n', 'spec:\n  hostNetwrk: true\n'));
    await lesson.judged('refused');
    await page.getByRole('button', { name: '第 6 行第 3 列' }).click();
    const inside = () => page.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null);
    await expect.poll(inside).toBe(true);
    const list = page.locator('.action-widget .monaco-list').first();
    // Marks that arrive in the same moment make Monaco ask again and forget the key; then it is pressed once more.
    await expect(async () => {
      await page.keyboard.press('Control+.');
      await expect(list).toContainText('改成 hostNetwork', { timeout: 2000 });
    }).toPass();
    // What the verdict has to say arrives bit by bit and takes room from the editor; the list stays open.
    await page.locator('.bench').evaluate((bench) => {
      const verdict = bench.querySelector<HTMLElement>('[data-lab="verdict"]');
      if (verdict) verdict.style.minHeight = `${verdict.offsetHeight + 40}px`;
    });
    await page.waitForTimeout(200);
    await expect(list).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(lesson.manifest).toHaveValue(/ {2}hostNetwork: true/);
  });
});
