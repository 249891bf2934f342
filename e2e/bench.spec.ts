// The workbench as a learner meets it: editors, form, verdict, saving. Needs no particular lesson beyond the first.
import { expect, test } from '@playwright/test';
import { openLesson } from './driver.ts';

const lessonId = 'network/host-network';

test.describe('the manifest', () => {
  test('is there, and editable, before anything else has loaded', async ({ page }) => {
    const lesson = await openLesson(page, 'zh', lessonId);
    await expect(lesson.manifest).toHaveValue(/kind: Pod/);
    await expect(lesson.manifest).toBeEditable();
  });

  test('follows the switches and keeps its comments', async ({ page }) => {
    const lesson = await openLesson(page, 'en', lessonId);
    const text = (await lesson.manifest.inputValue()).replace('kind: Pod', 'kind: Pod # mine');
    await lesson.write(text);
    await page.getByRole('switch', { name: 'hostNetwork' }).click();
    await expect(lesson.manifest).toHaveValue(/kind: Pod # mine[\s\S]*spec:\n {2}hostNetwork: true\n/);
    await lesson.judged('solved');
    await page.getByRole('switch', { name: 'hostNetwork' }).click();
    await expect(lesson.manifest).toHaveValue(text);
  });

  test('survives a reload and a change of language', async ({ page }) => {
    const lesson = await openLesson(page, 'zh', lessonId);
    await lesson.write(`${await lesson.manifest.inputValue()}# 我写的\n`);
    await lesson.judged('accepted');
    await page.reload();
    await expect(lesson.manifest).toHaveValue(/# 我写的\n$/);
    await page.locator('a[data-language="en"]').click();
    await expect(page).toHaveURL(/\/en\/network\/host-network\/$/);
    await expect(page.locator('[data-lab="manifest"]')).toHaveValue(/# 我写的\n$/);
  });

  test('can be put back to the start, and that can be undone', async ({ page }) => {
    const lesson = await openLesson(page, 'en', lessonId);
    const start = await lesson.manifest.inputValue();
    await lesson.write(`${start}# mine\n`);
    await lesson.judged('accepted');
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect(lesson.manifest).toHaveValue(start);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(lesson.manifest).toHaveValue(`${start}# mine\n`);
  });
});

test.describe('the verdict', () => {
  test('names a misspelled field, its place and the API server’s own words', async ({ page }) => {
    const lesson = await openLesson(page, 'en', lessonId);
    await lesson.write((await lesson.manifest.inputValue()).replace('spec:\n', 'spec:\n  hostNetwrk: true\n'));
    await lesson.judged('refused');
    await expect(lesson.verdict).toContainText('Line 6, column 3');
    await expect(lesson.verdict).toContainText('unknown field "spec.hostNetwrk"');
  });

  test('tells text that is no YAML', async ({ page }) => {
    const lesson = await openLesson(page, 'zh', lessonId);
    await lesson.write('apiVersion: v1\nkind: [Pod\n');
    await lesson.judged('broken');
  });

  test('gives hints step by step, and the solution only when asked', async ({ page }) => {
    const lesson = await openLesson(page, 'en', lessonId);
    const hint = page.getByRole('button', { name: /Hint/ });
    await hint.click();
    await expect(lesson.verdict).toContainText('Where');
    await expect(lesson.verdict).not.toContainText('Next step');
    await hint.click();
    await hint.click();
    await expect(hint).toBeDisabled();
    const before = await lesson.manifest.inputValue();
    await page.getByRole('button', { name: 'Solution' }).click();
    await expect(page.locator('.diff-came')).toContainText('hostNetwork: true');
    await page.getByRole('button', { name: 'Back to my manifest' }).click();
    await expect(lesson.manifest).toHaveValue(before);
  });
});

test('a prediction marks what was guessed, and the guess is remembered', async ({ page }) => {
  await openLesson(page, 'en', lessonId);
  const prediction = page.locator('[data-prediction]').first();
  await prediction.locator('input').first().check();
  await prediction.locator('summary').click();
  await expect(prediction.locator('.answer')).toBeVisible();
  await page.reload();
  await expect(prediction.locator('input').first()).toBeChecked();
});

test('Monaco takes over without losing anything, and can be switched off for good', async ({ page, isMobile }) => {
  test.skip(isMobile, 'touch devices keep the plain editor unless asked');
  const lesson = await openLesson(page, 'en', lessonId);
  await lesson.manifest.focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# typed early');
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  await page.keyboard.type(' and late');
  await expect(lesson.manifest).toHaveValue(/# typed early and late$/);
  await page.getByRole('button', { name: 'Plain editor' }).click();
  await page.reload();
  await lesson.manifest.focus();
  await page.waitForTimeout(1500);
  await expect(page.locator('.monaco-editor')).toHaveCount(0);
});

test('a shared link opens beside one’s own work, never over it', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const lesson = await openLesson(page, 'en', lessonId);
  const start = await lesson.manifest.inputValue();
  await lesson.write(`${start}# theirs\n`);
  await lesson.judged('accepted');
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.locator('#editor-state')).toContainText('Copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await lesson.write(`${start}# mine\n`);
  await lesson.judged('accepted');
  await page.goto('about:blank');
  await page.goto(link);
  await expect(lesson.manifest).toHaveValue(`${start}# theirs\n`);
  await page.getByRole('button', { name: 'pod-host-network.yaml', exact: true }).click();
  await expect(lesson.manifest).toHaveValue(`${start}# mine\n`);
});

test('everything written can be taken along, erased and brought back', async ({ page }) => {
  const lesson = await openLesson(page, 'en', lessonId);
  const start = await lesson.manifest.inputValue();
  await lesson.write(`${start}# mine\n`);
  await lesson.judged('accepted');
  await page.goto('en/');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const file = await (await download).path();
  await page.getByRole('button', { name: 'Erase all' }).click();
  await page.goto(`en/${lessonId}/`);
  await expect(lesson.manifest).toHaveValue(start);
  await page.goto('en/');
  await page.locator('[data-kept-import]').setInputFiles(file);
  await expect(page.locator('[data-kept-note]')).toContainText('Imported.');
  await page.goto(`en/${lessonId}/`);
  await expect(lesson.manifest).toHaveValue(`${start}# mine\n`);
});

test('the comparison marks what a flipped switch took and brought', async ({ page }) => {
  const lesson = await openLesson(page, 'en', lessonId);
  await lesson.manifest.focus();
  await expect(page.locator('.bench')).toHaveAttribute('data-ready', 'yes');
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(page.locator('#editor-state')).toContainText('created');
  await page.getByRole('tab', { name: 'Compare' }).click();
  const pane = page.getByRole('region', { name: 'pod-host-network/main' });
  await expect(pane).toContainText('eth0');
  await page.getByRole('switch', { name: 'hostNetwork' }).click();
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(pane.locator('.went').first()).toContainText('eth0', { timeout: 20_000 });
  await expect(pane.locator('.came', { hasText: 'ens37' })).toHaveCount(1);
});

test.describe('Monaco', () => {
  test.skip(({ isMobile }) => isMobile, 'touch devices keep the plain editor unless asked');

  test('completes fields where they belong, and explains them in the page’s language', async ({ page }) => {
    const lesson = await openLesson(page, 'zh', lessonId);
    await lesson.manifest.focus();
    await expect(page.locator('.monaco-editor').first()).toBeVisible();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('  host');
    const list = page.locator('.suggest-widget');
    await expect(list).toContainText('hostNetwork');
    await expect(list).not.toContainText('hostPort');
    await page.keyboard.press('Escape');
    await page.locator('.view-line', { hasText: 'image' }).hover({ position: { x: 50, y: 10 } });
    await expect(page.locator('.monaco-hover').first()).toContainText('镜像');
  });

  test('knows a Service as well as a Pod', async ({ page }) => {
    const lesson = await openLesson(page, 'en', lessonId);
    await lesson.write('apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - port: 80\n');
    await lesson.manifest.focus();
    await expect(page.locator('.monaco-editor').first()).toBeVisible();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('    no');
    await expect(page.locator('.suggest-widget')).toContainText('nodePort');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+End');
    await page.keyboard.type('  type: ');
    await expect(page.locator('.suggest-widget')).toContainText('NodePort');
  });

  test('keeps what a screen reader and a test read in step', async ({ page }) => {
    const lesson = await openLesson(page, 'en', lessonId);
    await lesson.manifest.focus();
    await expect(page.locator('.monaco-editor').first()).toBeVisible();
    await lesson.write('kind: Pod\n');
    await expect(page.locator('.view-lines')).toContainText('kind');
    await lesson.judged('broken');
  });
});

test('every observer’s terminal is in the page; focusing one brings it to the front and typing works', async ({ page }) => {
  const lesson = await openLesson(page, 'en', 'network/host-network');
  await lesson.terminal('server4-master');
  const client = page.locator('[data-lab="terminal"][data-observer="client"]');
  await expect(client).toHaveAttribute('aria-hidden', 'true');
  await client.focus();
  await expect(page.getByRole('tab', { name: 'client', exact: true })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.type('hostname');
  await page.keyboard.press('Enter');
  await expect(client.locator('[data-lab="screen"]')).toContainText(/# hostname\s*client/);
});
