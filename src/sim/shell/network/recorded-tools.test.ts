import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ShellMachine, type Family } from '../shell-machine.testing.ts';

interface Step {
  readonly run: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Recording {
  readonly setup: readonly string[];
  readonly steps: readonly Step[];
}

function recordingOf(name: string): Recording {
  return JSON.parse(readFileSync(new URL(`../../recordings/tools/${name}.json`, import.meta.url), 'utf8')) as Recording;
}

/** Leaves out what cannot be equal: hardware addresses, what is made of them, and how long something took. */
function comparable(text: string): string {
  const macs: string[] = [];
  return text
    .replaceAll(/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/gi, (mac) => {
      if (/^(00:){5}|^(ff:){5}|^02:00/.test(mac)) return mac;
      if (!macs.includes(mac)) macs.push(mac);
      return `MAC${macs.indexOf(mac)}`;
    })
    .replaceAll(/\b8000\.[0-9a-f]{12}\b/g, 'BRIDGE')
    .replaceAll(/fe80::[0-9a-f:]+/g, 'LINK-LOCAL')
    .replaceAll(/after \d+ ms/g, 'after N ms')
    .replaceAll(/BusyBox v\S+ \([^)]*\)/g, 'BusyBox')
    .replaceAll(/[\d.]+ ms|[\d./]+(?= ms)/g, 'N ms')
    .replaceAll(/time=[\d.]+/g, 'time=N')
    .replaceAll(/Usage:\s[\s\S]*/g, 'Usage');
}

const PLAYED: readonly (readonly [string, Family])[] = [
  ['network-debian', 'debian'],
  ['network-busybox', 'busybox'],
  ['netns-debian', 'debian'],
  ['netns-busybox', 'busybox'],
];

describe.each(PLAYED)('the recording %s in one namespace, step by step', (name, family) => {
  const recording = recordingOf(name);
  const machine = new ShellMachine(family, 'server5-node1');

  beforeAll(async () => {
    for (const line of recording.setup) await machine.run(line);
  });

  it.each(recording.steps)('$run', async (step) => {
    const ran = await machine.run(step.run);
    expect({ exitCode: ran.exitCode, stdout: comparable(ran.stdout), stderr: comparable(ran.stderr) }).toEqual({
      exitCode: step.exitCode,
      stdout: comparable(step.stdout),
      stderr: comparable(step.stderr),
    });
  });
});
