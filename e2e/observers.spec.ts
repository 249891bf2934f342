// Comparison, terminals and the list of keys in a real browser, by keyboard and on a phone.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openLesson } from './driver.ts';

const lessonId = 'network/host-network';

test('applies and compares: what came and went is marked, both sides can be shown, lines tell whose they are', async ({ page }) => {
  const lesson = await openLesson(page, 'en', lessonId);
  await lesson.manifest.focus();
  await expect(page.locator('.bench')).toHaveAttribute('data-ready', 'yes');
  await page.getByRole('tab', { name: 'Compare', exact: true }).click();
  const again = page.getByRole('button', { name: 'Apply and compare' });
  await again.click();
  const pane = page.locator('.eyes-pane', { hasText: 'pod-host-network/main' });
  await expect(pane).toContainText('eth0');
  await lesson.write((await lesson.manifest.inputValue()).replace('spec:\n', 'spec:\n  hostNetwork: true\n'));
  await again.click();
  await expect(pane.locator('.came', { hasText: 'ens37' })).toHaveCount(1);
  await page.getByRole('button', { name: 'before', exact: true }).click();
  await expect(pane.locator('.came')).toHaveCount(0);
  await expect(pane.locator('.went').first()).toContainText('eth0');
  await page.getByRole('button', { name: 'after', exact: true }).click();
  await expect(pane.locator('.went')).toHaveCount(0);
  await page.getByRole('button', { name: 'hostname', exact: true }).click();
  await expect(pane).toContainText('server5-node1');
  await pane.locator('pre').focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.eyes-origin')).toContainText(/UTS namespace of server5-node1, uts:\[\d+\]/);
});

test('a terminal has the keys that a phone lacks, and remembers the screen reader mode', async ({ page, isMobile }) => {
  const lesson = await openLesson(page, 'en', lessonId);
  const terminal = await lesson.terminal('server4-master');
  const frame = page.locator('[data-lab="terminal"][data-observer="server4-master"]');
  await expect(frame.getByRole('button', { name: 'Ctrl-C' })).toBeVisible({ visible: isMobile });
  if (isMobile) {
    await terminal.type('sleep 1000');
    await frame.getByRole('button', { name: 'Ctrl-C' }).tap();
    await terminal.shows(/\^C\n/);
  }
  await frame.getByRole('button', { name: 'Screen reader mode' }).click();
  await expect(frame.locator('.xterm-accessibility')).toBeAttached();
  await page.reload();
  await lesson.terminal('server4-master');
  await expect(frame.getByRole('button', { name: 'Screen reader mode' })).toHaveAttribute('aria-pressed', 'true');
});

test('the list of keys opens with ? and closes with Escape', async ({ page, isMobile }) => {
  const { manifest } = await openLesson(page, 'en', lessonId);
  await manifest.focus();
  await expect(page.locator('.bench')).toHaveAttribute('data-ready', 'yes');
  await page.getByRole('tab', { name: 'Map', exact: true }).focus();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'List of keys' });
  await expect(dialog).toContainText('Esc Tab');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  // A phone has no keys to list.
  if (isMobile) return;
  await page.getByRole('button', { name: 'List of keys' }).click();
  await expect(dialog).toBeVisible();
});

test('names and roles: every tab, switch, list and group of the bench has a name, and what is out of sight is out of reach', async ({ page }) => {
  const lesson = await openLesson(page, 'zh', lessonId);
  // A terminal that was used, and is left for the views.
  await lesson.terminal('server4-master');
  for (const [view, names] of [
    ['对照', ['对照', '集群图', '事件', 'server4-master']],
    ['集群图', ['集群图']],
  ] as const) {
    await page.getByRole('tab', { name: view, exact: true }).click();
    for (const name of names) await expect(page.getByRole('tab', { name, exact: true })).toHaveCount(1);
    await expect(page.getByRole('tab', { name: view, exact: true })).toHaveAttribute('aria-selected', 'true');
    for (const role of ['switch', 'checkbox', 'textbox', 'combobox', 'button', 'group', 'region', 'img'] as const) {
      await expect(page.locator('.bench').getByRole(role, { name: /^$/ })).toHaveCount(0);
    }
    const { violations } = await new AxeBuilder({ page }).include('.bench').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
  }
});
