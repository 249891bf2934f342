import { describe, expect, it } from 'vitest';
import { ShellMachine } from '../../shell-machine.testing.ts';

describe('nsenter and unshare', () => {
  it('give a program a host name of its own', async () => {
    const machine = new ShellMachine();
    expect((await machine.run('unshare -u sh -c "hostname x; hostname"; hostname')).stdout).toBe('x\nserver5-node1\n');
  });

  it('join the namespaces of another process', async () => {
    const machine = new ShellMachine();
    const { stdout } = await machine.run(
      'unshare -u sh -c "hostname inner; exec sleep 9" & sleep 0.1; nsenter -t $! -u hostname; nsenter -t $! -u readlink /proc/self/ns/uts; readlink /proc/$!/ns/uts /proc/1/ns/uts',
    );
    const [name, own, theirs, initial] = stdout.trim().split('\n');
    expect(name).toBe('inner');
    expect(own).toBe(theirs);
    expect(own).not.toBe(initial);
  });

  it('make the first child PID 1 of a new PID namespace', async () => {
    const machine = new ShellMachine();
    expect((await machine.run('unshare --pid --fork --mount-proc ps')).stdout).toBe('    PID TTY          TIME CMD\n      1 ?        00:00:00 ps\n');
  });

  it('map the caller to root of a new user namespace', async () => {
    const machine = new ShellMachine();
    expect((await machine.run('unshare -Ur id -u; unshare -U id -u')).stdout).toBe('0\n65534\n');
  });

  it('complain in the words of their families', async () => {
    const debian = new ShellMachine();
    expect(await debian.run('nsenter -n true')).toMatchObject({
      exitCode: 1,
      stderr: 'nsenter: neither filename nor target pid supplied for ns/net\n',
    });
    expect(await debian.run('nsenter -t 99999 -n true')).toMatchObject({
      exitCode: 1,
      stderr: 'nsenter: cannot open /proc/99999/ns/net: No such file or directory\n',
    });
    expect(await debian.run('unshare -n nosuch')).toMatchObject({
      exitCode: 127,
      stderr: 'unshare: failed to execute nosuch: No such file or directory\n',
    });
    const busybox = new ShellMachine('busybox');
    expect(await busybox.run('nsenter -t 99999 -n true')).toMatchObject({
      exitCode: 1,
      stderr: "nsenter: can't open '/proc/99999/ns/net': No such file or directory\n",
    });
  });
});

describe('lsns', () => {
  it('counts the processes of every namespace and names the lowest', async () => {
    const machine = new ShellMachine();
    const { stdout } = await machine.run('unshare -i sleep 9 & sleep 0.1; lsns -t ipc -o TYPE,NPROCS,COMMAND');
    expect(stdout).toMatch(/^TYPE NPROCS COMMAND\nipc +\d+ init\nipc +1 sleep 9\n$/);
  });

  it('shows one line per namespace of one process', async () => {
    const machine = new ShellMachine();
    const { stdout } = await machine.run('lsns -n -p 1 -o TYPE');
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.trim())
        .sort(),
    ).toEqual(['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts']);
  });

  it('refuses kinds and columns that do not exist', async () => {
    const machine = new ShellMachine();
    expect(await machine.run('lsns -t nope')).toMatchObject({ exitCode: 1, stderr: 'lsns: unknown namespace type: nope\n' });
    expect(await machine.run('lsns -o nope')).toMatchObject({ exitCode: 1, stderr: 'lsns: unknown column: nope\n' });
  });
});
