// Holds the built site against its size budgets, in brotli bytes. Knows only dist/ and the simulator's
// sources; what a browser really fetches, and when, is measured by bench-page.ts.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';
import { heavyLibraries } from './build/heavy-libraries.ts';

const kilobyte = 1024;
const budgets = {
  /** A page's HTML with its inlined CSS: what comes in the first round trips. */
  html: 14 * kilobyte,
  /** Scripts that run without the reader doing anything. */
  script: 10 * kilobyte,
  /** Everything before interaction. */
  page: 40 * kilobyte,
} as const;

/** What is aimed at and what must not be exceeded meanwhile. A ceiling rises only for what the world could not do before. */
const simulatorBudgets = {
  /**
   * What a keystroke on a Pod's manifest needs: parsing, decoding, defaulting, validation, all checks of goals. The rules for
   * other kinds, for changes and for Pod Security come with the API server (admit.ts).
   */
  keystroke: { aim: 40 * kilobyte, ceiling: 40 * kilobyte },
  /** The whole simulator without the text filters, all commands and descriptions together. */
  simulator: { aim: 120 * kilobyte, ceiling: 551 * kilobyte },
} as const;

const dist = process.env['DIST_DIR'] ?? 'dist';
const base = (process.env['BASE_PATH'] ?? '/').replace(/\/?$/, '/');
const sizeByFile = new Map<string, number>();
const problems: string[] = [];

function compressed(content: string | Uint8Array): number {
  return brotliCompressSync(content).length;
}

function sizeOf(file: string): number {
  const known = sizeByFile.get(file);
  if (known !== undefined) return known;
  const size = existsSync(file) ? compressed(readFileSync(file)) : 0;
  sizeByFile.set(file, size);
  return size;
}

/** The file in dist/ behind an address in a page, or `undefined` for another site's. */
function fileOf(url: string): string | undefined {
  const path = url.split(/[?#]/)[0] ?? '';
  return path.startsWith(base) ? join(dist, path.slice(base.length)) : undefined;
}

/** A script and everything that it imports statically. */
function withImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file) || !existsSync(file)) return seen;
  seen.add(file);
  const code = readFileSync(file, 'utf8');
  for (const [, specifier] of code.matchAll(/(?:^|[;}\s])(?:import|export)\b[^'"`();]*?["'](\.[^"']+)["']/g)) {
    if (specifier) withImports(posix.join(dirname(file), specifier), seen);
  }
  return seen;
}

function attributes(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].map(([, value]) => value ?? '');
}

function check(label: string, size: number, budget: number): void {
  if (size > budget) problems.push(`${label}: ${size} bytes, budget ${budget}`);
}

function pageSizes(file: string): { html: number; script: number; other: number } {
  const html = readFileSync(file, 'utf8');
  const eager = [...html.matchAll(/<astro-island\b[^>]*>/g)].map(([tag]) => tag).filter((tag) => /client="(load|idle|only)"/.test(tag));
  const scripts = new Set<string>();
  const urls = [
    ...attributes(html, /<script\b[^>]*\bsrc="([^"]+)"/g),
    ...attributes(html, /<link\b[^>]*rel="modulepreload"[^>]*href="([^"]+)"/g),
    ...eager.flatMap((tag) => attributes(tag, /(?:component-url|renderer-url|before-hydration-url)="([^"]+)"/g)),
  ];
  for (const url of urls) {
    const script = fileOf(url);
    if (script) withImports(script, scripts);
  }
  const others = [
    ...attributes(html, /<img\b(?![^>]*loading="lazy")[^>]*\bsrc="([^"]+)"/g),
    ...attributes(html, /<link\b[^>]*rel="(?:stylesheet|icon|preload)"[^>]*href="([^"]+)"/g),
  ];
  const sum = (files: Iterable<string>): number => [...files].reduce((total, each) => total + sizeOf(each), 0);
  return {
    html: compressed(html),
    script: sum(scripts),
    other: sum(others.flatMap((url) => fileOf(url) ?? [])),
  };
}

/** Bundles and minifies modules as a page would get them, and gives the bytes on the wire. */
async function bundledSize(entries: readonly string[]): Promise<number> {
  const id = 'virtual:sizes-entry';
  // Names that stand in one module only need no object around each module, which no page has either.
  const code = entries.map((file, index) => `export *${entries.length > 100 ? ` as m${index}` : ''} from ${JSON.stringify(`/${file}`)};`).join('\n');
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      heavyLibraries(),
      {
        name: 'sizes-entry',
        resolveId: (source) => (source === id ? id : null),
        load: (source) => (source === id ? code : null),
      },
    ],
    build: {
      write: false,
      target: 'es2023',
      rolldownOptions: {
        input: id,
        preserveEntrySignatures: 'strict',
        external: [/^just-bash/],
        output: { codeSplitting: false },
      },
      minify: true,
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  return outputs
    .flatMap((each) => ('output' in each ? each.output : []))
    .reduce((total, chunk) => total + (chunk.type === 'chunk' ? compressed(chunk.code) : 0), 0);
}

const notShipped = /\.(test|testing)\.ts$|^src\/sim\/recordings\//;
const simulator = globSync('src/sim/**/*.ts').filter((file) => !notShipped.test(file));
const keystroke = ['src/exercise/verdict.ts', ...globSync('src/exercise/checks/*.ts').filter((file) => !notShipped.test(file))];

const rows: string[] = [];
for (const file of globSync(`${dist}/**/*.html`).sort()) {
  const { html, script, other } = pageSizes(file);
  const name = file.slice(dist.length);
  rows.push(
    `${name.padEnd(56)} html ${String(html).padStart(6)}  script ${String(script).padStart(6)}  all ${String(html + script + other).padStart(6)}`,
  );
  check(`${name} HTML`, html, budgets.html);
  check(`${name} scripts before interaction`, script, budgets.script);
  check(`${name} everything before interaction`, html + script + other, budgets.page);
}
for (const [name, entries, budget] of [
  ['simulator without text filters', simulator, simulatorBudgets.simulator],
  ['what a keystroke needs', keystroke, simulatorBudgets.keystroke],
] as const) {
  const size = await bundledSize(entries);
  rows.push(`${name.padEnd(56)} ${size}, aim ${budget.aim}${size > budget.aim ? ' (not reached yet)' : ''}`);
  check(name, size, budget.ceiling);
}

console.log(rows.join('\n'));
if (problems.length > 0) {
  console.error(`\nOver budget (brotli bytes):\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  process.exitCode = 1;
}
