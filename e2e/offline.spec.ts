// After one visit the whole course works without a network: pages that were never opened, the cluster, its commands,
// a solved exercise, in both languages.
import { expect, test } from '@playwright/test';
import { openLesson } from './driver.ts';

test.use({ serviceWorkers: 'allow' });

for (const language of ['zh', 'en'] as const) {
  test(`a lesson that was never opened is solved without a network, in ${language}`, async ({ page, context }) => {
    test.setTimeout(120_000);
    await page.goto(`${language}/`);
    await page.keyboard.press('Shift');
    await expect(page.locator('html')).toHaveAttribute('data-offline', 'ready', { timeout: 90_000 });

    await context.setOffline(true);
    const answers: string[] = [];
    page.on('requestfailed', (request) => {
      // The rich editor is kept once it was used; until then the plain one stays. What a click on a link called off was not asked for.
      if (request.failure()?.errorText === 'net::ERR_ABORTED') return;
      if (!/rich-editor|zh-cn/.test(request.url())) answers.push(request.url());
    });
    await page.locator('a[href$="/network/host-network/"]').first().click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const lesson = await openLesson(page, language, 'network/host-network');
    const start = await lesson.manifest.inputValue();
    await lesson.write(start.replace('spec:\n', 'spec:\n  hostNetwork: true\n'));
    await lesson.judged('solved');
    const terminal = await lesson.terminal('server4-master');
    expect(await terminal.run('kubectl get nodes | grep -c Ready')).toContain('3');

    const other = language === 'zh' ? 'en' : 'zh';
    await page.locator(`a[data-language="${other}"]`).click();
    await expect(page).toHaveURL(new RegExp(`/${other}/network/host-network/`));
    await expect(lesson.manifest).toHaveValue(/hostNetwork: true/);
    await page.goto(`${language}/glossary/`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page
      .getByRole('banner')
      .getByRole('button', { name: language === 'zh' ? '搜索' : 'Search' })
      .click();
    await page.getByRole('combobox').fill('hostPort');
    await expect(page.getByRole('listbox').getByRole('option').first()).toContainText('hostPort');
    await page.goto(`${language}/no-such-page/`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(answers).toEqual([]);
  });
}
