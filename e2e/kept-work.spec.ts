// Nothing that a learner writes is lost: two tabs, a full or forbidden storage, damaged and older data, everything as a file.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openLesson } from './driver.ts';

const lessonId = 'network/host-network';
const key = `namespace-lab:lesson:${lessonId}`;
const words = {
  zh: {
    elsewhere: '另一个标签页也在改',
    theirs: '用那一页的',
    both: '两份都留',
    full: '存储已满',
    unavailable: '不允许保存',
    damaged: '读不出来',
    reset: '重置',
    undo: '撤销',
    apply: '应用',
    returned: '都还是你离开时的样子',
    afresh: '换一套新的集群',
    lost: '上次的集群没能恢复',
  },
  en: {
    elsewhere: 'Another tab is changing',
    theirs: 'Take theirs',
    both: 'Keep both',
    full: 'storage is full',
    unavailable: 'allows no storage',
    damaged: 'cannot be read',
    reset: 'Reset',
    undo: 'Undo',
    apply: 'Apply',
    returned: 'are as you left them',
    afresh: 'Start a new cluster',
    lost: 'could not be brought back',
  },
} as const;
const state = (page: Page) => page.locator('#editor-state');

for (const language of ['zh', 'en'] as const) {
  const w = words[language];
  test.describe(language, () => {
    test('two tabs never write over each other, and the learner chooses', async ({ page, context }) => {
      const first = await openLesson(page, language, lessonId);
      const start = await first.manifest.inputValue();
      await first.write(`${start}# one\n`);
      await first.judged('accepted');
      const other = await context.newPage();
      const second = await openLesson(other, language, lessonId);
      await expect(second.manifest).toHaveValue(`${start}# one\n`);
      await second.write(`${start}# two\n`);
      await expect(state(page)).toContainText(w.elsewhere);
      await first.write(`${start}# one more\n`);
      const kept = await page.evaluate((name) => localStorage.getItem(name) ?? '', key);
      expect(kept).toContain('# two');
      expect(kept).toContain('# one more');
      await page.getByRole('button', { name: w.theirs }).click();
      await expect(first.manifest).toHaveValue(`${start}# two\n`);
    });

    test('both tabs’ texts can be kept side by side', async ({ page, context }) => {
      const first = await openLesson(page, language, lessonId);
      const start = await first.manifest.inputValue();
      await first.write(`${start}# one\n`);
      await first.judged('accepted');
      const second = await openLesson(await context.newPage(), language, lessonId);
      await second.write(`${start}# two\n`);
      await expect(state(page)).toContainText(w.elsewhere);
      await page.getByRole('button', { name: w.both }).click();
      await expect(first.manifest).toHaveValue(`${start}# one\n`);
      await page.locator('.files button', { hasText: 'copy' }).first().click();
      await expect(first.manifest).toHaveValue(`${start}# two\n`);
    });

    test('a full storage is told, and typing goes on', async ({ page }) => {
      await page.addInitScript(() => {
        Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      });
      const lesson = await openLesson(page, language, lessonId);
      const text = `${await lesson.manifest.inputValue()}# mine\n`;
      await lesson.write(text);
      await expect(state(page)).toContainText(w.full);
      await expect(lesson.manifest).toHaveValue(text);
    });

    test('a window that stores nothing is told, and everything works', async ({ page }) => {
      await page.addInitScript(() => {
        Object.defineProperty(window, 'localStorage', {
          get: () => {
            throw new DOMException('no', 'SecurityError');
          },
        });
      });
      const lesson = await openLesson(page, language, lessonId);
      await lesson.write(`${await lesson.manifest.inputValue()}# mine\n`);
      await expect(state(page)).toContainText(w.unavailable);
      await lesson.judged('accepted');
    });

    test('damaged data is put aside and told; older data is read', async ({ page }) => {
      await page.goto(`${language}/`);
      await page.evaluate((name) => localStorage.setItem(name, '{"version":2,"files":{"pod-host'), key);
      const lesson = await openLesson(page, language, lessonId);
      await expect(state(page)).toContainText(w.damaged);
      await expect(lesson.manifest).toHaveValue(/kind: Pod/);
      expect(await page.evaluate(() => Object.values(localStorage))).toContain('{"version":2,"files":{"pod-host');
      // The page has done what it does on arrival, so nothing of it is written after what follows.
      await lesson.judged('accepted');
      await page.evaluate((name) => {
        localStorage.clear();
        localStorage.setItem(name, JSON.stringify({ version: 1, files: { 'pod-host-network.yaml': 'kind: Pod # old\n' }, solved: false }));
      }, key);
      await page.reload();
      await expect(lesson.manifest).toHaveValue('kind: Pod # old\n');
    });

    test('cluster and terminals are there again after a reload, and can be exchanged for new ones', async ({ page }) => {
      await page.addInitScript(() => localStorage.setItem('namespace-lab:editor', 'plain'));
      const lesson = await openLesson(page, language, lessonId);
      const master = await lesson.terminal('server4-master');
      await page.getByRole('button', { name: w.apply, exact: true }).click();
      await expect(state(page)).toContainText('created');
      await master.run('X=from-before');
      await expect.poll(() => master.run('kubectl get po'), { timeout: 20_000 }).toMatch(/1\/1 +Running/);
      await page.addInitScript(() => {
        const tasks: number[] = [];
        Object.assign(window, { longTasks: tasks });
        new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ['longtask'] });
      });
      await page.reload();
      await lesson.manifest.focus();
      await expect(state(page)).toContainText(w.returned, { timeout: 20_000 });
      const again = await lesson.terminal('server4-master');
      await again.shows(/kubectl get po[^]*1\/1 +Running/);
      expect(await again.run('echo $X')).toBe('from-before\n');
      expect(await again.run('kubectl get po')).toMatch(/1\/1 +Running/);
      const tasks = await page.evaluate(() => (window as unknown as { readonly longTasks: readonly number[] }).longTasks);
      // The page and the emulator arrive in that time as well; machines that run tests are slower than those people learn on.
      expect(Math.max(0, ...tasks)).toBeLessThan(400);
      await page.getByRole('button', { name: w.afresh }).click();
      await expect.poll(() => again.run('kubectl get po'), { timeout: 20_000 }).toContain('No resources found');
      await page.getByRole('button', { name: w.undo }).click();
      await expect.poll(() => again.run('kubectl get po'), { timeout: 20_000 }).toMatch(/1\/1 +Running/);
    });

    test('a cluster that cannot come back is told, and nothing else is lost', async ({ page }) => {
      await page.goto(`${language}/`);
      const world = `namespace-lab:world:${lessonId}`;
      await page.evaluate((name) => localStorage.setItem(name, '[1,null,[["pod'), world);
      const lesson = await openLesson(page, language, lessonId);
      await lesson.write(`${await lesson.manifest.inputValue()}# mine\n`);
      await lesson.judged('accepted');
      await expect(state(page)).toContainText(w.lost);
      const master = await lesson.terminal('server4-master');
      expect(await master.run('kubectl get po')).toContain('No resources found');
      // A journal of right form that no world ever had.
      await page.goto(`${language}/`);
      await page.evaluate((name) => {
        const entries = [
          [10, 2880600, 'type', 7, 'ls\r'],
          [1, 1, 'run', 0, 'nowhere', 'ls'],
          [9, 1, 'edited', 3],
        ];
        const forged = JSON.stringify([1, null, [], entries, [9000, 2881000], []]);
        localStorage.setItem(name, forged);
        sessionStorage.setItem(name, forged);
      }, world);
      await page.goto(`${language}/${lessonId}/`);
      await lesson.manifest.focus();
      await expect(state(page)).toContainText(w.lost, { timeout: 20_000 });
      await expect(lesson.manifest).toHaveValue(/# mine\n$/);
      expect(await (await lesson.terminal('server4-master')).run('kubectl get po')).toContain('No resources found');
    });

    test('a reset can be undone, with the files and the cluster', async ({ page }) => {
      const lesson = await openLesson(page, language, lessonId);
      const start = await lesson.manifest.inputValue();
      const master = await lesson.terminal('server4-master');
      await lesson.write(`${start}# mine\n`);
      await master.run('kubectl create -f pod-host-network.yaml');
      await page.getByRole('button', { name: w.reset }).click();
      await expect(lesson.manifest).toHaveValue(start);
      await page.getByRole('button', { name: w.undo }).click();
      await expect(lesson.manifest).toHaveValue(`${start}# mine\n`);
      await expect.poll(() => master.run('kubectl get po'), { timeout: 20_000 }).toContain('pod-host-network');
    });
  });
}
