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

test('what a form, a repair or a key changed is undone in the plain editor, step by step', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('namespace-lab:editor', 'plain'));
  const lesson = await openLesson(page, 'en', lessonId);
  const start = await lesson.manifest.inputValue();
  await lesson.manifest.focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# one two');
  await page.getByRole('switch', { name: 'hostNetwork' }).click();
  await lesson.judged('solved');
  await lesson.manifest.focus();
  await page.keyboard.press('Control+z');
  await expect(lesson.manifest).toHaveValue(`${start}# one two`);
  // How many steps it was typed in depends on the pauses.
  const until = (key: string, value: string | RegExp) =>
    expect(async () => {
      await page.keyboard.press(key);
      await expect(lesson.manifest).toHaveValue(value, { timeout: 200 });
    }).toPass();
  await until('Control+z', start);
  await until('Control+Shift+z', `${start}# one two`);
  await until('Control+y', /hostNetwork: true[^]*# one two$/);
});

test('a touch device is never given Monaco unasked', async ({ page, isMobile }) => {
  test.skip(!isMobile, 'a touch device');
  const lesson = await openLesson(page, 'en', lessonId);
  await lesson.manifest.tap();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# typed');
  await lesson.judged('accepted');
  await page.waitForTimeout(2500);
  await expect(page.locator('.monaco-editor')).toHaveCount(0);
  await expect(lesson.manifest).toBeFocused();
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

  test('takes over with selection and scroll, and gives text, selection, scroll and undo back', async ({ page }) => {
    const lesson = await openLesson(page, 'en', lessonId);
    const start = await lesson.manifest.inputValue();
    const long = start + Array.from({ length: 60 }, (_, index) => `# line ${index}\n`).join('');
    // In sight, so that no editor has a reason to scroll to it.
    const wanted = [long.indexOf('# line 22'), long.indexOf('# line 24')] as const;
    // All in one go, before the focus calls Monaco: what is chosen in the plain editor while it arrives is its own business.
    await lesson.verdict.hover();
    await expect(page.locator('.bench')).toHaveAttribute('data-ready', 'yes');
    const top = await lesson.manifest.evaluate(
      (element, { text, from, to }) => {
        const area = element as HTMLTextAreaElement;
        area.value = text;
        area.dispatchEvent(new InputEvent('input', { bubbles: true }));
        area.setSelectionRange(from, to);
        return new Promise<number>((resolve) => {
          requestAnimationFrame(() => {
            const sheet = area.closest('.editor-scroll');
            sheet?.scrollTo({ top: 700 });
            area.focus({ preventScroll: true });
            resolve(sheet?.scrollTop ?? 0);
          });
        });
      },
      { text: long, from: wanted[0], to: wanted[1] },
    );
    expect(top).toBeGreaterThan(500);
    await expect(page.locator('.monaco-editor').first()).toBeVisible();
    // The same lines are in sight, the same text is selected: the next key replaces it.
    await expect(page.locator('.view-line', { hasText: /line.2[0-9]/ }).first()).toBeInViewport();
    await expect(page.locator('.view-line', { hasText: /line.0$/ })).toHaveCount(0);
    await page.keyboard.type('!');
    const replaced = `${long.slice(0, wanted[0])}!${long.slice(wanted[1])}`;
    await expect(lesson.manifest).toHaveValue(replaced);
    await page.keyboard.press('Shift+ArrowRight');
    await page.getByRole('button', { name: 'Plain editor' }).click();
    await expect(page.locator('.monaco-editor')).toHaveCount(0);
    await expect(lesson.manifest).toBeFocused();
    await expect(lesson.manifest).toHaveValue(replaced);
    const left = await lesson.manifest.evaluate((area) => {
      const { selectionStart, selectionEnd } = area as HTMLTextAreaElement;
      return { selectionStart, selectionEnd, top: area.closest('.editor-scroll')?.scrollTop ?? 0 };
    });
    expect([left.selectionStart, left.selectionEnd]).toEqual([wanted[0] + 1, wanted[0] + 2]);
    // Both editors show the same lines, to a few: their paddings differ.
    expect(Math.abs(left.top - top)).toBeLessThan(100);
    await page.keyboard.press('Control+z');
    await expect(lesson.manifest).toHaveValue(long);
    await page.keyboard.press('Control+z');
    await expect(lesson.manifest).toHaveValue(start);
  });

  test('lets the keyboard out by Escape and Tab, and can be read without motion', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const lesson = await openLesson(page, 'en', lessonId);
    await lesson.manifest.focus();
    await expect(page.locator('.monaco-editor').first()).toBeVisible();
    const inside = () => page.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null);
    await expect.poll(inside).toBe(true);
    const colour = (selector: string, what: 'color' | 'backgroundColor') =>
      page
        .locator(selector)
        .first()
        .evaluate((element, property) => getComputedStyle(element)[property], what);
    expect(await colour('.monaco-editor', 'backgroundColor')).toBe(await colour('.manifest', 'backgroundColor'));
    expect(await colour('.view-line span span', 'color')).not.toBe(await colour('.monaco-editor', 'backgroundColor'));
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
