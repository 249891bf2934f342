// Speaks a learner's verbs in a real browser, through the documented hooks alone (CONTRIBUTING, "Stable hooks").
// Knows nothing of how the site is made.
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

export type Language = 'zh' | 'en';

export interface TerminalDriver {
  /** Types one line and Enter. */
  type(line: string): Promise<void>;
  /** Presses a key such as `Control+c`. */
  press(key: string): Promise<void>;
  /** Everything the terminal shows. */
  text(): Promise<string>;
  /** Waits until the text matches. */
  shows(pattern: RegExp | string): Promise<void>;
  /** Types a line and gives what it printed, once the prompt is back. */
  run(line: string): Promise<string>;
}

export interface LessonDriver {
  readonly page: Page;
  readonly manifest: Locator;
  readonly verdict: Locator;
  /** Replaces the manifest's whole text. */
  write(text: string): Promise<void>;
  /** Waits until the verdict says so. */
  judged(status: 'broken' | 'refused' | 'accepted' | 'solved'): Promise<void>;
  terminal(observer: string): Promise<TerminalDriver>;
}

/** Opens a lesson such as `network/host-network`. */
export async function openLesson(page: Page, language: Language, lesson: string): Promise<LessonDriver> {
  await page.goto(`${language}/${lesson}/`);
  const manifest = page.locator('[data-lab="manifest"]');
  const verdict = page.locator('[data-lab="verdict"]');
  return {
    page,
    manifest,
    verdict,
    write: (text) => manifest.fill(text),
    judged: (status) => expect(verdict).toHaveAttribute('data-status', status),
    terminal: (observer) => openTerminal(page, observer),
  };
}

async function openTerminal(page: Page, observer: string): Promise<TerminalDriver> {
  const frame = page.locator(`[data-lab="terminal"][data-observer="${observer}"]`);
  if (!(await frame.isVisible())) {
    const tab = page.getByRole('tab', { name: observer, exact: true });
    if (await tab.isVisible()) await tab.click();
    else await page.locator('.deck-more select').selectOption(observer);
  }
  const screen = frame.locator('[data-lab="screen"]');
  const prompt = new RegExp(`\\[root@${observer} ~\\]# $`);
  await frame.click();
  const text = async (): Promise<string> => (await screen.textContent()) ?? '';
  const shows = (pattern: RegExp | string): Promise<void> => expect.poll(text).toMatch(pattern);
  await shows(prompt);
  const type = async (line: string): Promise<void> => {
    await frame.click();
    await page.keyboard.type(line);
    await page.keyboard.press('Enter');
  };
  return {
    type,
    press: (key) => page.keyboard.press(key),
    text,
    shows,
    run: async (line) => {
      const before = (await text()).length;
      await type(line);
      await expect.poll(async () => (await text()).length > before + line.length && prompt.test(await text())).toBe(true);
      return (await text()).slice(before + line.length + 1).replace(prompt, '');
    },
  };
}
