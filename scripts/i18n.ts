// Translators' commands: what is to be done, what changed, and taking down that it was done.
// Usage: npm run i18n:status [-- --check] · i18n:diff [-- FILE …] · i18n:accept -- FILE … [--only="block 7"] ·
// i18n:same -- content/…/zh.mdx [--from=OLD-FILE]
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { accept, keepMeaning } from './i18n/accept.ts';
import { hashOf, partsOf } from './i18n/blocks.ts';
import { diffLines, reviewAll, statusLines } from './i18n/review.ts';
import type { Review, Task } from './i18n/review.ts';

const content = process.env['CONTENT_DIR'] ?? 'content';
const [command = 'status', ...given] = process.argv.slice(2);
const files = given.filter((each) => !each.startsWith('--')).map((file) => file.replaceAll('\\', '/').replace(/^\.\//, ''));
const option = (name: string): string | undefined => given.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3);

/** Versions of a file that git knows, newest first; none outside of a repository. */
function versions(file: string): readonly string[] {
  const log = spawnSync('git', ['log', '--format=%H', '--', file], { encoding: 'utf8' });
  const commits = log.status === 0 ? log.stdout.split('\n').filter(Boolean) : [];
  return commits.flatMap((commit) => {
    const shown = spawnSync('git', ['show', `${commit}:./${file}`], { encoding: 'utf8' });
    return shown.status === 0 ? [shown.stdout] : [];
  });
}

/** The source's wording when it was translated, where git still has it: a help for the eye, nothing depends on it. */
function earlierWording({ sourceFile }: Review): (task: Task) => string | undefined {
  const textByHash = new Map<string, string>();
  for (const text of versions(sourceFile)) {
    if (!sourceFile.endsWith('.mdx')) continue;
    const { fields, blocks } = partsOf(text);
    for (const part of [...fields.values(), ...blocks]) textByHash.set(part.hash, part.text);
  }
  return ({ recorded }) => (recorded === undefined ? undefined : textByHash.get(recorded));
}

function run(): number {
  switch (command) {
    case 'status': {
      const reviews = reviewAll(content);
      console.log(statusLines(reviews).join('\n'));
      return given.includes('--check') && reviews.some(({ state }) => state !== 'current') ? 1 : 0;
    }
    case 'diff': {
      const wanted = reviewAll(content).filter(({ file }) => files.length === 0 || files.includes(file));
      for (const review of wanted.filter(({ tasks }) => tasks.length > 0)) console.log(diffLines(review, earlierWording(review)).join('\n'));
      return 0;
    }
    case 'accept': {
      if (files.length === 0) throw new Error('which file? For example: npm run i18n:accept -- content/pages/teach/en.mdx');
      const only = option('only');
      for (const file of files) accept(file, only === undefined ? [] : [only]);
      return 0;
    }
    case 'same': {
      for (const file of files) {
        const from = option('from');
        const old = from === undefined ? execFileSync('git', ['show', `HEAD:./${file}`], { encoding: 'utf8' }) : readFileSync(from, 'utf8');
        if (hashOf(old, true) === hashOf(readFileSync(file, 'utf8'), true))
          throw new Error(`${file} is as it was; change it first, or name the earlier text by --from`);
        console.log(`${file}: ${String(keepMeaning(file, partsOf(old)))} changes keep the meaning`);
      }
      return 0;
    }
    default:
      throw new Error(`${command}? There are status, diff, accept and same.`);
  }
}

try {
  process.exitCode = run();
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exitCode = 2;
}
