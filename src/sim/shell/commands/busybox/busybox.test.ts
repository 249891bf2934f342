import { describe, expect, it } from 'vitest';
import { ShellMachine } from '../../shell-machine.testing.ts';

describe('busybox', () => {
  it('runs an applet by name', async () => {
    const machine = new ShellMachine('busybox');
    expect((await machine.run('busybox kill -l 9; busybox echo a b')).stdout).toBe('KILL\na b\n');
  });

  it('says what is no applet', async () => {
    const machine = new ShellMachine('busybox');
    expect(await machine.run('busybox nosuch')).toEqual({ exitCode: 127, stdout: '', stderr: 'nosuch: applet not found\n' });
  });

  it('lists its applets in the order of their names', async () => {
    const machine = new ShellMachine('busybox');
    const { stdout } = await machine.run('busybox --list');
    const names = stdout.trim().split('\n');
    expect(names.slice(0, 3)).toEqual(['[', '[[', 'acpid']);
    expect(names).toHaveLength(402);
  });
});
