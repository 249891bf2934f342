import { describe, expect, it } from 'vitest';
import { code, must, testMachine } from '../machine.testing.ts';
import { IpcNamespace } from './ipc-namespace.ts';

const create = { create: true, exclusive: false, mode: 0o644 };
const stranger = { uid: 1000, gid: 1000, groups: [], effective: new Set<never>(), permitted: new Set<never>() };

describe('System V objects', () => {
  it('belong to one IPC namespace and are found by key there', () => {
    const { machine, process, read } = testMachine();
    const { init } = machine;
    const { shared } = init.namespaces.ipc;
    const segment = must(shared.get(init, 0x1f, { size: 1024, flags: create }));
    expect(must(shared.get(init, 0x1f, { size: 1024, flags: create })).id).toBe(segment.id);
    expect(code(shared.get(init, 0x1f, { size: 1024, flags: { ...create, exclusive: true } }))).toBe('EEXIST');
    expect(code(shared.get(init, 0x1f, { size: 2048, flags: create }))).toBe('EINVAL');
    expect(code(shared.get(init, 0x20, { size: 1, flags: { ...create, create: false } }))).toBe('ENOENT');
    expect(read('/proc/sysvipc/shm')).toMatch(/\n {8}31 {10}0 {3}644 {18}1024 /);
    const ipc = new IpcNamespace({ inode: machine.kernel.inodes.next(), owner: machine.kernel.initial.user });
    expect(
      read('/proc/sysvipc/shm', process({ namespaces: { ipc } }))
        .trim()
        .split('\n'),
    ).toHaveLength(1);
  });

  it('make a new private object each time', () => {
    const { machine } = testMachine();
    const { messages } = machine.init.namespaces.ipc;
    const first = must(messages.get(machine.init, 0, create));
    expect(must(messages.get(machine.init, 0, create)).id).not.toBe(first.id);
  });

  it('are removed by their owner only, attached segments when the last user goes', () => {
    const { machine, process } = testMachine();
    const { init } = machine;
    const { shared } = init.namespaces.ipc;
    const other = process({ credentials: stranger });
    const segment = must(shared.get(init, 1, { size: 10, flags: create }));
    expect(code(shared.remove(other, segment.id))).toBe('EPERM');
    expect(code(shared.attach(other, segment.id))).toBe('EACCES');
    must(shared.attach(other, segment.id, { readonly: true }));
    expect(code(shared.remove(init, segment.id))).toBe('ok');
    expect(shared.table.list().map(({ destroyed, attached }) => [destroyed, attached])).toEqual([[true, 1]]);
    shared.detach(other, segment);
    expect(shared.table.size).toBe(0);
    expect(code(shared.remove(init, segment.id))).toBe('EINVAL');
  });

  it('carry messages and count semaphores', () => {
    const { machine } = testMachine();
    const { init } = machine;
    const { messages, semaphores } = init.namespaces.ipc;
    const queue = must(messages.get(init, 5, create));
    messages.send(init, queue.id, { type: 1, text: 'hello' });
    expect(must(messages.receive(init, queue.id)).text).toBe('hello');
    expect(code(messages.receive(init, queue.id))).toBe('EAGAIN');
    const array = must(semaphores.get(init, 6, { count: 2, flags: create }));
    expect(code(semaphores.operate(init, array.id, { index: 0, by: -1 }))).toBe('EAGAIN');
    expect(code(semaphores.operate(init, array.id, { index: 0, by: 1 }))).toBe('ok');
    expect(array.values).toEqual([1, 0]);
    expect(code(semaphores.get(init, 7, { count: 32_001, flags: create }))).toBe('EINVAL');
  });

  it('respect limits that the administrator sets', () => {
    const { machine, write } = testMachine();
    const { init } = machine;
    write('/proc/sys/kernel/shmmni', '1\n');
    write('/proc/sys/kernel/shmmax', '100\n');
    const { shared } = init.namespaces.ipc;
    expect(code(shared.get(init, 1, { size: 101, flags: create }))).toBe('EINVAL');
    expect(code(shared.get(init, 1, { size: 100, flags: create }))).toBe('ok');
    expect(code(shared.get(init, 2, { size: 1, flags: create }))).toBe('ENOSPC');
  });
});

describe('POSIX queues', () => {
  it('are files of the mqueue file system', () => {
    const { machine, read } = testMachine();
    const { vfs } = machine.kernel;
    must(vfs.open(machine.init, '/dev/mqueue/q', { write: true, create: true }));
    expect(vfs.readdir(machine.init, '/dev/mqueue')).toEqual(['q']);
    expect(read('/dev/mqueue/q')).toBe('QSIZE:0          NOTIFY:0     SIGNO:0     NOTIFY_PID:0     \n');
    expect(code(vfs.remove(machine.init, '/dev/mqueue/q'))).toBe('ok');
    expect(machine.init.namespaces.ipc.posix.list()).toEqual([]);
  });
});
