import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listAsCommands } from './format.ts';
import { listAsTable } from './format-table.ts';
import { parseRule } from './parse.ts';
import { RuleTable } from './rule-table.ts';
import type { ChainPolicy } from './rule.ts';

interface Recording {
  readonly setup: readonly string[];
  readonly steps: readonly { readonly run: string; readonly stdout: string }[];
}

const recording = JSON.parse(readFileSync(new URL('../../../recordings/tools/iptables-rules.json', import.meta.url), 'utf8')) as Recording;

function words(line: string): string[] {
  return [...line.matchAll(/"((?:\\.|[^"])*)"|'([^']*)'|(\S+)/g)].map((match) => match[1]?.replace(/\\(.)/g, '$1') ?? match[2] ?? match[3] ?? '');
}

function tables(): Readonly<Record<string, RuleTable>> {
  const all: Record<string, RuleTable> = { nat: new RuleTable('nat'), filter: new RuleTable('filter') };
  for (const line of recording.setup) {
    const [, ...rest] = words(line);
    const named = rest[0] === '-t' ? rest.splice(0, 2)[1] : 'filter';
    const table = all[named ?? ''];
    const [action, chain = '', ...more] = rest;
    if (action === '-N') table?.newChain(chain);
    else if (action === '-P') table?.setPolicy(chain, more[0] as ChainPolicy);
    else {
      const rule = parseRule(more);
      if (!('matches' in rule)) throw new Error(`${line}: ${JSON.stringify(rule)}`);
      expect(table?.append(chain, rule)).toBeUndefined();
    }
  }
  return all;
}

describe('rules that were typed', () => {
  for (const step of recording.steps) {
    it(`are listed by ${step.run} as recorded`, () => {
      const options = words(step.run);
      const table = tables()[options[2] ?? ''];
      if (!table) throw new Error('no table');
      const printed = options.includes('-S')
        ? listAsCommands(table.chains())
        : listAsTable(table.chains(), {
            numeric: options.includes('-n'),
            verbose: options.includes('-v'),
            lineNumbers: options.includes('--line-numbers'),
            references: (chain) => table.references(chain),
          });
      expect(printed).toBe(step.stdout);
    });
  }
});
