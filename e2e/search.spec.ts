// The search: opened by button and keys, worked with the keyboard alone, in both languages and without a network.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

const label = { zh: '搜索', en: 'Search' } as const;

async function openSearch(page: Page, language: 'zh' | 'en'): Promise<Locator> {
  await page.getByRole('banner').getByRole('button', { name: label[language] }).click();
  const field = page.getByRole('combobox', { name: label[language] });
  await expect(field).toBeFocused();
  return field;
}

const finds = {
  zh: [
    ['hostPort', /glossary\/#hostport/],
    ['端口', /network\/node-ports\//],
    ['EADDRINUSE', /reference\/messages\/#message-portInUse/],
    ['僵尸', /glossary\/#zombie/],
    ['zombie', /glossary\/#zombie/],
    ['shareProcessNamespace', /./],
    ['lsns', /reference\/#command-lsns/],
  ],
  en: [
    ['hostPort', /glossary\/#hostport/],
    ['EADDRINUSE', /reference\/messages\/#message-portInUse/],
    ['zombies', /glossary\/#zombie/],
    ['shareProcessNamespace', /./],
    ['lsns', /reference\/#command-lsns/],
  ],
} as const;

for (const language of ['zh', 'en'] as const) {
  test(`what readers look for is found and opened, in ${language}`, async ({ page }) => {
    await page.goto(`${language}/`);
    for (const [query, address] of finds[language]) {
      const field = await openSearch(page, language);
      await field.fill(query);
      const first = page.getByRole('listbox').getByRole('option').first();
      await expect(first).toContainText(new RegExp(query.replace(/s$/, ''), 'i'));
      await expect(first.locator('mark').first()).toBeVisible();
      await field.press('Enter');
      await expect(page).toHaveURL(address);
      expect(page.url()).toContain(`/${language}/`);
      const hash = decodeURIComponent(new URL(page.url()).hash.slice(1));
      if (hash !== '') await expect(page.locator(`[id="${hash}"]`)).toBeInViewport();
    }
  });

  test(`nothing typed offers examples, nothing found says so and leads on, in ${language}`, async ({ page }) => {
    await page.goto(`${language}/teach/`);
    const field = await openSearch(page, language);
    await page.getByRole('dialog').getByRole('button', { name: 'EADDRINUSE' }).click();
    await expect(field).toHaveValue('EADDRINUSE');
    await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
    await field.fill('qqqqqq');
    await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(0);
    await expect(page.getByRole('dialog').getByRole('status')).toContainText('qqqqqq');
    await page.getByRole('dialog').getByRole('link').first().click();
    await expect(page).toHaveURL(/\/glossary\//);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing in the open dialog, empty, with results and without, in ${language} in ${colorScheme}`, async ({ page, isMobile }) => {
      test.skip(language === 'en' && colorScheme === 'dark', 'the same colours as in the other language');
      test.skip(isMobile && colorScheme === 'dark', 'the same colours as on a wide window');
      await page.emulateMedia({ colorScheme });
      await page.goto(`${language}/glossary/`);
      const field = await openSearch(page, language);
      for (const query of ['', 'Pod', 'qqqqqq']) {
        await field.fill(query);
        const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
        expect(violations.map(({ id, nodes }) => `${query}: ${id}: ${nodes.map(({ html }) => html).join(', ')}`)).toEqual([]);
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(sideways).toBe(0);
      }
    });
  }
}

test('Ctrl K opens, arrows walk round and are announced, Escape closes and gives the focus back', async ({ page, isMobile }) => {
  test.skip(isMobile, 'a keyboard');
  await page.goto('en/glossary/');
  const link = page.getByRole('banner').getByRole('link', { name: 'Reference' });
  await link.focus();
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox');
  await expect(field).toBeFocused();
  await field.pressSequentially('namespace');
  const options = page.getByRole('listbox').getByRole('option');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  const active = async (): Promise<number> => {
    const id = await field.getAttribute('aria-activedescendant');
    return options.evaluateAll((all, wanted) => all.findIndex((each) => each.id === wanted), id);
  };
  expect(await active()).toBe(0);
  await page.keyboard.press('ArrowDown');
  expect(await active()).toBe(1);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  expect(await active()).toBe((await options.count()) - 1);
  await expect(options.last()).toBeInViewport();
  await expect(field).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(link).toBeFocused();
});

test('Ctrl K in a terminal and in the manifest stays theirs', async ({ page, isMobile }) => {
  test.skip(isMobile, 'a keyboard');
  await page.addInitScript(() => localStorage.setItem('namespace-lab:editor', 'plain'));
  await page.goto('zh/network/host-network/');
  await page.locator('[data-lab="manifest"]').click();
  await page.keyboard.press('Control+k');
  await page.locator('[data-lab="terminal"]').first().click();
  await page.keyboard.press('Control+k');
  await expect(page.locator('.bench')).toHaveAttribute('data-ready', 'yes');
  await expect(page.locator('dialog.search')).toHaveCount(0);
});

test('an input method in the middle of a word is not interrupted by Enter', async ({ page, isMobile }) => {
  test.skip(isMobile, 'a keyboard');
  await page.goto('zh/glossary/');
  const field = await openSearch(page, 'zh');
  await field.fill('端口');
  await field.evaluate((element) => element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })));
  await expect(page).toHaveURL(/\/zh\/glossary\/$/);
  await expect(page.getByRole('dialog')).toBeVisible();
});

test('nothing of the search is loaded before somebody asks for it', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('zh/glossary/', { waitUntil: 'networkidle' });
  expect(asked.filter((url) => /search-dialog|search\.json/.test(url))).toEqual([]);
  await openSearch(page, 'zh');
  expect(asked.filter((url) => /search\.json/.test(url))).toHaveLength(1);
});
