import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ruleText } from './format.ts';
import { parseRule } from './parse.ts';

function words(line: string): string[] {
  return [...line.matchAll(/"((?:\\.|[^"])*)"|(\S+)/g)].map((match) => match[1]?.replace(/\\(.)/g, '$1') ?? match[2] ?? '');
}

function again(line: string): string {
  const rule = parseRule(words(line));
  return 'matches' in rule ? ruleText(rule) : JSON.stringify(rule);
}

describe('rules', () => {
  it('as iptables -S prints them are read and printed alike', () => {
    for (const [scene, step] of [
      ['seed-host-port', 14],
      ['node-tools', 50],
    ] as const) {
      const file = new URL(`../../../recordings/cluster/${scene}.json`, import.meta.url);
      const text = (JSON.parse(readFileSync(file, 'utf8')) as { steps: { stdout?: string }[] }).steps[step]?.stdout ?? '';
      const rules = text.split('\n').flatMap((line) => /^-A \S+ (.*)$/.exec(line)?.[1] ?? []);
      expect(rules.length).toBeGreaterThan(30);
      for (const rule of rules) expect(again(rule)).toBe(rule);
    }
  });

  it('as people type them take their canonical form', () => {
    expect(again('-p tcp --dport 80 -j DROP')).toBe('-p tcp -m tcp --dport 80 -j DROP');
    expect(again('-j REJECT -s 10.0.0.5')).toBe('-s 10.0.0.5/32 -j REJECT --reject-with icmp-port-unreachable');
    expect(again('-s 10.244.1.7/24 ! -d 10.0.0.0/8 -o ens37 -j MASQUERADE')).toBe('-s 10.244.1.0/24 ! -d 10.0.0.0/8 -o ens37 -j MASQUERADE');
    expect(again('-m state --state ESTABLISHED,NEW -j ACCEPT')).toBe('-m state --state NEW,ESTABLISHED -j ACCEPT');
    expect(again('-j MARK --or-mark 0x4000')).toBe('-j MARK --set-xmark 0x4000/0x4000');
    expect(again('-p tcp -m multiport --dports 80,443,8000:8080 -j ACCEPT')).toBe('-p tcp -m multiport --dports 80,443,8000:8080 -j ACCEPT');
  });

  it('that cannot be read are named', () => {
    expect(parseRule(['--dport', '80', '-j', 'DROP'])).toEqual({
      kind: 'port-without-protocol',
      word: '--dport',
    });
    expect(parseRule(['-p', 'tcp', '--dport', 'x'])).toEqual({ kind: 'bad-port', word: 'x' });
    expect(parseRule(['-m', 'nonsense'])).toEqual({ kind: 'unknown-match', word: 'nonsense' });
    expect(parseRule(['--what'])).toEqual({ kind: 'unknown-option', word: '--what' });
    expect(parseRule(['-p', 'tcp', '-j'])).toEqual({ kind: 'missing-value', word: '-j' });
  });
});
