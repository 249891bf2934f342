// Re-adds to package-lock.json the platform packages that a registry without them made npm leave out, so that
// `npm ci` passes everywhere; strips the addresses of registries. Run it after each change of the lock.
import { readFileSync, writeFileSync } from 'node:fs';

const file = 'package-lock.json';
const lock = JSON.parse(readFileSync(file, 'utf8'));

const osNames = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const cpuNames = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'ppc64le', 'riscv64', 's390x', 'wasm32', 'x64'];

/** What the name of a platform package says: `@esbuild/darwin-arm64` → os darwin, cpu arm64. */
function platform(name) {
  const words = name.split('/').at(-1).split(/[-_.]/);
  const os = osNames.filter((known) => words.includes(known) || (known === 'win32' && words.includes('windows')));
  const cpu = cpuNames.filter((known) => words.includes(known));
  const libc = words.includes('musl') ? ['musl'] : words.includes('gnu') ? ['glibc'] : [];
  return {
    ...(os.length ? { os } : {}),
    ...(cpu.length ? { cpu } : {}),
    ...(libc.length && os.includes('linux') ? { libc } : {}),
  };
}

/** Where npm looks for `name` when `from` asks for it: the nearest node_modules on the way up. */
function resolve(from, name) {
  for (let at = from; ; at = at.slice(0, at.lastIndexOf('node_modules/')).replace(/\/$/, '')) {
    const key = `${at}${at ? '/' : ''}node_modules/${name}`;
    if (lock.packages[key]) return { key, version: lock.packages[key].version };
    if (at === '') return undefined;
  }
}

const exact = /^\d+\.\d+\.\d+(?:[-+][\w.-]+)?$/;
const added = [];
for (const [from, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const found = resolve(from, name);
    if (found?.version === version || (found && !exact.test(version))) continue;
    if (!exact.test(version)) {
      console.warn(`left out: ${name}@${version} (wanted by ${from || 'the project'}) is not an exact version`);
      continue;
    }
    const where = platform(name);
    if (!where.os && !where.cpu) {
      console.warn(`left out: ${name}@${version} (wanted by ${from || 'the project'}) names no platform`);
      continue;
    }
    const key = `${found && from ? `${from}/` : ''}node_modules/${name}`;
    lock.packages[key] = { version, ...where, optional: true, ...(entry.dev ? { dev: true } : {}) };
    added.push(name);
  }
}
for (const entry of Object.values(lock.packages)) delete entry.resolved;

const [root, ...rest] = Object.entries(lock.packages);
rest.sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries([root, ...rest]);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added.length} platform packages added to ${file}`);
