import { describe, expect, it } from 'vitest';
import { ShellMachine } from '../../shell-machine.testing.ts';

describe('System V IPC objects at the command line', () => {
  it('are made, listed and removed', async () => {
    const machine = new ShellMachine();
    expect((await machine.run('ipcmk -M 1k -p 600; ipcmk -Q; ipcmk -S 3')).stdout).toBe(
      'Shared memory id: 0\nMessage queue id: 0\nSemaphore id: 0\n',
    );
    expect((await machine.run('ipcs')).stdout).toMatch(
      /^\n------ Message Queues --------\nkey {8}msqid {6}owner {6}perms {6}used-bytes {3}messages {4}\n0x[0-9a-f]{8} 0 {10}root {7}644 {8}0 {12}0 {11} ?\n\n------ Shared Memory Segments --------\n[^\n]*\n0x[0-9a-f]{8} 0 {10}root {7}600 {8}1024 {7}0 +\n\n------ Semaphore Arrays --------\n[^\n]*\n0x[0-9a-f]{8} 0 {10}root {7}644 {8}3 +\n\n$/,
    );
    expect(await machine.run('ipcrm -m 0 -q 0 -s 0; ipcrm -m 0')).toMatchObject({ exitCode: 1, stderr: 'ipcrm: invalid id (0)\n' });
  });

  it('belong to one IPC namespace', async () => {
    const machine = new ShellMachine();
    await machine.run('ipcmk -M 100');
    expect((await machine.run('unshare -i ipcs -m')).stdout).toBe(
      '\n------ Shared Memory Segments --------\nkey        shmid      owner      perms      bytes      nattch     status      \n\n',
    );
  });

  it('are summed up in the words of each family', async () => {
    expect((await new ShellMachine().run('ipcs -q -l')).stdout).toContain('------ Messages Limits --------\nmax queues system wide = 32000\n');
    const busybox = new ShellMachine('busybox');
    expect((await busybox.run('ipcs -q -l')).stdout).toContain('------ Messages: Limits --------\nmax queues system wide = 32000\n');
    expect((await busybox.run('ipcs -m -l')).stdout).toContain(
      'max seg size (kbytes) = 18014398509465599\nmax total shared memory (pages) = 18446744073692774399\n',
    );
  });
});
