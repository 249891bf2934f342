import { describe, expect, it } from 'vitest';
import { code, must, testMachine } from '../../machine.testing.ts';
import type { Capability } from '../../process/credentials.ts';
import { PidNamespace } from '../../process/pid-namespace.ts';
import { createPipe } from '../pipe.ts';

/** What containerd gives by default, as far as it matters here. */
const CONTAINER: ReadonlySet<Capability> = new Set<Capability>(['CAP_CHOWN', 'CAP_DAC_OVERRIDE', 'CAP_KILL']);
const asContainer = { effective: CONTAINER, permitted: CONTAINER, bounding: CONTAINER };

describe('/proc', () => {
  it('shows the processes of its PID namespace under their numbers there', () => {
    const { machine, process, read } = testMachine();
    const { vfs, inodes, initial } = machine.kernel;
    const pid = new PidNamespace({ inode: inodes.next(), parent: initial.pid, owner: initial.user });
    const mnt = initial.mnt.clone({ inode: inodes.next(), owner: initial.user });
    const inside = process({ namespaces: { pid, mnt }, argv: ['inside', 'x y'] });
    expect(code(vfs.mount(inside, { source: 'proc', target: '/proc', type: 'proc', options: [] }))).toBe('ok');
    expect(vfs.readlink(inside, '/proc/self')).toBe('1');
    expect(must(vfs.readdir(inside, '/proc')).filter((name) => /^\d+$/.test(name))).toEqual(['1']);
    expect(read('/proc/1/cmdline', inside)).toBe('inside\0x y\0');
    expect(read('/proc/2/status')).toMatch(/^Name:\tinit\n(?:.*\n)*NSpid:\t2\t1\nNSpgid:\t1\t0\n/);
    expect(read('/proc/1/status', inside)).toMatch(/\nPPid:\t0\n(?:.*\n)*NSpid:\t1\n/);
    expect(vfs.readlink(machine.init, '/proc/2/ns/pid')).toBe(`pid:[${pid.inode}]`);
  });

  it('names what it does not count as well, with the rights that it has', () => {
    const { machine, process, read } = testMachine();
    const { vfs } = machine.kernel;
    const names = must(vfs.readdir(machine.init, '/proc/1'));
    expect(names).toHaveLength(54);
    for (const name of ['arch_status', 'clear_refs', 'map_files', 'pagemap', 'timerslack_ns']) expect(names).toContain(name);
    expect(must(vfs.readdir(machine.init, '/proc/1/task/1'))).not.toContain('timers');
    expect(read('/proc/1/ksm_merging_pages')).toBe('0\n');
    const other = process({ credentials: { uid: 1000, effective: new Set(), permitted: new Set() } });
    expect(code(vfs.open(other, '/proc/1/io', { read: true }))).toBe('EACCES');
  });

  it('has no self for readers from outside of its namespace', () => {
    const { machine, process } = testMachine();
    const { vfs, inodes, initial } = machine.kernel;
    const pid = new PidNamespace({ inode: inodes.next(), parent: initial.pid, owner: initial.user });
    const inside = process({ namespaces: { pid } });
    vfs.mount(inside, { source: 'proc', target: '/proc', type: 'proc', options: [] });
    expect(code(vfs.readlink(machine.init, '/proc/self'))).toBe('ENOENT');
  });

  it('lists the namespaces of a process, and opens them', () => {
    const { machine, read } = testMachine();
    const { vfs, initial } = machine.kernel;
    expect(vfs.readdir(machine.init, '/proc/self/ns')).toEqual([
      'cgroup',
      'ipc',
      'mnt',
      'net',
      'pid',
      'pid_for_children',
      'time',
      'time_for_children',
      'user',
      'uts',
    ]);
    expect(vfs.readlink(machine.init, '/proc/self/ns/net')).toBe(`net:[${initial.net.inode}]`);
    expect(must(vfs.open(machine.init, '/proc/1/ns/net', { read: true })).namespace).toBe(initial.net);
    expect(must(vfs.stat(machine.init, '/proc/1/ns/net')).inode).toBe(initial.net.inode);
    expect(read('/proc/self/uid_map')).toBe('         0          0 4294967295\n');
  });

  it('hides links, namespaces and environment of processes that hold more rights', () => {
    const { machine, process, read } = testMachine();
    const { vfs } = machine.kernel;
    const root = process({ credentials: asContainer });
    const user = process({ credentials: { uid: 1000, gid: 0, groups: [], effective: new Set(), permitted: new Set() } });
    for (const path of ['/proc/1/ns/pid', '/proc/1/exe', '/proc/1/cwd', '/proc/1/root']) {
      expect(code(vfs.readlink(root, path))).toBe('EACCES');
      expect(code(vfs.readlink(user, path))).toBe('EACCES');
      expect(code(vfs.readlink(machine.init, path))).toBe('ok');
    }
    expect(code(vfs.open(root, '/proc/1/environ', { read: true }))).toBe('EACCES');
    expect([code(vfs.readdir(root, '/proc/1/ns')), code(vfs.readdir(root, '/proc/1/fd')), code(vfs.readdir(root, '/proc/1/root/'))]).toEqual([
      'EACCES',
      'EACCES',
      'EACCES',
    ]);
    expect(read('/proc/1/comm', user)).toBe('init\n');
    expect(vfs.stat(user, '/proc/1/exe', false)).toMatchObject({ kind: 'symlink', mode: 0o777 });
    const peer = process({ credentials: asContainer });
    expect(vfs.readlink(root, `/proc/${peer.pids[0]?.pid ?? 0}/exe`)).toBe('/sbin/init');
  });

  it('shows open files and the one by which they are listed, and opens pipes again through their links', () => {
    const { machine, process } = testMachine();
    const { vfs } = machine.kernel;
    const pipe = createPipe(77);
    const caller = process();
    pipe.reader.retain();
    pipe.writer.retain();
    caller.files.set(0, pipe.reader);
    caller.files.set(1, pipe.writer);
    expect(vfs.readdir(caller, '/proc/self/fd')).toEqual(['0', '1', '2']);
    expect(vfs.readlink(caller, '/proc/self/fd/2')).toMatch(/^\/proc\/\d+\/fd$/);
    expect(vfs.readlink(caller, '/proc/self/fd/0')).toBe('pipe:[77]');
    expect(must(vfs.stat(caller, '/dev/stdin')).kind).toBe('fifo');
    must(vfs.open(caller, '/dev/stdout', { write: true })).write('hello');
    expect(must(vfs.open(caller, '/dev/stdin', { read: true })).read({ max: 9 })).toBe('hello');
    expect(must(vfs.stat(caller, '/proc/self/fd/0', false)).mode).toBe(0o500);
  });

  it('lets its settings be read by all, written by who may', () => {
    const { machine, process, read, write } = testMachine();
    const { initial } = machine.kernel;
    const weak = process({ credentials: asContainer });
    expect(read('/proc/sys/kernel/hostname')).toBe('node\n');
    expect(code(write('/proc/sys/kernel/hostname', 'other\n', weak))).toBe('EPERM');
    expect(code(write('/proc/sys/kernel/hostname', 'other\n'))).toBe('ok');
    expect(initial.uts.hostname).toBe('other');
    expect(read('/proc/sys/kernel/sem')).toBe('32000\t1024000000\t500\t32000\n');
    expect(code(write('/proc/sys/net/ipv4/ip_forward', '1\n'))).toBe('ok');
    expect(initial.net.sysctls.get('net.ipv4.ip_forward')).toBe('1');
    expect(code(write('/proc/sys/net/ipv4/ip_forward', '1\n', weak))).toBe('EPERM');
  });

  it('shows the network of the process that is asked about', () => {
    const { machine, process, read } = testMachine();
    const other = machine.newNetworkNamespace();
    const inside = process({ namespaces: { net: other } });
    other.interfaces.addBridge('br7');
    expect(read('/proc/net/dev')).not.toContain('br7');
    expect(read('/proc/net/dev', inside)).toContain('br7');
    expect(read(`/proc/${inside.pids[0]?.pid ?? 0}/net/dev`)).toContain('br7');
    expect(must(machine.kernel.vfs.readdir(machine.init, '/sys/class/net'))).toEqual(['lo']);
  });

  it('tells mounts as the process sees them', () => {
    const { process, read } = testMachine();
    const caller = process();
    expect(read('/proc/mounts', caller)).toContain('tmpfs /dev/shm tmpfs rw,nosuid,nodev,relatime 0 0\n');
    caller.fs = { root: '/dev', cwd: '/dev' };
    expect(read(`/proc/${caller.pids[0]?.pid ?? 0}/mounts`)).toContain('tmpfs /shm tmpfs');
  });
});

describe('terminals', () => {
  it('appear below /dev/pts while they are there', () => {
    const { machine, process } = testMachine();
    const { vfs } = machine.kernel;
    let seen = '';
    const tty = machine.terminals.allocate({ onOutput: (text) => (seen += text) });
    expect(vfs.readdir(machine.init, '/dev/pts')).toEqual(['0', 'ptmx']);
    must(vfs.open(machine.init, '/dev/pts/0', { write: true })).write('hi\n');
    expect(seen).toBe('hi\r\n');
    const caller = process();
    caller.tty = tty;
    expect(must(vfs.open(caller, '/dev/tty', { write: true })).tty).toBe(tty);
    tty.hangup();
    expect(code(vfs.open(machine.init, '/dev/pts/0', { read: true }))).toBe('EIO');
  });
});
