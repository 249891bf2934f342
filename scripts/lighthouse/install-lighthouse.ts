// Fetches Lighthouse when it is first wanted. It brings a hundred packages that nothing else here needs, so it is no
// dependency of the project: it lives in node_modules/.cache, in exactly this version.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Lighthouse, Puppeteer } from './lighthouse-types.ts';

const version = '13.5.0';
const folder = resolve('node_modules/.cache/lighthouse');

/** Lighthouse, and the browser driver that it brings. Throws when it is not there and cannot be fetched. */
export async function installLighthouse(): Promise<{ readonly lighthouse: Lighthouse; readonly puppeteer: Puppeteer }> {
  const own = join(folder, 'node_modules/lighthouse/package.json');
  const present = existsSync(own) ? (JSON.parse(readFileSync(own, 'utf8')) as { version: string }).version : undefined;
  if (present !== version) {
    console.log(`Fetching Lighthouse ${version} (once) …`);
    mkdirSync(folder, { recursive: true });
    // Without it npm would take the project for the place to install into.
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    const args = ['install', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error', `lighthouse@${version}`];
    const { status } = spawnSync('npm', args, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
    if (status !== 0) throw new Error('Lighthouse could not be fetched; a network and a package registry are needed once');
  }
  const module = (path: string): Promise<unknown> => import(pathToFileURL(join(folder, 'node_modules', path)).href);
  return {
    lighthouse: (await module('lighthouse/core/index.js')) as Lighthouse,
    puppeteer: ((await module('puppeteer-core/lib/puppeteer/puppeteer-core.js')) as { default: Puppeteer }).default,
  };
}
