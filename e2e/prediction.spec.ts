// Predicting before looking: each form, in both languages, with the keyboard, without scripts, and remembered.
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

const words = {
  zh: { just: '直接看', show: '究竟发生了什么？', hit: '猜中了', wrong: '没有出现', missed: '没料到', again: '重新猜', fairly: '有点把握' },
  en: {
    just: 'Just show me',
    show: 'What actually happened?',
    hit: 'as you expected',
    wrong: 'did not appear',
    missed: 'not expected',
    again: 'Guess again',
    fairly: 'fairly sure',
  },
} as const;

async function open(page: Page, lesson: string, id: string): Promise<Locator> {
  await page.goto(`${lesson}/`);
  return page.locator(`[data-prediction="${id}"]`);
}

for (const language of ['zh', 'en'] as const) {
  const t = words[language];

  test(`${language}: picked lines stand beside the lines that were printed`, async ({ page }) => {
    const prediction = await open(page, `${language}/network/host-network`, 'ifconfig-lines');
    await expect(prediction).not.toContainText('192.168.2.205', { useInnerText: true });
    await prediction.getByRole('checkbox', { name: /eth0/ }).check();
    await prediction.getByRole('checkbox', { name: /lo / }).check();
    await prediction.getByRole('radio', { name: t.fairly }).check();
    await prediction.locator('summary').getByText(t.show).click();
    await expect(prediction.getByRole('listitem').filter({ hasText: 'ens37' })).toContainText(t.missed);
    await expect(prediction.getByRole('listitem').filter({ hasText: 'eth0' })).toContainText(t.wrong);
    await expect(prediction.getByRole('listitem').filter({ hasText: 'lo ' })).toContainText(t.hit);
    await expect(prediction.locator('.transcript')).toContainText('inet addr:192.168.2.205', { useInnerText: true });
    await expect(prediction.locator('.beside')).toContainText(t.fairly);
    await expect(prediction.getByRole('checkbox', { name: /eth0/ })).toBeDisabled();
  });

  test(`${language}: a chosen output is held against the real one line by line`, async ({ page }) => {
    const prediction = await open(page, `${language}/network/host-network`, 'resolv-conf');
    await prediction.getByRole('radio', { name: /options ndots/ }).check();
    await prediction.locator('summary').click();
    await expect(prediction.getByRole('listitem').filter({ hasText: '10.96.0.10' })).toContainText(t.wrong);
    await expect(prediction.getByRole('listitem').filter({ hasText: '192.168.2.1' })).toContainText(t.missed);
    await prediction.getByRole('button', { name: t.again }).click();
    await expect(prediction.locator('.answer')).toBeHidden();
    await expect(prediction.getByRole('radio', { name: /options ndots/ })).toBeEnabled();
    await expect(prediction.getByRole('radio', { name: /options ndots/ })).not.toBeChecked();
  });

  test(`${language}: a value is typed and compared, with the keyboard alone`, async ({ page }) => {
    const prediction = await open(page, `${language}/network/host-network`, 'hostname');
    await expect(prediction.locator('summary')).toContainText(t.just);
    await prediction.getByRole('textbox').focus();
    await page.keyboard.type('server5-node1');
    await page.keyboard.press('Enter');
    await expect(prediction.getByRole('listitem')).toHaveText(/server5-node1/);
    await expect(prediction.getByRole('listitem')).toContainText(t.hit);
  });
}

test('a prediction is remembered, in the other language too', async ({ page }) => {
  const prediction = await open(page, 'zh/processes/host-pid-and-ipc', 'pid-one');
  await prediction.getByRole('radio', { name: /pause/ }).check();
  await open(page, 'en/processes/host-pid-and-ipc', 'pid-one');
  await expect(prediction.getByRole('radio', { name: /pause/ })).toBeChecked();
  await prediction.locator('summary').click();
  await expect(prediction.getByRole('listitem').filter({ hasText: 'init' })).toContainText(words.en.missed);
});

test('whoever just looks is told nothing about a prediction they did not make', async ({ page }) => {
  const prediction = await open(page, 'en/network/node-ports', 'ss-lines');
  await prediction.locator('summary').click();
  await expect(prediction.locator('.transcript')).toBeVisible();
  await page.waitForTimeout(400);
  await expect(prediction.locator('.beside')).toHaveCount(0);
  await expect(prediction.getByRole('checkbox').first()).toBeEnabled();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the truth is a disclosure with output and explanation', async ({ page }) => {
    const prediction = await open(page, 'zh/network/node-ports', 'ss-lines');
    await expect(prediction.locator('.answer')).toBeHidden();
    await prediction.locator('summary').click();
    await expect(prediction.locator('.transcript')).toContainText('10250');
    await expect(prediction.locator('.answer > p')).toBeVisible();
  });
});
