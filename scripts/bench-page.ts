// Measures the built site in a slowed-down browser against the page budgets: how a page arrives, how soon typing and a
// command are answered, how soon the next lesson is there. Prints each measure with its aim and verdict.
// Usage: npm run bench:page [-- --check --runs=3 --only=load,keys,next] [part of a path …]
import { mkdirSync, writeFileSync } from 'node:fs';
import { openBuiltSite } from './built-site.ts';
import { findChromium } from './find-chromium.ts';
import { linesOf, medians, written } from './page-bench/aims.ts';
import type { Line, Measured } from './page-bench/aims.ts';
import { measureKeys } from './page-bench/measure-keys.ts';
import { measureLoad } from './page-bench/measure-load.ts';
import { measureNextLesson } from './page-bench/measure-next-lesson.ts';
import { slowLine } from './page-bench/slow-line.ts';

const given = process.argv.slice(2);
const option = (name: string): string | undefined => given.find((each) => each.startsWith(`--${name}=`))?.split('=')[1];
const wanted = given.filter((each) => !each.startsWith('--'));
const runs = Number(option('runs') ?? 3);
const parts = option('only')?.split(',') ?? ['load', 'keys', 'next'];

const site = await openBuiltSite();
// The root page leads on to a language.
const pages = site.pages.filter((page) => page !== '' && (wanted.length === 0 || wanted.some((part) => page.includes(part))));
const isLesson = (page: string): boolean => /^[\w-]+\/[\w-]+\/[\w-]+\/$/.test(page) && !page.includes('reference');

async function repeat(measure: () => Promise<Measured>): Promise<Measured> {
  const results: Measured[] = [];
  for (let n = 0; n < runs; n += 1) results.push(await measure());
  return medians(results);
}

/** The wait for the next lesson, as prepared by the browser, and in browsers that cannot. */
async function next(url: string): Promise<Measured> {
  const executable = findChromium();
  if (!executable) throw new Error('no browser');
  const { ms, prepared } = await measureNextLesson(executable, url, true);
  if (ms === undefined) return {};
  if (!prepared) console.error(`${url}: the browser did not prepare the next lesson`);
  const without = await measureNextLesson(executable, url, false);
  return { next: ms, ...(without.ms === undefined ? {} : { nextUnprepared: without.ms }) };
}

const lines: Line[] = [];
console.log(`Medians of ${runs} runs; what is slowed down: ${slowLine}.`);
for (const page of pages) {
  const url = site.address + page;
  const measured = {
    ...(parts.includes('load') ? await repeat(() => measureLoad(site.browser, url)) : {}),
    ...(parts.includes('keys') && isLesson(page) ? await repeat(() => measureKeys(site.browser, url)) : {}),
    ...(parts.includes('next') && isLesson(page) ? await next(url) : {}),
  };
  const own = linesOf(page, measured);
  lines.push(...own);
  console.log(`\n${page}\n${own.map((line) => `  ${written(line)}`).join('\n')}`);
}
await site.close();

mkdirSync('bench-results', { recursive: true });
writeFileSync('bench-results/page.json', `${JSON.stringify({ slowLine, runs, lines }, null, 2)}\n`);
const missed = lines.filter(({ kept }) => !kept);
console.log(`\n${lines.length - missed.length} of ${lines.length} within their aims${missed.length === 0 ? '.' : '; missed:'}`);
for (const line of missed) console.log(`  ${line.page.padEnd(34)} ${written(line)}`);
if (given.includes('--check') && missed.length > 0) process.exitCode = 1;
