// Finds a Chromium on this machine, and installs Debian's when there is none and that is possible.
// Knows nothing of what it will be used for.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { globSync } from 'node:fs';

const wellKnown = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** The command that gives a Debian or Ubuntu machine a browser and Chinese letters. */
export const installCommand = 'apt-get install -y chromium fonts-noto-cjk';

/** Path of a Chromium: CHROME_PATH, else a well-known place, else one that Playwright downloaded. */
export function findChromium(): string | undefined {
  const own = process.env['CHROME_PATH'];
  if (own) return own;
  return wellKnown.find((path) => existsSync(path)) ?? globSync(`${homedir()}/.cache/ms-playwright/chromium-*/chrome-linux*/chrome`).at(-1);
}

/** Chromium's flags for a quiet, offline-minded run; as root it needs to go without its sandbox. */
export const chromiumFlags: readonly string[] = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Makes sure that there is a Chromium.
 *
 * @returns its path, or `undefined` after saying which one command would install it
 */
export function ensureChromium(): string | undefined {
  const found = findChromium();
  if (found) return found;
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (canInstall) {
    console.log(`No browser found; running: ${installCommand}`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
    const args = ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'];
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env });
    const installed = findChromium();
    if (installed) return installed;
  }
  console.error(`The browser journeys need a Chromium. On Debian or Ubuntu, this one command installs it:
  sudo ${installCommand}
or set CHROME_PATH to one that is already there.`);
  return undefined;
}
