import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ShellMachine, type Family } from '../shell-machine.testing.ts';

interface Step {
  readonly run: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Only the first lines were kept: the rest is a usage screen. */
  readonly firstLines?: boolean;
}

function recorded(family: Family): readonly Step[] {
  const url = new URL(`../../recordings/tools/process-${family}.json`, import.meta.url);
  return (JSON.parse(readFileSync(url, 'utf8')) as { readonly steps: readonly Step[] }).steps;
}

/** Leaves out what cannot be equal: numbers, and the blanks that their widths cause. */
function comparable(text: string, step: Step): string {
  const shown = step.firstLines ? (text.split('\n')[0] ?? '') : text;
  return shown
    .replaceAll(/BusyBox v\S+ \([^)]*\)/g, 'BusyBox')
    .replaceAll(/0x[0-9a-f]{8}/g, 'KEY')
    .replaceAll(/\b\d+\b/g, 'N')
    .replaceAll(/ +/g, ' ')
    .replaceAll(/ $/gm, '');
}

describe.each(['busybox', 'debian'] as const)('process and IPC tools of %s', (family) => {
  it.each(recorded(family))('$run', async (step) => {
    const machine = new ShellMachine(family, 'web');
    const ran = await machine.run(step.run);
    expect({ exitCode: ran.exitCode, stdout: comparable(ran.stdout, step), stderr: comparable(ran.stderr, step) }).toEqual({
      exitCode: step.exitCode,
      stdout: comparable(step.stdout, step),
      stderr: comparable(step.stderr, step),
    });
  });
});
