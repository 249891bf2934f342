// The cluster's course: scrubbing back and forth, links to moments, links that are no good.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openLesson } from './driver.ts';
import type { Language } from './driver.ts';

const lessonId = 'network/host-network';
const words = {
  zh: {
    events: '事件',
    map: '集群图',
    slider: '时刻',
    now: '回到现在',
    own: '回到我的集群',
    link: '复制这一刻的链接',
    broken: '读不出来',
    report: '复制问题报告',
    share: '分享',
  },
  en: {
    events: 'Events',
    map: 'Map',
    slider: 'Moment',
    now: 'Back to now',
    own: 'Back to my cluster',
    link: 'Copy a link to this moment',
    broken: 'cannot be read',
    report: 'Copy a problem report',
    share: 'Share',
  },
} as const;

async function withPod(page: Page, language: Language): Promise<void> {
  const lesson = await openLesson(page, language, lessonId);
  const master = await lesson.terminal('server4-master');
  await master.run('kubectl create -f pod-host-network.yaml');
  await expect.poll(() => master.run('kubectl get po'), { timeout: 20_000 }).toMatch(/1\/1 +Running/);
}

for (const language of ['zh', 'en'] as const) {
  const w = words[language];
  test(`the past can be walked through, and left, in ${language}`, async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await withPod(page, language);
    await page.getByRole('tab', { name: w.events }).click();
    const slider = page.getByRole('slider', { name: w.slider });
    await slider.focus();
    await page.keyboard.press('Home');
    const moment = page.locator('[data-time="moment"]');
    await expect(moment).toContainText('No resources found');
    await page.getByRole('tab', { name: w.map }).click();
    await expect(page.locator('.map-list')).not.toContainText('pod-host-network');
    await page.getByRole('button', { name: w.now }).click();
    await expect(page.locator('.map-list')).toContainText('pod-host-network');

    await page.getByRole('tab', { name: w.events }).click();
    await page.locator('.timeline li', { hasText: 'Started' }).getByRole('button').click();
    await expect(moment).toContainText('pod-host-network');
    await expect(page.locator('[data-time="past"]')).toBeVisible();
    await page.getByRole('button', { name: w.link }).click();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('#world=');
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await slider.focus();
    await page.keyboard.press('End');
    await expect(page.locator('[data-time="past"]')).toHaveCount(0);

    // Somebody else opens it, whose own cluster is new.
    await page.goto(`${language}/`);
    await page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
    await page.goto(link);
    await expect(page.locator('[data-time="past"]')).toBeVisible({ timeout: 20_000 });
    await expect(moment).toContainText('pod-host-network');
    await page.getByRole('button', { name: w.own }).click();
    await expect(page.locator('[data-time="past"]')).toHaveCount(0);
    await page.getByRole('tab', { name: w.map }).click();
    await expect(page.locator('.map-list')).not.toContainText('pod-host-network');
  });

  test(`a link that is no good ends in a message in ${language}`, async ({ page }) => {
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    await page.goto(`${language}/${lessonId}/#world=AAAA`);
    await expect(page.locator('#editor-state')).toContainText(w.broken);
    await expect(page.locator('[data-lab="manifest"]')).toHaveValue(/kind: Pod/);
    expect(errors).toEqual([]);
  });
}

test('whoever walks on while a moment is on its way arrives where they went', async ({ page }) => {
  await withPod(page, 'en');
  await page.getByRole('tab', { name: 'Events' }).click();
  const slider = page.getByRole('slider', { name: 'Moment' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(page.locator('[data-time="moment"]')).toContainText('No resources found');
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press('ArrowRight');
    // About as long as the timeline waits before it brings a moment about, so that some arrive between two presses.
    await page.waitForTimeout(i * 40);
  }
  await expect(page.locator('[data-time="past"]')).toContainText('1.5 s');
  await expect(slider).toHaveValue('1500');
});

test('a problem report carries lesson, seed, version and the moment', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await withPod(page, 'en');
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Copy a problem report' }).click();
  await expect(page.locator('#editor-state')).toContainText('Copied');
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toMatch(/^Namespace Lab \d+\.\d+\.\d+\nlesson: network\/host-network\nseed: \S+\nepoch: \d+\nmoment: [\d.]+ s\nlanguage: en\n/);
  expect(report).toContain('#world=');
});
