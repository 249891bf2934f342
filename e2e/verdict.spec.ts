// The verdict: one finding at a time with its consequence, hints that never answer, a solution that says why.
import { expect, test } from '@playwright/test';
import { openLesson } from './driver.ts';

const words = {
  zh: { hint: /提示/, solution: '答案', because: '运行时不再为这个 Pod 新建网络命名空间。', proved: '你证明了：', take: /换成答案/ },
  en: {
    hint: /Hint/,
    solution: 'Solution',
    because: 'The runtime makes no network namespace for this Pod.',
    proved: 'You have proved:',
    take: /Use the solution/,
  },
} as const;

for (const language of ['zh', 'en'] as const) {
  const t = words[language];

  test(`${language}: an open goal is shown by a run of the learner's own manifest`, async ({ page }) => {
    const lesson = await openLesson(page, language, 'network/host-network');
    await lesson.manifest.click();
    await lesson.judged('accepted');
    const consequence = page.locator('[data-consequence="shares-network"]');
    await expect(consequence).toContainText('readlink /proc/self/ns/net');
    const inodes = (await consequence.innerText()).match(/net:\[\d+\]/g) ?? [];
    expect(new Set(inodes).size).toBe(2);
    const text = await lesson.manifest.inputValue();
    await lesson.write(text.replace('spec:\n', 'spec:\n  hostNetwork: true\n  hostPID: true\n'));
    await expect(page.locator('[data-consequence="own-processes"]')).toContainText('init');
    await lesson.write(text.replace('spec:\n', 'spec:\n  hostNetwork: true\n'));
    await lesson.judged('solved');
    await expect(page.locator('[data-consequence]')).toHaveCount(0);
    await expect(lesson.verdict).toContainText(t.proved);
  });

  test(`${language}: the solution says why each of its lines is there, and can be taken back`, async ({ page }) => {
    const lesson = await openLesson(page, language, 'network/host-network');
    await lesson.manifest.click();
    await lesson.judged('accepted');
    const own = await lesson.manifest.inputValue();
    await page.getByRole('button', { name: t.solution, exact: true }).click();
    await expect(page.locator('.solution')).toContainText(t.because);
    await page.getByRole('button', { name: t.take }).click();
    await lesson.judged('solved');
    await page.locator('.bench-note button').click();
    await expect(lesson.manifest).toHaveValue(own);
  });
}

test('a refused manifest shows what the API server says to it', async ({ page }) => {
  const lesson = await openLesson(page, 'en', 'processes/host-pid-and-ipc');
  await lesson.manifest.click();
  await lesson.judged('accepted');
  const text = await lesson.manifest.inputValue();
  await lesson.write(text.replace('spec:\n', 'spec:\n  hostPID: true\n  shareProcessNamespace: true\n'));
  await expect(page.locator('[data-consequence="api"]')).toContainText('The Pod "host-pid" is invalid');
  await expect(lesson.verdict).toContainText('These two exclude each other');
});
