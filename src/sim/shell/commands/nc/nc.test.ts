import { describe, expect, it } from 'vitest';
import { ShellMachine } from '../../shell-machine.testing.ts';

describe('nc of OpenBSD', () => {
  it('carries standard input to a listener', async () => {
    const machine = new ShellMachine();
    const { stdout } = await machine.run('nc -l 7000 & sleep 1; echo hello | nc -N 127.0.0.1 7000; wait');
    expect(stdout).toBe('hello\n');
  });

  it('tells every port of a scan apart', async () => {
    const machine = new ShellMachine();
    const { exitCode, stderr } = await machine.run('nc -lk 7001 & sleep 1; nc -zv 127.0.0.1 7000-7001; code=$?; kill %1; exit $code');
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      'nc: connect to 127.0.0.1 port 7000 (tcp) failed: Connection refused\nConnection to 127.0.0.1 7001 port [tcp/*] succeeded!\n',
    );
  });
});

describe('nc of BusyBox', () => {
  it('keeps silent about a refused connection', async () => {
    const machine = new ShellMachine('busybox');
    expect(await machine.run('nc -zv 127.0.0.1 80')).toEqual({ exitCode: 1, stdout: '', stderr: '' });
    expect(await machine.run('nc 127.0.0.1 foo')).toMatchObject({ exitCode: 1, stderr: "nc: bad port 'foo'\n" });
  });

  it('serves with a program behind -e', async () => {
    const machine = new ShellMachine('busybox');
    const { stdout } = await machine.run('nc -lp 7000 -e echo served & sleep 1; nc 127.0.0.1 7000 < /dev/null');
    expect(stdout).toBe('served\n');
  });
});
