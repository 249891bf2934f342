// What axe cannot tell: names and sizes of every control, the order of focus and headings, visible focus, reflow and
// spacing, quiet live regions, reduced motion, the languages of words, and what is on paper.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openLesson } from './driver.ts';

const pages = ['', 'network/host-network/', 'network/node-ports/', 'glossary/', 'reference/', 'teach/', 'translate/'];
const languages = ['zh', 'en'] as const;

/** What makes the page wider than its window: nothing, as long as nothing sticks out. */
async function sideways(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth === clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((each) => each.getBoundingClientRect().right > clientWidth + 0.5)
      .map((each) => `${each.tagName}.${each.className}`);
  });
}

for (const language of languages) {
  for (const path of pages) {
    test(`every control of ${language}/${path} is large enough and says what it is`, async ({ page }) => {
      await page.goto(`${language}/${path}`);
      if (path.startsWith('network')) {
        await page.mouse.move(200, 200);
        await page.mouse.wheel(0, 1);
        await expect(page.locator('.bench')).toHaveAttribute('data-ready', 'yes');
      }
      const wrong = await page.evaluate(() => {
        const problems: string[] = [];
        const controls = document.querySelectorAll<HTMLElement>(
          'a[href], button, input, select, textarea, [role="tab"], [role="button"], [tabindex="0"]',
        );
        for (const control of controls) {
          if (!control.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) || control.matches('.skip, .unseen')) continue;
          const label = control.closest('label') ?? document.querySelector(`label[for="${control.id}"]`);
          const name =
            control.getAttribute('aria-label') ??
            (control.getAttribute('aria-labelledby') ? 'labelled' : undefined) ??
            [control.textContent, label?.textContent, control.title].map((text) => text?.trim()).find(Boolean);
          const what = `${control.tagName} ${control.className} “${(name ?? '').slice(0, 40)}”`;
          if (!name) problems.push(`${what} has no name`);
          // A link in a sentence, and a box whose label is clicked as well, may be smaller (WCAG 2.2, 2.5.8).
          const inSentence = control.tagName === 'A' && getComputedStyle(control).display === 'inline';
          const { width, height } = (label ?? control).getBoundingClientRect();
          if (!inSentence && (width < 23.9 || height < 23.9)) problems.push(`${what} is ${Math.round(width)} × ${Math.round(height)}`);
        }
        return problems;
      });
      expect(wrong).toEqual([]);
    });

    test(`headings of ${language}/${path} follow each other, and foreign names say their language`, async ({ page, isMobile }) => {
      test.skip(isMobile, 'the same at every width');
      await page.goto(`${language}/${path}`);
      const levels = await page.locator('h1, h2, h3, h4').evaluateAll((all) => all.map(({ tagName }) => Number(tagName.slice(1))));
      expect(levels[0]).toBe(1);
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
      await expect(page.locator('html')).toHaveAttribute('lang', language === 'zh' ? /^zh/ : /^en/);
      for (const link of await page.locator('a[data-language]').all()) {
        expect(await link.getAttribute('lang')).toBe(await link.getAttribute('hreflang'));
      }
    });

    test(`${language}/${path} reflows at 320 pixels and bears wider spacing`, async ({ page, isMobile }) => {
      test.skip(isMobile, 'sets its own window');
      // A laptop's 1280 pixels at 400 % are these 320.
      await page.setViewportSize({ width: 320, height: 640 });
      await page.goto(`${language}/${path}`);
      expect(await sideways(page)).toEqual([]);
      await page.addStyleTag({
        content:
          '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }',
      });
      expect(await sideways(page)).toEqual([]);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    });
  }

  test(`the first stops of the keyboard lead to the text and to the bench, in ${language}`, async ({ page, isMobile }) => {
    test.skip(isMobile, 'a keyboard');
    await page.goto(`${language}/network/host-network/`);
    await page.keyboard.press('Tab');
    await expect(page.locator('a.skip').first()).toBeFocused();
    await expect(page.locator('a.skip').first()).toBeInViewport();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.locator('#bench')).toBeFocused();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.bench') !== null)).toBe(true);
  });

  test(`typing thirty letters is not talked over, in ${language}`, async ({ page, isMobile }) => {
    test.skip(isMobile, 'a keyboard');
    await page.addInitScript(() => localStorage.setItem('namespace-lab:editor', 'plain'));
    const lesson = await openLesson(page, language, 'network/host-network');
    await lesson.manifest.click();
    await expect(page.locator('.bench')).toHaveAttribute('data-ready', 'yes');
    await page.waitForTimeout(1500);
    await page.evaluate(() => {
      const said: string[] = [];
      Object.assign(globalThis, { said });
      for (const region of document.querySelectorAll('[aria-live]:not([aria-live="off"]), [role="status"], [role="alert"], [role="log"]')) {
        let last = region.textContent;
        new MutationObserver(() => {
          if (region.textContent !== last) said.push((last = region.textContent) ?? '');
        }).observe(region, { subtree: true, childList: true, characterData: true });
      }
    });
    await lesson.manifest.pressSequentially('# thirty letters of a comment.', { delay: 60 });
    await page.waitForTimeout(1500);
    const said = await page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
    expect(said.length, said.join('\n')).toBeLessThanOrEqual(3);
  });
}

test('focus is visible on every surface', async ({ page, isMobile }) => {
  test.skip(isMobile, 'a keyboard');
  await page.goto('zh/network/host-network/');
  const without: string[] = [];
  for (let stop = 0; stop < 30; stop += 1) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      if (!element || element === document.body) return undefined;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const shown = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
      return shown || element.closest('.monaco-editor') ? '' : `${element.tagName}.${element.className}`;
    });
    if (seen) without.push(seen);
  }
  expect(without).toEqual([]);
});

test('nothing moves for whoever asked for reduced motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('zh/');
  const longest = await page.evaluate(() =>
    Math.max(
      ...[...document.querySelectorAll('*')].flatMap((element) => {
        const { transitionDuration, animationDuration } = getComputedStyle(element);
        return [transitionDuration, animationDuration]
          .flatMap((list) => list.split(','))
          .map((text) => parseFloat(text) * (text.includes('ms') ? 1 : 1000));
      }),
    ),
  );
  expect(longest).toBeLessThanOrEqual(1);
});

test('switches tell on from off where the system chooses the colours', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('zh/');
  const place = (name: string): Promise<string> =>
    page.getByRole('switch', { name }).evaluate((element) => getComputedStyle(element, '::after').translate);
  expect(await place('hostNetwork')).not.toBe(await place('hostPID'));
});

test('a lesson on paper has its text, manifest and transcripts and nothing to click', async ({ page }) => {
  await page.goto('zh/network/host-network/');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('.editor-code')).toBeVisible();
  await expect(page.locator('.editor-code')).toContainText('apiVersion');
  for (const gone of ['.bar', '.form', '.deck', '.to-bench', '.tabs-actions', '.turn']) await expect(page.locator(gone).first()).toBeHidden();
});
