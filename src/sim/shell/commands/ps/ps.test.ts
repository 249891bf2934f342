import { describe, expect, it } from 'vitest';
import { ShellMachine } from '../../shell-machine.testing.ts';

const lines = (text: string): string[] => text.trimEnd().split('\n');

describe('ps of procps', () => {
  it('shows own processes of the own terminal when nothing is asked for', async () => {
    const machine = new ShellMachine();
    const { stdout, exitCode } = await machine.run('ps');
    const [header, init, last] = lines(stdout);
    expect(header).toBe('    PID TTY          TIME CMD');
    expect(init).toBe('      1 ?        00:00:00 init');
    expect(last).toMatch(/^ +\d+ \? {8}00:00:00 ps$/);
    expect(exitCode).toBe(0);
  });

  it('heads -f and aux as the manual does', async () => {
    const machine = new ShellMachine();
    expect(lines((await machine.run('ps -ef')).stdout)[0]).toBe('UID          PID    PPID  C STIME TTY          TIME CMD');
    const [header, init] = lines((await machine.run('ps aux')).stdout);
    expect(header).toBe('USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND');
    expect(init).toMatch(/^root {11}1 {2}0\.0 {2}0\.0 {3}2580 {2}\d+ \? {8}Ss {3}\d\d:\d\d {3}0:00 init$/);
  });

  it('chooses columns, titles and processes', async () => {
    const machine = new ShellMachine();
    expect((await machine.run('sleep 77 & ps -o args -o ppid=PARENT -C sleep; ps -o pid= -p 1')).stdout).toMatch(
      /^COMMAND {22}PARENT\nsleep 77 {20} +\d+\n {6}1\n$/,
    );
    expect((await machine.run('ps -o pid,,comm')).stderr).toContain('error: improper format list');
  });

  it('lets a wide number borrow the room of the next column', async () => {
    const machine = new ShellMachine();
    machine.machine.init.memory = { virtual: 1_368_740, resident: 105_156 };
    expect(lines((await machine.run('ps aux')).stdout)[1]).toMatch(/^root {11}1 {2}0\.0 {2}0\.4 1368740 105156 \? {6}Ss /);
  });

  it('hangs children under their parents, but not under PID 1', async () => {
    const machine = new ShellMachine();
    const { stdout } = await machine.run('sh -c "sleep 5; true" & sleep 0.1; ps -o args --forest -e');
    expect(stdout).toContain(' \\_ sh -c sleep 5; true\n |   \\_ sleep 5\n');
    expect(stdout).toMatch(/^init$/m);
  });

  it('complains as the real one does', async () => {
    const machine = new ShellMachine();
    const complaint = async (line: string): Promise<string> => {
      const { stderr, exitCode } = await machine.run(line);
      return `${exitCode} ${stderr.split('\n')[0] ?? ''}`;
    };
    expect(await complaint('ps -z')).toBe('1 error: unsupported SysV option');
    expect(await complaint('ps y')).toBe('1 error: unsupported option (BSD syntax)');
    expect(await complaint('ps --nope')).toBe('1 error: unknown gnu long option');
    expect(await complaint('ps -o nope')).toBe('1 error: unknown user-defined format specifier "nope"');
    expect(await complaint('ps -p x')).toBe('1 error: process ID list syntax error');
    expect(await complaint('ps -p 999999')).toBe('1 ');
  });

  it('shows a zombie as defunct', async () => {
    const machine = new ShellMachine();
    const { stdout } = await machine.run('sh -c "sleep 0.1 & exec sleep 3" & sleep 1; ps -o stat,args --ppid $!');
    expect(stdout).toMatch(/^Z +\[sleep\] <defunct>$/m);
  });
});

describe('ps of BusyBox', () => {
  it('ignores the words that others understand', async () => {
    const machine = new ShellMachine('busybox');
    for (const line of ['ps', 'ps aux', 'ps -ef']) {
      const [header, init] = lines((await machine.run(line)).stdout);
      expect(header).toBe('PID   USER     TIME  COMMAND');
      expect(init).toBe('    1 root      0:00 init');
    }
  });

  it('pads all columns but the last', async () => {
    const machine = new ShellMachine('busybox');
    const [header, init] = lines((await machine.run('ps -o pid,ppid,user,comm,args')).stdout);
    expect(header).toBe('PID   PPID  USER     COMMAND          COMMAND');
    expect(init).toBe('    1     0 root     init             init');
  });

  it('names the columns it knows', async () => {
    const machine = new ShellMachine('busybox');
    expect(await machine.run('ps -o nope')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        "ps: bad -o argument 'nope', supported arguments: user,group,comm,args,pid,ppid,pgid,etime,nice,rgroup,ruser,time,tty,vsz,sid,stat,rss\n",
    });
  });

  it('shows only processes of the PID namespace that its /proc shows', async () => {
    const machine = new ShellMachine('busybox');
    expect((await machine.run('unshare -pf --mount-proc ps -o pid,comm')).stdout).toBe('PID   COMMAND\n    1 ps\n');
    expect((await machine.run('unshare -pf ps -o pid,comm')).stdout).toContain('    1 init\n');
  });
});
