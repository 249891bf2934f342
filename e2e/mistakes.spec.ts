// Mistakes as learners make them: each gets the real component's words, an explanation in the page's language, and its place.
import { expect, test } from '@playwright/test';
import { openLesson } from './driver.ts';

const words = {
  zh: { column: '第 1 列', meant: '是不是想用 ifconfig', image: '镜像 luksa/kubja 拉不下来', ports: '已经被别的 Pod 声明占用', place: /第 \d+ 行/ },
  en: {
    column: 'Column 1',
    meant: 'Did you mean ifconfig',
    image: 'The image luksa/kubja',
    ports: 'another Pod has already claimed this port',
    place: /Line \d+/,
  },
} as const;

for (const locale of ['zh', 'en'] as const) {
  const say = words[locale];

  test(`${locale} › an unknown command is explained below the terminal`, async ({ page }) => {
    const lesson = await openLesson(page, locale, 'network/host-network');
    const terminal = await lesson.terminal('server4-master');
    await terminal.type('ifconfg');
    await terminal.shows('bash: ifconfg: command not found');
    const remark = page.locator('.remark');
    await expect(remark).toContainText(say.column);
    await expect(remark).toContainText(say.meant);
    await terminal.type('hostname');
    await expect(remark).toHaveCount(0);
  });

  test(`${locale} › an image that does not exist is named, with the kubelet’s words and its place`, async ({ page }) => {
    const lesson = await openLesson(page, locale, 'network/node-ports');
    await lesson.write((await lesson.manifest.inputValue()).replace('luksa/kubia', 'luksa/kubja'));
    await page.getByRole('button', { name: locale === 'zh' ? '应用' : 'Apply', exact: true }).click();
    await expect(lesson.verdict).toContainText(say.image);
    await expect(lesson.verdict).toContainText(/pull access denied|Back-off pulling image/);
    await expect(lesson.verdict).toContainText(say.place);
  });

  test(`${locale} › a Pod that cannot be placed is explained in the scheduler’s words, at its host port`, async ({ page }) => {
    const lesson = await openLesson(page, locale, 'network/node-ports');
    const wanted = (await lesson.manifest.inputValue()).replace('containerPort: 8080', 'containerPort: 8080\n      hostPort: 9000');
    await lesson.write(wanted);
    const terminal = await lesson.terminal('server4-master');
    for (const name of ['a', 'b', 'c']) await terminal.type(`sed 's/name: kubia-hostport/name: ${name}/' kubia-hostport.yaml | kubectl create -f -`);
    await lesson.write(wanted);
    await page.getByRole('button', { name: locale === 'zh' ? '应用' : 'Apply', exact: true }).click();
    await expect(lesson.verdict).toContainText(say.ports);
    await expect(lesson.verdict).toContainText("didn't have free ports for the requested pod ports");
    await expect(lesson.verdict).toContainText(say.place);
  });
}
