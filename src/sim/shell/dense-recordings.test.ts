import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { comparableStep } from './dense-comparison.testing.ts';
import { ShellMachine, type Family } from './shell-machine.testing.ts';

interface Step {
  readonly run: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Only the first lines were kept: the rest is a usage screen. */
  readonly firstLines?: boolean;
}

interface Recording {
  /** What makes a machine like the one of the recording. */
  readonly prepare?: readonly string[];
  readonly setup: readonly string[];
  readonly steps: readonly Step[];
}

function recordingOf(name: string): Recording {
  const url = new URL(`../recordings/tools/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as Recording;
}

function plain(text: string): string {
  return text.replaceAll(/BusyBox v\S+ \([^)]*\)/g, 'BusyBox').replaceAll(/multi-call binary[\s\S]*/g, 'multi-call binary');
}

/** Leaves out numbers, keys, and the blanks that their widths cause. */
function withoutNumbers(text: string): string {
  return text
    .replaceAll(/0x[0-9a-f]{8}/g, 'KEY')
    .replaceAll(/\b\d+\b/g, 'N')
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/ $/gm, '');
}

/** Steps that the simulator answers in other words, and how many there are. */
async function played(
  name: string,
  family: Family,
  each: 'one machine' | 'fresh machines',
): Promise<{ readonly all: number; readonly other: readonly string[] }> {
  const { prepare = [], steps } = recordingOf(name);
  const other: string[] = [];
  let machine = new ShellMachine(family, 'web');
  for (const step of steps) {
    if (each === 'fresh machines') machine = new ShellMachine(family, 'web');
    for (const line of [...prepare, 'mkdir /tmp/trial; echo web >/etc/hostname']) await machine.run(line);
    const ran = await machine.run(step.run, { cwd: '/tmp/trial', limit: 20 });
    if (each === 'one machine') await machine.run('rm -rf /tmp/trial');
    const shown = (text: string): string => {
      const kept = plain(step.firstLines ? (text.split('\n')[0] ?? '') : text);
      return each === 'fresh machines' ? withoutNumbers(kept) : kept;
    };
    if (ran.exitCode !== step.exitCode || shown(ran.stdout) !== shown(step.stdout) || shown(ran.stderr) !== shown(step.stderr)) other.push(step.run);
  }
  return { all: steps.length, other };
}

/** The same where each machine is set up as the recording says; name service as there. */
async function playedOnNetworks(name: string, family: Family): Promise<{ readonly all: number; readonly other: readonly string[] }> {
  const { setup, steps } = recordingOf(name);
  const other: string[] = [];
  for (const step of steps) {
    const machine = new ShellMachine(family, 'web');
    for (const line of [
      ...setup,
      'mkdir /tmp/trial',
      'echo web >/etc/hostname',
      'echo 127.0.0.1 localhost >/etc/hosts',
      'echo nameserver 192.168.2.1 >/etc/resolv.conf',
    ])
      await machine.run(line);
    await machine.pass(() => false, 2000);
    const ran = await machine.run(step.run, { cwd: '/tmp/trial', limit: 20 });
    if (comparableStep(ran) !== comparableStep(step)) other.push(step.run);
  }
  return { all: steps.length, other };
}

/** How many steps may differ. It may only go down. */
const DIFFERENT: readonly (readonly [string, Family, 'one machine' | 'fresh machines', number])[] = [
  ['dense-shell-busybox', 'busybox', 'one machine', 14],
  ['dense-shell-bash', 'debian', 'one machine', 21],
  ['dense-tools-busybox', 'busybox', 'fresh machines', 27],
  ['dense-tools-debian', 'debian', 'fresh machines', 75],
  ['dense-more-busybox', 'busybox', 'fresh machines', 23],
  ['dense-more-debian', 'debian', 'fresh machines', 17],
];

const NETWORKS: readonly (readonly [string, Family, number])[] = [
  ['dense-network-busybox', 'busybox', 27],
  ['dense-network-debian', 'debian', 123],
  ['dense-http-debian', 'debian', 33],
];

describe('dense recordings of shells and tools', () => {
  it.each(DIFFERENT)('%s is answered but for a known number of steps', { timeout: 120_000 }, async (...row) => {
    const [name, family, each, most] = row;
    const { all, other } = await played(name, family, each);
    console.log(`${name}: ${all - other.length} of ${all} steps equal; others: ${other.map((line) => line.slice(0, 60)).join(' | ')}`);
    expect(other.length).toBeLessThanOrEqual(most);
  });

  it.each(NETWORKS)('%s is answered but for a known number of steps', { timeout: 240_000 }, async (...row) => {
    const [name, family, most] = row;
    const { all, other } = await playedOnNetworks(name, family);
    console.log(`${name}: ${all - other.length} of ${all} steps equal; others: ${other.map((line) => line.slice(0, 60)).join(' | ')}`);
    expect(other.length).toBeLessThanOrEqual(most);
  });
});
