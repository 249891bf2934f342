// Measures what a reader waits for after a click on the link to the next lesson, with the browser's own way of preparing
// pages at work. It speaks to the browser directly and through the tab: attached to a page, developer tools switch that off.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromiumFlags } from '../find-chromium.ts';
import { median } from './aims.ts';

/** How long a pointer rests on the link before it clicks; readers take longer. */
const restMs = 400;
const clicks = 5;

export interface NextLesson {
  /** Milliseconds from the click to the next page's first paint; `undefined` where there is no next lesson. */
  readonly ms: number | undefined;
  /** Whether the browser had the page ready each time. */
  readonly prepared: boolean;
}

interface Answer {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly sessionId?: string; readonly targetInfo?: { readonly type: string; readonly subtype?: string } };
  readonly result?: never;
  readonly error?: { readonly message: string };
}

type Send = (method: string, params?: object, sessionId?: string) => Promise<never>;

/** A browser of its own, spoken to over its debugging port. */
async function startBrowser(
  executable: string,
): Promise<{ send: Send; listen: (hear: (answer: Answer) => void) => void; close: () => Promise<void> }> {
  const profile = mkdtempSync(join(tmpdir(), 'namespace-lab-next-'));
  const flags = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, '--window-size=1440,900', '--mute-audio'];
  const browser = spawn(executable, [...flags, ...chromiumFlags, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    browser.stderr.on('data', (data: Buffer) => {
      said += String(data);
      const found = /listening on (ws:\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
    browser.once('exit', () => reject(new Error(`the browser ended: ${said}`)));
  });
  const socket = new WebSocket(address);
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>();
  const ears: ((answer: Answer) => void)[] = [];
  let sent = 0;
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer;
    const asked = answer.id === undefined ? undefined : waiting.get(answer.id);
    if (!asked) return ears.forEach((hear) => hear(answer));
    if (answer.error) asked.reject(new Error(answer.error.message));
    else asked.resolve(answer.result as never);
  });
  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        const id = (sent += 1);
        waiting.set(id, { resolve, reject });
        socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
      }),
    listen: (hear) => ears.push(hear),
    close: async () => {
      socket.close();
      const ended = new Promise((resolve) => browser.once('exit', resolve));
      browser.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Runs in the page with the link: brings it into view and has the click's time noted. */
function aimAtLink(): { readonly x: number; readonly y: number } | undefined {
  const link = document.querySelector('a[rel="next"]');
  if (!link) return undefined;
  link.scrollIntoView({ block: 'center' });
  addEventListener('click', ({ timeStamp }) => sessionStorage.setItem('bench-click', String(performance.timeOrigin + timeStamp)), true);
  const { x, y, width, height } = link.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}

/** Runs in the page that was clicked to. */
function readTimes(): { readonly ms: number; readonly prepared: boolean } | undefined {
  const clicked = sessionStorage.getItem('bench-click');
  const [navigation] = performance.getEntriesByType('navigation') as (PerformanceNavigationTiming & { activationStart?: number })[];
  const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
  if (clicked === null || paint === undefined || document.querySelector('.lesson') === null) return undefined;
  return { ms: performance.timeOrigin + paint - Number(clicked), prepared: (navigation?.activationStart ?? 0) > 0 };
}

/** Runs before a page's own scripts: a browser that knows no speculation rules. */
function forgetSpeculation(): void {
  HTMLScriptElement.supports = (type) => type !== 'speculationrules' && (type === 'classic' || type === 'module');
}

/**
 * Clicks on to the next lesson from `url`, several times, each time from a fresh browser.
 *
 * @param able whether the browser can prepare pages; else it is made to know nothing of it
 */
export async function measureNextLesson(executable: string, url: string, able: boolean): Promise<NextLesson> {
  const times: { readonly ms: number; readonly prepared: boolean }[] = [];
  for (let n = 0; n < clicks; n += 1) {
    const time = await clickOnce(executable, url, able);
    if (!time) return { ms: undefined, prepared: false };
    times.push(time);
  }
  return { ms: median(times.map(({ ms }) => ms)), prepared: times.every(({ prepared }) => prepared) };
}

async function clickOnce(executable: string, url: string, able: boolean): Promise<{ readonly ms: number; readonly prepared: boolean } | undefined> {
  const { send, listen, close } = await startBrowser(executable);
  try {
    const pages: { readonly session: string; readonly ahead: boolean }[] = [];
    listen(({ method, params }) => {
      if (method !== 'Target.attachedToTarget' || params?.targetInfo?.type !== 'page') return;
      pages.push({ session: params.sessionId ?? '', ahead: params.targetInfo.subtype === 'prerender' });
    });
    const { targetInfos } = (await send('Target.getTargets', { filter: [{ type: 'tab' }] })) as { targetInfos: { targetId: string }[] };
    const { sessionId: tab } = (await send('Target.attachToTarget', { targetId: targetInfos[0]?.targetId, flatten: true })) as { sessionId: string };
    await send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true }, tab);
    const session = pages.find(({ ahead }) => !ahead)?.session;
    if (session === undefined) throw new Error('the browser has no page');
    const call = async <Result>(run: () => Result, at: string): Promise<Result> => {
      const answer = await send('Runtime.evaluate', { expression: `(${String(run)})()`, returnByValue: true }, at);
      return (answer as { result: { value: Result } }).result.value;
    };
    await send('Page.enable', {}, session);
    if (!able) await send('Page.addScriptToEvaluateOnNewDocument', { source: `(${String(forgetSpeculation)})()` }, session);
    await send('Page.navigate', { url }, session);
    await pause(1500);
    const place = await call(aimAtLink, session);
    if (!place) return undefined;
    const mouse = (type: string, more: object = {}): Promise<never> => send('Input.dispatchMouseEvent', { type, ...place, ...more }, session);
    await mouse('mouseMoved');
    await pause(restMs);
    const button = { button: 'left', clickCount: 1 };
    await mouse('mousePressed', button);
    // The page that this session belongs to may be gone with the click.
    void mouse('mouseReleased', button).catch(() => undefined);
    for (let n = 0; n < 50; n += 1) {
      await pause(100);
      for (const page of pages) {
        const read = call(readTimes, page.session).catch(() => undefined);
        const found = await Promise.race([read, pause(500)]);
        if (found) return found;
      }
    }
    throw new Error(`no page came after the click on ${url}`);
  } finally {
    await close();
  }
}
