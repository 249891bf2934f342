// The first page: three switches that work at first paint, what they show, and one's own progress beside the lessons.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';

const switches = ['hostNetwork', 'hostPID', 'hostIPC'] as const;
const words = {
  zh: { shared: ['住在节点的网络里', '看得见节点的进程', '用节点的 IPC'], own: ['自己的网络', '自己的进程', '自己的 IPC'] },
  en: {
    shared: ["in the node's network", "among the node's processes", "in the node's IPC"],
    own: ['its own network', 'its own processes', 'its own IPC'],
  },
} as const;
/** What only the node's answer to each command holds, and what only the Pod's own holds. */
const outputs = [
  { command: 'ifconfig', shared: 'ens37', own: 'eth0' },
  { command: 'ps -o pid,user,comm', shared: 'kubelet', own: /^ *1 root +sleep/m },
  { command: 'ipcs -m', shared: '4096', own: /status *\s*$/ },
] as const;

async function seen(page: Page, command: string): Promise<string> {
  const shown = page.getByRole('group', { name: command, exact: true }).filter({ visible: true });
  await expect(shown).toHaveCount(1);
  return (await shown.textContent()) ?? '';
}

for (const language of ['zh', 'en'] as const) {
  test.describe(`without scripts, in ${language}`, () => {
    test.use({ javaScriptEnabled: false });

    test('each of the eight combinations names the picture and shows its outputs', async ({ page }) => {
      await page.goto(`${language}/`);
      for (let bits = 0; bits < 8; bits += 1) {
        for (const [index, name] of switches.entries()) await page.getByRole('switch', { name }).setChecked((bits & (1 << index)) !== 0);
        const picture = page.getByRole('img', { name: words[language][bits & 1 ? 'shared' : 'own'][0] });
        await expect(picture).toHaveCount(1);
        for (const [index, { command, shared, own }] of outputs.entries()) {
          const on = (bits & (1 << index)) !== 0;
          const told = words[language];
          await expect(picture).toHaveAccessibleName(new RegExp(on ? (told.shared[index] ?? '') : (told.own[index] ?? '')));
          await expect(picture).not.toHaveAccessibleName(new RegExp((on ? told.own[index] : told.shared[index]) ?? ''));
          expect(await seen(page, command)).toMatch(on ? shared : own);
        }
      }
    });
  });
}

test('a switch is turned with the space bar and says its state', async ({ page, isMobile }) => {
  test.skip(isMobile, 'a keyboard');
  await page.goto('en/');
  const network = page.getByRole('switch', { name: 'hostNetwork' });
  await expect(network).toBeChecked();
  await network.focus();
  await page.keyboard.press('Space');
  await expect(network).not.toBeChecked();
  expect(await seen(page, 'ifconfig')).toContain('eth0');
});

test('no line of the outputs is cut off on a laptop', async ({ page, isMobile }) => {
  test.skip(isMobile, 'a wide window');
  await page.goto('zh/');
  for (const name of switches) await page.getByRole('switch', { name }).setChecked(true);
  for (const { command } of outputs) {
    const pane = page.getByRole('group', { name: command, exact: true }).filter({ visible: true });
    expect(await pane.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  }
});

test('lessons show what this reader has begun and solved', async ({ page }) => {
  await page.goto('en/');
  await page.evaluate(() => {
    const keep = (lesson: string, value: object): void =>
      localStorage.setItem(`namespace-lab:lesson:${lesson}`, JSON.stringify({ version: 1, ...value }));
    keep('network/host-network', { solved: true });
    keep('network/node-ports', { files: { 'kubia-hostport.yaml': 'a: 1' } });
  });
  await page.reload();
  await expect(page.locator('[data-progress="network/host-network"]')).toContainText('done');
  await expect(page.locator('[data-progress="network/node-ports"]')).toContainText('started');
  await expect(page.locator('[data-progress="processes/host-pid-and-ipc"] .done-word')).toBeEmpty();
});

test('teachers and translators find their pages in both languages', async ({ page }) => {
  for (const language of ['zh', 'en']) {
    for (const path of ['teach', 'translate']) {
      await page.goto(`${language}/`);
      await page.locator(`.ways a[href$="/${language}/${path}/"]`).click();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page).toHaveURL(new RegExp(`/${language}/${path}/$`));
    }
  }
});
