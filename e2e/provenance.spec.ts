// Every simulated screen says where it comes from: recorded on which system and when, or modelled; and tells more on request.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openLesson } from './driver.ts';

const words = {
  zh: {
    recorded: /与记录一致 · Kubernetes v1\.37\.2 · 2026-11-23/,
    modelled: '有建模，尚无记录',
    more: '这些标记的含义',
    compare: '对照',
    apply: '应用',
    title: '输出从哪里来',
  },
  en: {
    recorded: /As recorded · Kubernetes v1\.37\.2 · 2026-11-23/,
    modelled: 'Modelled, not recorded',
    more: 'What these marks mean',
    compare: 'Compare',
    apply: 'Apply',
    title: 'Where an output comes from',
  },
} as const;

const markOf = (page: Page) => page.locator('.deck-panel > [data-lab="provenance"]');

for (const language of ['zh', 'en'] as const) {
  const w = words[language];

  test(`a terminal says whether the like was recorded, and why (${language})`, async ({ page }) => {
    const lesson = await openLesson(page, language, 'network/host-network');
    const terminal = await lesson.terminal('server4-master');
    const mark = markOf(page);
    await expect(mark).toHaveCount(0);
    await terminal.run('kubectl get po -o wide');
    await expect(mark).toHaveAttribute('data-kind', 'recorded');
    await expect(mark.getByRole('button')).toHaveText(w.recorded);

    await terminal.run('ss -tlnoiem');
    await expect(mark).toHaveAttribute('data-kind', 'modelled');
    await expect(mark.getByRole('button')).toContainText(w.modelled);
    // By keyboard: what it means, and away again.
    await mark.getByRole('button').focus();
    await page.keyboard.press('Enter');
    const why = page.getByRole('group', { name: w.title });
    await expect(why).toContainText('ss -tlnoiem');
    await page.keyboard.press('Tab');
    await expect(why.getByRole('link', { name: w.more })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(why).toBeHidden();
    await expect(mark.getByRole('button')).toBeFocused();

    // A line from the history counts as what it is, and an empty one changes nothing.
    await terminal.type('');
    await terminal.press('ArrowUp');
    await terminal.press('ArrowUp');
    await terminal.press('Enter');
    await expect(mark).toHaveAttribute('data-kind', 'recorded');
  });

  test(`the comparison and the API server's answer say it too (${language})`, async ({ page }) => {
    const lesson = await openLesson(page, language, 'network/host-network');
    await lesson.manifest.focus();
    await expect(page.locator('.bench')).toHaveAttribute('data-ready', 'yes');
    await page.getByRole('button', { name: w.apply, exact: true }).click();
    const note = page.locator('.bench-note');
    await expect(note).toContainText('created');
    await expect(note.locator('[data-lab="provenance"]')).toHaveAttribute('data-kind', 'recorded');
    // It is not part of what is read out.
    await expect(page.locator('#editor-state [data-lab="provenance"]')).toHaveCount(0);

    await page.getByRole('tab', { name: w.compare, exact: true }).click();
    const panes = page.locator('.eyes-pane');
    await expect(panes.locator('[data-kind="recorded"]')).toHaveCount(await panes.count());
    await page.locator('.eyes-command input').fill('ps -eo pid,args,wchan --cumulative');
    await page.keyboard.press('Enter');
    await expect(panes.locator('[data-kind="modelled"]')).toHaveCount(await panes.count());
    const { violations } = await new AxeBuilder({ page }).include('[data-lab="provenance"]').analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  test(`what a manifest leads to and what a prediction shows say it (${language})`, async ({ page }) => {
    const lesson = await openLesson(page, language, 'network/host-network');
    await lesson.manifest.focus();
    await expect(page.locator('.bench')).toHaveAttribute('data-ready', 'yes');
    const run = page.locator('[data-consequence] [data-lab="provenance"]').first();
    await expect(run).toHaveAttribute('data-kind', /recorded|modelled/);
    const shown = page.locator('.prediction .recorded').first();
    await expect(shown).toHaveText(/v1\.37\.2 · 2026-11-23/);
    await expect(shown).toHaveAttribute('href', new RegExp(`/${language}/reference/not-modelled/$`));
  });

  test(`the first page's outputs say it without scripts (${language})`, async ({ browser, baseURL }) => {
    const page = await (await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' })).newPage();
    await page.goto(`${language}/`);
    await expect(page.locator('.toy-outputs .recorded')).toHaveText(w.recorded);
    await page.context().close();
  });
}

test('inside a container that was entered, the container’s tools count', async ({ page }) => {
  const lesson = await openLesson(page, 'en', 'network/host-network');
  await lesson.manifest.focus();
  await expect(page.locator('.bench')).toHaveAttribute('data-ready', 'yes');
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(page.locator('#editor-state')).toContainText('created');
  const terminal = await lesson.terminal('server4-master');
  await terminal.type('kubectl exec -it pod-host-network -- sh');
  await terminal.shows(/\/ # $/);
  await terminal.type('ps -o pid,comm');
  await expect(markOf(page)).toHaveAttribute('data-kind', 'recorded');
  // An option of the node's ps, which the container's does not have.
  await terminal.type('ps -eo pid,comm --forest');
  await expect(markOf(page)).toHaveAttribute('data-kind', 'modelled');
});
