// The cluster map in a real browser: what it shows, that it follows the world, and a packet's way by keyboard.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openLesson } from './driver.ts';

const pod = (spec: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: kubia-hostport\n  labels:\n    app: kubia\nspec:\n${spec}  containers:\n  - name: kubia\n    image: luksa/kubia\n    ports:\n    - containerPort: 8080\n      hostPort: 9000\n`;
const service = `---\napiVersion: v1\nkind: Service\nmetadata:\n  name: near\nspec:\n  type: NodePort\n  externalTrafficPolicy: Local\n  selector:\n    app: kubia\n  ports:\n  - port: 80\n    targetPort: 8080\n    nodePort: 30081\n`;

async function openMap(page: Page, manifest: string): Promise<void> {
  const lesson = await openLesson(page, 'en', 'network/node-ports');
  await lesson.write(manifest);
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(page.locator('.bench-note')).toContainText('created');
  await page.getByRole('tab', { name: 'Map', exact: true }).click();
  await expect(page.getByRole('img', { name: /^Map of the cluster/ })).toBeVisible();
}

test('a Pod stands in the node’s region for what it shares, and the text says the same', async ({ page }) => {
  await openMap(page, pod('  hostPID: true\n'));
  const cell = (kind: string) => page.locator(`.map .pod .cell.${kind}`);
  await expect(cell('pid')).toHaveAttribute('data-shared', 'true');
  await expect(cell('net')).toHaveAttribute('data-shared', 'false');
  await expect(cell('ipc')).toHaveAttribute('data-shared', 'false');
  await page.getByRole('button', { name: 'Read as text' }).click();
  const told = page.locator('.map-list > li').filter({ hasText: 'kubia-hostport' }).first();
  await expect(told).toContainText(/its own network net:\[\d+\]/);
  await expect(told).toContainText(/among the node's processes pid:\[\d+\]/);
  await expect(told).toContainText('hostPort kubia-hostport :9000 → 10.244.2.2:8080');
});

test('a packet’s way is played, paused, stepped and skipped from the keyboard', async ({ page }) => {
  await openMap(page, pod('') + service);
  const player = page.getByRole('group', { name: "A packet's way" });
  const status = player.getByRole('status');
  const press = async (name: string): Promise<void> => {
    await player.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };
  await player.locator('select').selectOption({ label: 'client → 192.168.2.206:9000 (hostPort kubia-hostport)' });
  await press('Step');
  await expect(status).toContainText('1/7 client (192.168.2.100) sends a packet to 192.168.2.206:9000');
  await press('Step');
  await expect(status).toContainText('2/7');
  await press('Back');
  await expect(status).toContainText('1/7');
  await press('Play');
  await expect(status).toContainText('2/7');
  await press('Pause');
  const paused = await status.textContent();
  await page.waitForTimeout(2000);
  expect(await status.textContent()).toBe(paused);
  await press('To the end');
  await expect(status).toContainText('7/7 A program in kubia-hostport listens on 8080: connected');
  await expect(page.locator('[data-goal="reached"]')).toHaveAttribute('data-met', 'true');

  await player.locator('select').selectOption({ label: 'client → 192.168.2.205:30081 (nodePort near)' });
  await press('To the end');
  await expect(status).toContainText('waits until it times out');
});

test('the map never scrolls sideways, and stays still with reduced motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openMap(page, pod(''));
  await page.getByLabel('Show the Pods of kube-system as well').check();
  await expect(page.locator('.map .pod')).toHaveCount(10);
  const sideways = await page.evaluate(() => [
    document.documentElement.scrollWidth - document.documentElement.clientWidth,
    ...[...document.querySelectorAll('.map')].map((map) => map.scrollWidth - map.clientWidth),
  ]);
  expect(sideways).toEqual([0, 0]);
  const longest = await page
    .locator('.map .pod')
    .first()
    .evaluate((element) => Number.parseFloat(getComputedStyle(element).transitionDuration));
  expect(longest).toBeLessThanOrEqual(0.001);
});
