import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ShellMachine } from '../shell-machine.testing.ts';

interface ToolRecording {
  readonly steps: readonly { readonly run: string; readonly exitCode: number; readonly stdout: string; readonly stderr: string }[];
}

function recording(name: string): ToolRecording {
  return JSON.parse(readFileSync(new URL(`../../recordings/tools/${name}.json`, import.meta.url), 'utf8')) as ToolRecording;
}

/** Pairs of the recorded and the simulated answer that differ. */
async function differences(family: 'debian' | 'busybox', name: string, through = (line: string): string => line): Promise<unknown[]> {
  const machine = new ShellMachine(family);
  const found: unknown[] = [];
  for (const { run, ...expected } of recording(name).steps) {
    await machine.run('rm -rf /tmp/trial; mkdir /tmp/trial');
    const actual = await machine.run(through(run), { cwd: '/tmp/trial' });
    if (JSON.stringify(actual) !== JSON.stringify({ exitCode: expected.exitCode, stdout: expected.stdout, stderr: expected.stderr }))
      found.push({ run, expected, actual });
  }
  return found;
}

describe('the shells and their text tools', () => {
  it('answer on nodes as bash and the GNU tools did', { timeout: 120_000 }, async () => {
    expect(await differences('debian', 'shell-bash')).toEqual([]);
  });

  it('answer in Debian images as dash did', { timeout: 120_000 }, async () => {
    const quoted = (line: string): string => `exec sh -c '${line.replaceAll("'", "'\\''")}'`;
    expect(await differences('debian', 'shell-dash', quoted)).toEqual([]);
  });

  it('answer in containers as BusyBox did', { timeout: 120_000 }, async () => {
    expect(await differences('busybox', 'shell-busybox')).toEqual([]);
  });
});

describe('a shell', () => {
  it('becomes the last command of `sh -c`, so that it has no process of its own left', async () => {
    const machine = new ShellMachine('busybox');
    const { stdout } = await machine.run("sleep 3 & ps -o pid,args | grep -c '[s]h -c'; exec ps -o args");
    expect(stdout.split('\n').filter((line) => line.startsWith('sh -c'))).toEqual([]);
  });

  it('lets an endless loop be interrupted by its time limit', async () => {
    const machine = new ShellMachine('debian');
    expect(await machine.run('timeout 1 bash -c "while true; do :; done"; echo $?', { limit: 30 })).toMatchObject({ stdout: '124\n' });
  });

  it('survives a fork bomb in the background', { timeout: 60_000 }, async () => {
    const machine = new ShellMachine('debian');
    await machine.run(':(){ :|:& };:', { limit: 1 });
    await machine.pass(() => false, 3_000);
    expect(await machine.run('echo alive')).toMatchObject({ stdout: 'alive\n' });
  });

  it('stops recursion that never ends', async () => {
    const machine = new ShellMachine('debian');
    expect(await machine.run('f() { f; }; f; echo no')).toMatchObject({
      exitCode: 139,
      stdout: '',
      stderr: '',
    });
  });

  it('refuses a variable that would fill the memory', async () => {
    const machine = new ShellMachine('debian');
    const { stderr } = await machine.run('x=aaaaaaaaaaaaaaaa; while true; do x=$x$x; done', { limit: 5 });
    expect(stderr).toBe('bash: xrealloc: cannot allocate 8388736 bytes\n');
  });

  it('runs programs although a signal is ignored', async () => {
    const machine = new ShellMachine('busybox');
    expect(await machine.run('sh -c "trap \'\' INT; for i in 1 2; do hostname; done" | wc -l')).toMatchObject({ stdout: '2\n', stderr: '' });
  });

  it('is ended by the kernel where a program holds more than there is', async () => {
    const machine = new ShellMachine('busybox');
    expect(await machine.run('tail /dev/zero; echo $?', { limit: 60 })).toMatchObject({ stdout: '137\n' });
  });

  it('passes a stream on while it is being written', async () => {
    const machine = new ShellMachine('debian');
    const { stdout } = await machine.run('(echo one; sleep 100; echo two) | grep -m1 one; echo over', { limit: 200 });
    expect(stdout).toBe('one\nover\n');
  });
});
