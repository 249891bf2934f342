// What floods, fills and bombs do to the page: nothing. It answers meanwhile, and Ctrl-C brings the prompt back.
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openLesson } from './driver.ts';

/** The longest that the page was busy in one go, and how often it drew, over some real time. */
function strain(page: Page, milliseconds: number): Promise<{ readonly longest: number; readonly frames: number }> {
  return page.evaluate(async (time) => {
    let longest = 0;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
    });
    observer.observe({ entryTypes: ['longtask'] });
    let frames = 0;
    const begun = performance.now();
    while (performance.now() - begun < time) {
      await new Promise(requestAnimationFrame);
      frames++;
    }
    observer.disconnect();
    return { longest, frames };
  }, milliseconds);
}

/** Generous: a busy machine that plays other journeys at the same time is several times slower than a learner's. */
const LONGEST_TASK = 1_000;

for (const [what, line] of [
  ['a flood of output', 'seq 1 inf'],
  ['an endless loop', 'while :; do :; done'],
  ['a fork bomb', ':(){ :|:& };:'],
  ['a full disk', 'while :; do cat /dev/zero > f; done'],
] as const) {
  test(`${what} leaves the page answering, and Ctrl-C ends it`, async ({ page }) => {
    const lesson = await openLesson(page, 'en', 'network/host-network');
    const terminal = await lesson.terminal('server5-node1');
    await terminal.type(line);
    const { longest, frames } = await strain(page, 1_500);
    expect(longest).toBeLessThan(LONGEST_TASK);
    expect(frames).toBeGreaterThan(5);
    await terminal.press('Control+c');
    await terminal.press('Enter');
    // What a bomb has begun goes on complaining for a while; the shell takes its next line all the same.
    await terminal.type('echo al""ive');
    await expect.poll(terminal.text, { timeout: 30_000 }).toMatch(/^alive$/m);
  });
}

test('a paste of 300,000 characters is cut where it is full, with a word and a place; typing goes on', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const lesson = await openLesson(page, 'en', 'network/host-network');
  await page.evaluate(() => navigator.clipboard.writeText('# 0123456789\n'.repeat(24_000)));
  await lesson.manifest.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+v');
  await expect.poll(async () => (await lesson.manifest.inputValue()).length).toBeGreaterThan(100_000);
  const kept = (await lesson.manifest.inputValue()).length;
  expect(kept).toBeLessThanOrEqual(200_000);
  await expect(lesson.verdict).toContainText('The editor holds at most 200000 characters');
  await expect(lesson.verdict).toContainText(/Line \d+/);
  const { longest } = await strain(page, 500);
  expect(longest).toBeLessThan(LONGEST_TASK);
  await lesson.write('kind: Pod\n');
  await lesson.judged('broken');
  await expect(lesson.verdict).not.toContainText('holds at most');
});

test('damaged storage and a hostile link end in a message; the lesson works', async ({ page }) => {
  await page.addInitScript(() => {
    for (const lesson of ['network/host-network', 'network/node-ports']) localStorage.setItem(`namespace-lab:lesson:${lesson}`, '['.repeat(100_000));
    localStorage.setItem('namespace-lab:theme', '\u0000');
  });
  await page.goto('en/network/host-network/#world=' + 'A'.repeat(50_000));
  await expect(page.getByText('This link cannot be read', { exact: false }).or(page.locator('[data-lab="verdict"]'))).not.toHaveCount(0);
  await page.locator('[data-lab="manifest"]').fill('kind: Pod\n');
  await expect(page.locator('[data-lab="verdict"]')).toHaveAttribute('data-status', 'broken');
});
