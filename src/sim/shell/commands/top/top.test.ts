import { describe, expect, it } from 'vitest';
import { ShellMachine } from '../../shell-machine.testing.ts';

describe('top of BusyBox', () => {
  it('prints one screen in batch mode', async () => {
    const machine = new ShellMachine('busybox');
    const { stdout, exitCode } = await machine.run('top -bn1');
    expect(stdout).toMatch(
      /^Mem: \d+K used, \d+K free, \d+K shrd, \d+K buff, \d+K cached\nCPU: .* idle .*\nLoad average: .*\n {2}PID {2}PPID USER {5}STAT {3}VSZ %VSZ CPU %CPU COMMAND\n/,
    );
    expect(stdout).toMatch(/^ {4}1 {5}0 root {5}S {5}2580 {2}0\.0 {3}0 {2}0\.0 init$/m);
    expect(exitCode).toBe(0);
  });

  it('draws until q is typed', async () => {
    const terminal = new ShellMachine('busybox').terminal();
    await terminal.type('', 0.2);
    expect(await terminal.type('top\n', 2)).toContain('\u001b[H\u001b[JMem: ');
    expect(await terminal.type('', 6)).toContain('\u001b[H\u001b[JMem: ');
    await terminal.type('q');
    expect(await terminal.type('echo $?\n')).toMatch(/[\r\n]0\r\n/);
  });
});

describe('top of procps', () => {
  it('prints summary and tasks in batch mode', async () => {
    const { stdout } = await new ShellMachine().run('top -bn1');
    expect(stdout).toMatch(
      /^top - \d\d:\d\d:\d\d up .*, {2}0 user, {2}load average: .*\nTasks: +\d+ total, +1 running, +\d+ sleeping, +0 stopped, +0 zombie\n/,
    );
    expect(stdout).toContain('\n    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND\n');
    expect(stdout).toMatch(/^ {6}1 root {6}20 {3}0 {4}2580 /m);
  });

  it('ends with Ctrl-C and gives the terminal back', async () => {
    const terminal = new ShellMachine().terminal();
    await terminal.type('', 0.2);
    await terminal.type('top\n', 1);
    await terminal.type('\u0003');
    expect(await terminal.type('echo $?\n')).toMatch(/[\r\n]0\r\n/);
  });

  it('needs a terminal', async () => {
    expect(await new ShellMachine().run('TERM=xterm top')).toMatchObject({ exitCode: 1, stderr: 'top: failed tty get\n' });
  });
});
