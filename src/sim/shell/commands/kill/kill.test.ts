import { describe, expect, it } from 'vitest';
import { ShellMachine } from '../../shell-machine.testing.ts';

describe('kill of BusyBox', () => {
  it('counts what it could not signal', async () => {
    const machine = new ShellMachine('busybox');
    const run = (line: string): ReturnType<ShellMachine['run']> => machine.run(`env ${line}`);
    expect(await run('kill')).toEqual({ exitCode: 1, stdout: '', stderr: 'kill: you need to specify whom to kill\n' });
    expect(await run('kill 99999 99998')).toMatchObject({
      exitCode: 2,
      stderr: "kill: can't kill pid 99999: No such process\nkill: can't kill pid 99998: No such process\n",
    });
    expect(await run('kill -9 abc')).toMatchObject({ exitCode: 1, stderr: "kill: invalid number 'abc'\n" });
    expect(await run('kill -FOO 1')).toMatchObject({ exitCode: 1, stderr: "kill: bad signal name 'FOO'\n" });
  });

  it('translates between names and numbers', async () => {
    const machine = new ShellMachine('busybox');
    expect((await machine.run('env kill -l TERM 15 130')).stdout).toBe('15\nTERM\nINT\n');
    expect((await machine.run('env kill -l')).stdout).toMatch(/^ 1\) HUP\n 2\) INT\n[^]*31\) SYS\n34\) RTMIN\n64\) RTMAX\n$/);
  });

  it('lets an init drop what it has no handler for', async () => {
    const machine = new ShellMachine('busybox');
    expect(await machine.run('env kill -9 1; echo $?')).toMatchObject({ stdout: '0\n' });
    expect(machine.machine.init.state).not.toBe('zombie');
  });
});

describe('kill, pgrep, pkill, killall and pidof of Debian', () => {
  it('finds processes by name and by command line', async () => {
    const machine = new ShellMachine();
    const { stdout } = await machine.run(
      'sleep 88 & pgrep -a sleep; pgrep -fx "sleep 8[8]"; pgrep -c sleep; pidof sleep; pkill -e sleep; sleep 0.1; pgrep sleep; echo $?',
    );
    expect(stdout).toMatch(/^(\d+) sleep 88\n\1\n1\n\1\nsleep killed \(pid \1\)\n1\n$/);
  });

  it('complains as the real ones do', async () => {
    const machine = new ShellMachine();
    expect(await machine.run('/bin/kill 99999')).toMatchObject({ exitCode: 1, stderr: '/bin/kill: (99999): No such process\n' });
    expect(await machine.run('pgrep a b')).toMatchObject({
      exitCode: 2,
      stderr: "pgrep: only one pattern can be provided\nTry `pgrep --help' for more information.\n",
    });
    expect(await machine.run('killall nosuch')).toMatchObject({ exitCode: 1, stderr: 'nosuch: no process found\n' });
  });
});

describe('pgrep and pkill of BusyBox', () => {
  it('shows the first word of the command line with -l', async () => {
    const machine = new ShellMachine('busybox');
    const { stdout } = await machine.run('/bin/sleep 88 & pgrep -l sleep; pgrep -af sleep; pgrep -x sleep; pidof sleep');
    expect(stdout).toMatch(/^(\d+) \/bin\/sleep\n(?:\d+ [^\n]*\n)*\1\n$/);
  });

  it('says who has no process', async () => {
    const machine = new ShellMachine('busybox');
    expect(await machine.run('killall sleepy')).toEqual({ exitCode: 1, stdout: '', stderr: 'killall: sleepy: no process killed\n' });
    expect(await machine.run('pkill -x nosuch')).toEqual({ exitCode: 1, stdout: '', stderr: '' });
  });
});
