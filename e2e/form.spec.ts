// The form in a real browser: every exercise's manifest can be written with it alone, on a phone too, in both languages.
import { expect, test } from '@playwright/test';
import { openLesson } from './driver.ts';

for (const language of ['zh', 'en'] as const) {
  const apply = language === 'zh' ? '应用' : 'Apply';

  test(`${language}: the host's network is shared by one switch`, async ({ page }) => {
    const lesson = await openLesson(page, language, 'network/host-network');
    await page.getByRole('switch', { name: 'hostNetwork' }).click();
    await lesson.judged('solved');
    await expect(page.locator('.form-sentence')).toContainText(language === 'zh' ? '用的是节点的网络' : 'uses the node’s network');
  });

  test(`${language}: a port of the node is lent by a row of fields`, async ({ page }) => {
    const lesson = await openLesson(page, language, 'network/node-ports');
    await page.getByRole('textbox', { name: 'hostPort', exact: true }).fill('9000');
    await expect(lesson.manifest).toHaveValue(/hostPort: 9000/);
    await expect(page.locator('[data-goal="node-port"]')).toHaveAttribute('data-met', 'true');
    await expect(page.locator('.form-sentence')).toContainText('9000');
    await page.getByRole('button', { name: apply, exact: true }).click();
    await expect(page.locator('#editor-state')).toContainText('created');
    await page.getByRole('tab', { name: language === 'zh' ? '集群图' : 'Map', exact: true }).click();
    await page.getByRole('button', { name: language === 'zh' ? '到终点' : 'To the end' }).click();
    await lesson.judged('solved');
  });

  test(`${language}: processes and IPC are shared by two switches`, async ({ page }) => {
    const lesson = await openLesson(page, language, 'processes/host-pid-and-ipc');
    await page.getByRole('switch', { name: 'hostPID' }).click();
    await page.getByRole('switch', { name: 'hostIPC' }).click();
    for (const goal of ['sees-processes', 'shares-ipc', 'own-network'])
      await expect(page.locator(`[data-goal="${goal}"]`)).toHaveAttribute('data-met', 'true');
    await expect(lesson.manifest).toHaveValue(/hostIPC: true\n {2}hostPID: true|hostPID: true\n {2}hostIPC: true/);
  });
}

test('hostUsers is a switch as well, and text that is no YAML pauses the form with its line', async ({ page }) => {
  const lesson = await openLesson(page, 'en', 'network/host-network');
  await lesson.manifest.focus();
  await page.getByRole('switch', { name: 'hostUsers' }).click();
  await expect(lesson.manifest).toHaveValue(/hostUsers: false/);
  await expect(page.locator('.form-sentence')).toContainText('Root inside is not root on the node.');
  await page.getByRole('switch', { name: 'hostUsers' }).click();
  await expect(lesson.manifest).not.toHaveValue(/hostUsers/);
  await lesson.write('kind: Pod\nspec:\n\thostPID: true\n');
  await expect(page.locator('.form')).toContainText('cannot be read at line 3');
});
