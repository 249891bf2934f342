// What axe can tell about every kind of page, in both languages, both themes and both widths, and that no page scrolls
// sideways. Colours are the same in both languages and at both widths: one language is tried in the dark, and the other,
// whose words are longer, on the narrow window.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

const paths = [
  '',
  'network/host-network/',
  'network/node-ports/',
  'processes/host-pid-and-ipc/',
  'glossary/',
  'reference/',
  'reference/messages/',
  'reference/not-modelled/',
  'teach/',
  'translate/',
];

for (const language of ['zh', 'en']) {
  for (const path of paths) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`axe finds nothing on ${language}/${path} in ${colorScheme}`, async ({ page, isMobile }) => {
        test.skip(language === 'en' && colorScheme === 'dark', 'the same colours as in the other language');
        test.skip(isMobile && (language === 'zh' || colorScheme === 'dark'), 'the same rules in longer words');
        await page.emulateMedia({ colorScheme });
        await page.goto(`${language}/${path}`);
        if (path.includes('/h') || path.includes('node-ports')) {
          await page.mouse.move(200, 200);
          await expect(page.locator('.bench')).toHaveAttribute('data-ready', 'yes');
        }
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(sideways).toBe(0);
      });
    }
  }
}
