import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { isErrno } from '../errno.ts';
import { code, must, testMachine } from '../machine.testing.ts';
import { reapForever } from '../process/reaper.ts';
import type { Capability } from '../process/credentials.ts';

const nobody = { uid: 1000, gid: 1000, groups: [], effective: new Set<Capability>(), permitted: new Set<Capability>() };

describe('paths', () => {
  it('follows links, dots and doubled slashes to one canonical name', () => {
    const { machine } = testMachine({ '/usr/bin/tool': 'x', '/bin': { link: 'usr/bin' }, '/usr/up': { link: '../bin/./tool' } });
    const { vfs } = machine.kernel;
    expect(vfs.realpath(machine.init, '//bin//../bin/tool')).toBe('/usr/bin/tool');
    expect(vfs.realpath(machine.init, '/usr/up')).toBe('/usr/bin/tool');
    expect(vfs.readlink(machine.init, '/bin')).toBe('usr/bin');
    expect(must(vfs.stat(machine.init, '/bin', false)).kind).toBe('symlink');
    expect(must(vfs.stat(machine.init, '/bin/')).kind).toBe('directory');
  });

  it('gives up on links in a circle, on overlong names and on files used as directories', () => {
    const { machine } = testMachine({ '/a': { link: 'b' }, '/b': { link: '/a' }, '/file': '' });
    const { vfs } = machine.kernel;
    expect(code(vfs.stat(machine.init, '/a'))).toBe('ELOOP');
    expect(code(vfs.stat(machine.init, `/${'n'.repeat(256)}`))).toBe('ENAMETOOLONG');
    expect(code(vfs.stat(machine.init, '/x/'.repeat(2000)))).toBe('ENAMETOOLONG');
    expect(code(vfs.stat(machine.init, '/file/x'))).toBe('ENOTDIR');
    expect(code(vfs.stat(machine.init, '/file/'))).toBe('ENOTDIR');
    expect(code(vfs.stat(machine.init, ''))).toBe('ENOENT');
  });

  it('resolves relative paths from the working directory and never leaves the root by dots', () => {
    const { machine, process } = testMachine({ '/home/a/b': 'x' });
    const { vfs } = machine.kernel;
    const caller = process();
    caller.fs = { root: '/', cwd: '/home/a' };
    expect(vfs.realpath(caller, 'b')).toBe('/home/a/b');
    expect(vfs.realpath(caller, '../../../..')).toBe('/');
    caller.fs = { root: '/home', cwd: '/home/a' };
    expect(vfs.realpath(caller, '../../..')).toBe('/');
    expect(vfs.realpath(caller, '/a/b')).toBe('/a/b');
    expect(code(vfs.stat(caller, '/etc/passwd'))).toBe('ENOENT');
  });

  it('answers every path with a value or an error, and agrees with itself about existence', () => {
    const { machine } = testMachine({ '/d/e/f': 'x', '/l': { link: 'd/e' }, '/m': { link: '/l/../..' } });
    const { vfs } = machine.kernel;
    const piece = fc.constantFrom(
      'd',
      'e',
      'f',
      'l',
      'm',
      '.',
      '..',
      '',
      'proc',
      'self',
      'root',
      'cwd',
      'fd',
      'ns',
      '1',
      'exe',
      'tmp',
      'dev',
      'x y',
      '*',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), fc.boolean(), (pieces, absolute) => {
        const path = `${absolute ? '/' : ''}${pieces.join('/')}`;
        const status = vfs.stat(machine.init, path);
        const real = vfs.realpath(machine.init, path);
        expect(isErrno(status)).toBe(isErrno(real));
        if (!isErrno(real)) expect(vfs.realpath(machine.init, real)).toBe(real);
        if (isErrno(status)) expect(isErrno(vfs.open(machine.init, path, { read: true }))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

describe('directories', () => {
  it('makes, lists, renames and removes entries', () => {
    const { machine, write, read } = testMachine();
    const { vfs } = machine.kernel;
    const { init } = machine;
    expect(code(vfs.mkdir(init, '/tmp/d'))).toBe('ok');
    expect(code(vfs.mkdir(init, '/tmp/d'))).toBe('EEXIST');
    expect(code(write('/tmp/d/one', 'text'))).toBe('ok');
    expect(code(vfs.remove(init, '/tmp/d', true))).toBe('ENOTEMPTY');
    expect(code(vfs.remove(init, '/tmp/d'))).toBe('EISDIR');
    expect(code(vfs.rename(init, '/tmp/d', '/tmp/d/inside'))).toBe('EINVAL');
    expect(code(vfs.rename(init, '/tmp/d', '/tmp/e'))).toBe('ok');
    expect(vfs.readdir(init, '/tmp')).toEqual(['e']);
    expect(read('/tmp/e/one')).toBe('text');
    expect(code(vfs.link(init, '/tmp/e/one', '/tmp/two'))).toBe('ok');
    expect(must(vfs.stat(init, '/tmp/two')).links).toBe(2);
    expect(code(vfs.rename(init, '/tmp/two', '/dev/shm/two'))).toBe('EXDEV');
    expect(code(vfs.remove(init, '/tmp/e/one'))).toBe('ok');
    expect(code(vfs.remove(init, '/tmp/e', true))).toBe('ok');
    expect(read('/tmp/two')).toBe('text');
  });

  it('complains in the order of the kernel when several things are wrong', () => {
    const { machine, process } = testMachine({ '/d/sub/x': '', '/d/file': '', '/d/link': { link: 'sub' }, '/other/own': { text: '', mode: 0o644 } });
    const { vfs } = machine.kernel;
    const { init } = machine;
    const user = process({ credentials: nobody });
    expect(code(vfs.remove(init, '/d/sub/.', true))).toBe('EINVAL');
    expect(code(vfs.remove(init, '/d/sub/..', true))).toBe('ENOTEMPTY');
    expect(code(vfs.remove(init, '/', true))).toBe('EBUSY');
    expect(code(vfs.remove(init, '/d/no/.', true))).toBe('ENOENT');
    expect(code(vfs.remove(init, '/d/file/'))).toBe('ENOTDIR');
    expect(code(vfs.mkdir(init, '/d/link/'))).toBe('EEXIST');
    expect(code(vfs.symlink(init, 'x', '/d/new/'))).toBe('ENOENT');
    expect(code(vfs.rename(init, '/d/sub/x', '/d'))).toBe('ENOTEMPTY');
    expect(code(vfs.rename(init, '/d/file', '/d/no/'))).toBe('ENOTDIR');
    expect(code(vfs.rename(init, '/d/.', '/d/z'))).toBe('EBUSY');
    expect(code(vfs.open(init, '/d/new/', { write: true, create: true }))).toBe('EISDIR');
    expect(code(vfs.link(user, '/other/own', '/tmp/mine'))).toBe('EPERM');
    expect(code(vfs.utime(user, '/other/own', 5))).toBe('EPERM');
  });

  it('creates through a dangling link, and refuses with O_EXCL what exists', () => {
    const { machine, read, write } = testMachine({ '/l': { link: '/tmp/new' } });
    const { vfs } = machine.kernel;
    expect(code(write('/l', 'made'))).toBe('ok');
    expect(read('/tmp/new')).toBe('made');
    expect(code(vfs.open(machine.init, '/l', { write: true, create: true, exclusive: true }))).toBe('EEXIST');
    expect(code(vfs.open(machine.init, '/tmp/no/x', { write: true, create: true }))).toBe('ENOENT');
    expect(code(vfs.open(machine.init, '/tmp', { write: true }))).toBe('EISDIR');
  });

  it('answers as proc and sysfs do when somebody creates there', () => {
    const { machine, write } = testMachine();
    const { vfs } = machine.kernel;
    expect([code(write('/proc/x', '')), code(vfs.mkdir(machine.init, '/proc/x')), code(vfs.remove(machine.init, '/proc/version'))]).toEqual([
      'ENOENT',
      'ENOENT',
      'EPERM',
    ]);
    expect([code(write('/sys/x', '')), code(vfs.mkdir(machine.init, '/sys/x'))]).toEqual(['EACCES', 'EPERM']);
  });
});

describe('files', () => {
  it('reads lines, appends, overwrites in place and truncates', () => {
    const { machine, read } = testMachine({ '/f': 'one\ntwo\nthree' });
    const { vfs } = machine.kernel;
    const reader = must(vfs.open(machine.init, '/f', { read: true }));
    expect([
      reader.read({ max: 100, until: '\n' }),
      reader.read({ max: 2, until: '\n' }),
      reader.read({ max: 100 }),
      reader.read({ max: 100 }),
    ]).toEqual(['one\n', 'tw', 'o\nthree', '']);
    must(vfs.open(machine.init, '/f', { write: true, append: true })).write('!');
    const writer = must(vfs.open(machine.init, '/f', { write: true }));
    writer.write('ONE');
    expect(read('/f')).toBe('ONE\ntwo\nthree!');
    expect(code(writer.read({ max: 1 }))).toBe('EBADF');
    expect(code(vfs.truncate(machine.init, '/f', 3))).toBe('ok');
    expect(read('/f')).toBe('ONE');
    expect(must(vfs.stat(machine.init, '/f')).size).toBe(3);
  });

  it('counts bytes, not characters', () => {
    const { machine, write } = testMachine();
    write('/tmp/z', '命名\n');
    expect(must(machine.kernel.vfs.stat(machine.init, '/tmp/z')).size).toBe(7);
  });

  it('keeps a removed file alive for those who hold it', () => {
    const { machine } = testMachine({ '/f': 'text' });
    const file = must(machine.kernel.vfs.open(machine.init, '/f', { read: true }));
    machine.kernel.vfs.remove(machine.init, '/f');
    expect(file.read({ max: 10 })).toBe('text');
  });

  it('has the usual devices', () => {
    const { machine, read, write } = testMachine();
    const { vfs } = machine.kernel;
    expect(read('/dev/null')).toBe('');
    expect(must(vfs.open(machine.init, '/dev/zero', { read: true })).read({ max: 3 })).toBe('\0\0\0');
    expect([code(write('/dev/null', 'x')), code(write('/dev/full', 'x')), code(vfs.open(machine.init, '/dev/tty', { read: true }))]).toEqual([
      'ok',
      'ENOSPC',
      'ENXIO',
    ]);
    expect(must(vfs.stat(machine.init, '/dev/null'))).toMatchObject({ kind: 'character-device', mode: 0o666, special: { major: 1, minor: 3 } });
  });
});

describe('permissions', () => {
  it('look at owner, group and others, and at search permission on the way', () => {
    const { machine, process, read } = testMachine({
      '/shared': { directory: true, mode: 0o755 },
      '/shared/group': { text: 'g', mode: 0o640, gid: 7 },
      '/closed/file': 'x',
      '/closed': { directory: true, mode: 0o700 },
    });
    const { vfs } = machine.kernel;
    const other = process({ credentials: nobody });
    const member = process({ credentials: { ...nobody, groups: [7] } });
    expect(code(vfs.open(other, '/shared/group', { read: true }))).toBe('EACCES');
    expect(read('/shared/group', member)).toBe('g');
    expect(code(vfs.open(member, '/shared/group', { write: true }))).toBe('EACCES');
    expect(code(vfs.stat(other, '/closed/file'))).toBe('EACCES');
    expect(code(vfs.readdir(other, '/root'))).toBe('EACCES');
    expect(code(vfs.mkdir(other, '/shared/x'))).toBe('EACCES');
    expect(vfs.stat(other, '/shared/group')).toMatchObject({ uid: 0, gid: 7 });
  });

  it('give root its way by CAP_DAC_OVERRIDE only', () => {
    const { machine, process } = testMachine({ '/secret': { text: 's', mode: 0o000, uid: 5 } });
    const { vfs } = machine.kernel;
    const weakRoot = process({ credentials: { effective: new Set<Capability>(), permitted: new Set<Capability>() } });
    expect(code(vfs.open(machine.init, '/secret', { read: true }))).toBe('ok');
    expect(code(vfs.open(weakRoot, '/secret', { read: true }))).toBe('EACCES');
    expect(code(vfs.chmod(weakRoot, '/secret', 0o600))).toBe('EPERM');
    expect(code(vfs.chown(weakRoot, '/secret', 0, 0))).toBe('EPERM');
    expect(code(vfs.executable(machine.init, '/secret'))).toBe('EACCES');
  });

  it("protect other people's files under a sticky directory and apply the umask", () => {
    const { machine, process } = testMachine();
    const { vfs } = machine.kernel;
    const one = process({ credentials: nobody, umask: 0o027 });
    const two = process({ credentials: { ...nobody, uid: 1001 } });
    must(vfs.open(one, '/tmp/mine', { write: true, create: true }));
    expect(vfs.stat(one, '/tmp/mine')).toMatchObject({ uid: 1000, gid: 1000, mode: 0o640 });
    expect(code(vfs.remove(two, '/tmp/mine'))).toBe('EPERM');
    expect(code(vfs.chmod(two, '/tmp/mine', 0o777))).toBe('EPERM');
    expect(code(vfs.chmod(one, '/tmp/mine', 0o600))).toBe('ok');
    expect(code(vfs.remove(one, '/tmp/mine'))).toBe('ok');
  });
});

describe('mounts', () => {
  it('need CAP_SYS_ADMIN over the mount namespace', () => {
    const { machine, process } = testMachine();
    const request = { source: 't', target: '/tmp', type: 'tmpfs', options: [] };
    const weak = process({ credentials: { effective: new Set<Capability>(['CAP_NET_ADMIN']) } });
    expect(code(machine.kernel.vfs.mount(weak, request))).toBe('EPERM');
    expect(code(machine.kernel.vfs.unmount(weak, '/run'))).toBe('EPERM');
    expect(code(machine.kernel.vfs.mount(machine.init, request))).toBe('ok');
    expect(code(machine.kernel.vfs.mount(machine.init, { ...request, type: 'nofs' }))).toBe('ENODEV');
  });

  it('cover what was there until they are taken away', () => {
    const { machine, read, write } = testMachine({ '/data/below': 'old' });
    const { vfs } = machine.kernel;
    vfs.mount(machine.init, { source: 'tmpfs', target: '/data', type: 'tmpfs', options: ['size=8k'] });
    expect(vfs.readdir(machine.init, '/data')).toEqual([]);
    expect(code(write('/data/big', 'x'.repeat(9000)))).toBe('ENOSPC');
    expect(code(write('/data/small', 'x'))).toBe('ok');
    expect(vfs.statfs(machine.init, '/data')).toMatchObject({ type: 'tmpfs', size: 8, used: 4, target: '/data' });
    expect(code(vfs.unmount(machine.init, '/data'))).toBe('ok');
    expect(read('/data/below')).toBe('old');
    expect(code(vfs.unmount(machine.init, '/data'))).toBe('EINVAL');
  });

  it('bind directories and files, read-only where asked', () => {
    const { machine, read, write } = testMachine({ '/src/sub/f': 'x', '/dst': { directory: true }, '/over': 'hidden' });
    const { vfs } = machine.kernel;
    const { init } = machine;
    vfs.mount(init, { source: '/src/sub', target: '/dst', type: '', options: ['bind', 'ro'] });
    vfs.mount(init, { source: '/src/sub/f', target: '/over', type: '', options: ['bind'] });
    expect([read('/dst/f'), read('/over')]).toEqual(['x', 'x']);
    expect(code(write('/dst/f', 'y'))).toBe('EROFS');
    expect(code(vfs.mkdir(init, '/dst/new'))).toBe('EROFS');
    expect(code(write('/over', 'y'))).toBe('ok');
    expect(read('/dst/f')).toBe('y');
    expect(read('/proc/self/mountinfo')).toContain(' /src/sub /dst ro,relatime - ext4 /dev/vda rw\n');
    expect(code(vfs.remove(init, '/over'))).toBe('EBUSY');
  });

  it('are copied for a new mount namespace and independent from then on', () => {
    const { machine, process } = testMachine();
    const { vfs, inodes, initial } = machine.kernel;
    const copy = initial.mnt.clone({ inode: inodes.next(), owner: initial.user });
    const inside = process({ namespaces: { mnt: copy } });
    vfs.mount(inside, { source: 'tmpfs', target: '/tmp', type: 'tmpfs', options: [] });
    must(vfs.open(inside, '/tmp/only-here', { write: true, create: true }));
    expect(vfs.readdir(inside, '/tmp')).toEqual(['only-here']);
    expect(vfs.readdir(machine.init, '/tmp')).toEqual([]);
    expect(must(vfs.readdir(machine.init, `/proc/${inside.pids[0]?.pid ?? 0}/root/tmp`))).toEqual(['only-here']);
  });

  it('bring everything below along when bound recursively', () => {
    const { machine } = testMachine({ '/host': { directory: true } });
    const { vfs } = machine.kernel;
    vfs.mount(machine.init, { source: '/', target: '/host', type: '', options: ['rbind'] });
    expect(vfs.readdir(machine.init, '/host/dev/shm')).toEqual([]);
    expect(must(vfs.readdir(machine.init, '/host/proc/self/ns'))).toContain('net');
    expect(vfs.statfs(machine.init, '/host/dev/shm')).toMatchObject({ target: '/host/dev/shm', type: 'tmpfs' });
  });
});

describe('executables', () => {
  it('name a program by their content, applets by the name they are called by', () => {
    const { machine } = testMachine(
      {
        '/bin/busybox': { multiCall: 'busybox' },
        '/bin/ps': { link: '/bin/busybox' },
        '/bin/nosuch': { link: 'busybox' },
        '/bin/tool': { program: 'tool/system' },
        '/bin/script': { text: '#!/bin/tool -x\nbody\n', mode: 0o755 },
        '/bin/plain': { text: 'echo', mode: 0o755 },
      },
      { 'ps/busybox': reapForever },
    );
    const { vfs } = machine.kernel;
    expect(vfs.executable(machine.init, '/bin/ps')).toEqual({ program: 'ps/busybox', path: '/bin/busybox' });
    expect(vfs.executable(machine.init, '/bin/nosuch')).toEqual({ program: 'busybox/busybox', path: '/bin/busybox' });
    expect(vfs.executable(machine.init, '/bin/script')).toEqual({
      program: 'tool/system',
      path: '/bin/tool',
      script: { interpreter: ['/bin/tool', '-x'], path: '/bin/script' },
    });
    expect([
      code(vfs.executable(machine.init, '/bin/plain')),
      code(vfs.executable(machine.init, '/bin')),
      code(vfs.executable(machine.init, '/etc/passwd')),
      code(vfs.executable(machine.init, '/no')),
    ]).toEqual(['ENOEXEC', 'EACCES', 'EACCES', 'ENOENT']);
  });
});
