// Installs the dependencies when they are missing or differ from the lock file. Runs on any Node from 20 on,
// before anything is installed, so it uses nothing but Node itself.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const lock = 'package-lock.json';
const installed = 'node_modules/.package-lock.json';

/** Whether node_modules holds what the lock file asks for; packages for other platforms may be absent. */
function isCurrent() {
  if (!existsSync(installed)) return false;
  const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const present = packagesOf(installed);
  return Object.entries(packagesOf(lock)).every(
    ([path, { version, optional }]) => path === '' || present[path]?.version === version || (optional && !present[path]),
  );
}

/** Runs npm the way it was called: as `npm ci`, by the same npm that runs this script. */
function npmCi() {
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund'];
  return npm
    ? spawnSync(process.execPath, [npm, ...args], { stdio: 'inherit' })
    : spawnSync('npm', args, { stdio: 'inherit', shell: process.platform === 'win32' });
}

if (!isCurrent()) {
  console.log('Installing dependencies (once; a minute or two) …');
  const { status } = npmCi();
  if (status !== 0) {
    console.error('npm ci failed; see above. A network and a package registry are needed once.');
    process.exit(status ?? 1);
  }
}

// From here on `node` is node_modules/.bin/node where that package has a build for this machine (npm puts
// that directory first on PATH), otherwise the system's, which must strip types by itself.
const { stdout } = spawnSync('node', ['--version'], {
  encoding: 'utf8',
  shell: process.platform === 'win32',
});
const [major = 0, minor = 0] = (stdout ?? '').replace(/^v/, '').split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`Node 22.18 or newer is needed here, found ${(stdout ?? 'none').trim()}.`);
  process.exit(1);
}
