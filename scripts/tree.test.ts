// The tree keeps the house style: names, sizes, openings, no dumping grounds.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const code = globSync('{src,scripts,content}/**/*.{ts,tsx}').filter((file) => !file.startsWith('src/sim/recordings/'));
const ours = code.filter((file) => !/\.d\.ts$/.test(file));
const base = (file: string): string => file.split('/').at(-1) ?? '';

describe('the tree', () => {
  it('names every .ts file in kebab-case', () => {
    // Names below src/pages are addresses, with Astro's brackets for parameters and the ending that is served.
    const named = ours.filter((file) => !/^src\/pages\/(.*\[\w+\](\.\w+)?|.*[a-z]\.json)\.ts$/.test(file));
    const odd = named.filter((file) => file.endsWith('.ts') && !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|testing|config))?\.ts$/.test(base(file)));
    expect(odd).toEqual([]);
  });

  it('has no folder for odds and ends', () => {
    const folders = new Set(ours.flatMap((file) => file.split('/').slice(0, -1)));
    expect(['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'lib'].filter((name) => folders.has(name))).toEqual([]);
  });

  it('has no barrel file', () => {
    const barrels = ours
      .filter((file) => /^index\.tsx?$/.test(base(file)))
      .filter((file) => {
        const statements = readFileSync(file, 'utf8')
          .replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '')
          .split(';')
          .map((statement) => statement.trim())
          .filter(Boolean);
        return statements.length > 0 && statements.every((statement) => /^export (type )?[*{][\s\S]* from /.test(statement));
      });
    expect(barrels).toEqual([]);
  });

  it('opens every file with what it does', () => {
    const silent = ours.filter((file) => !/\.test\.ts$/.test(file)).filter((file) => !/^(\/\/|\/\*)/.test(readFileSync(file, 'utf8')));
    expect(silent).toEqual([]);
  });

  it('imports relative files with their extension', () => {
    const bare = ours.filter((file) =>
      /from\s+['"]\.{1,2}\/[^'"]*(?<!\.(?:ts|tsx|mjs|json|astro|css|yaml|md|mdx|svg|txt)(?:\?\w+)?)['"]/.test(readFileSync(file, 'utf8')),
    );
    expect(bare).toEqual([]);
  });

  it('keeps registry addresses out of what is committed', () => {
    const lock = readFileSync('package-lock.json', 'utf8');
    expect(lock).not.toContain('"resolved"');
    expect(readFileSync('.npmrc', 'utf8')).not.toMatch(/registry\s*=/);
  });

  it('carries a licence for the code and one for the content', () => {
    expect(existsSync('LICENSE') && existsSync('content/LICENSE')).toBe(true);
  });
});
