import { describe, expect, it } from 'vitest';
import { Simulation } from '../../engine/simulation.ts';
import { errno, isErrno } from '../errno.ts';
import type { MountNamespace } from '../fs/mount-namespace.ts';
import type { Vfs } from '../fs/vfs.ts';
import type { IpcNamespace } from '../ipc/ipc-namespace.ts';
import { NamespaceInodes } from '../namespace/inode.ts';
import type { NamespaceSet, UserNamespace } from '../namespace/namespaces.ts';
import type { NetworkNamespace } from '../net/network-namespace.ts';
import { ALL_CAPABILITIES, type Credentials } from './credentials.ts';
import { Kernel } from './kernel.ts';
import { PidNamespace } from './pid-namespace.ts';
import { ownPid, pidIn, type Process } from './process.ts';
import { deliver, send } from './signal-delivery.ts';
import { reapForever } from './reaper.ts';
import type { Program } from './wait.ts';

/** A kernel whose programs are given directly, without files or a network. */
function bareKernel(): { kernel: Kernel; simulation: Simulation; root: Credentials; start: (program: Program, options?: StartOptions) => Process } {
  const simulation = new Simulation({ seed: 'test', epoch: 0 });
  const inodes = new NamespaceInodes();
  const user: UserNamespace = { kind: 'user', inode: inodes.next(), parent: undefined, uidMap: [], gidMap: [] };
  const pid = new PidNamespace({ inode: inodes.next(), parent: undefined, owner: user });
  const nothing = {} as unknown;
  const initial: NamespaceSet = {
    cgroup: { kind: 'cgroup', inode: inodes.next(), owner: user, root: '/' },
    ipc: nothing as IpcNamespace,
    mnt: nothing as MountNamespace,
    net: nothing as NetworkNamespace,
    pid,
    time: { kind: 'time', inode: inodes.next(), owner: user },
    user,
    uts: { kind: 'uts', inode: inodes.next(), owner: user, hostname: 'node', domainname: '(none)' },
  };
  const kernel = new Kernel({ simulation, inodes, programs: { find: () => undefined }, vfs: nothing as Vfs, initial, release: '6.18.44' });
  const root: Credentials = {
    uid: 0,
    gid: 0,
    groups: [0],
    user,
    effective: ALL_CAPABILITIES,
    permitted: ALL_CAPABILITIES,
    bounding: ALL_CAPABILITIES,
    noNewPrivileges: false,
  };
  const start = (program: Program, options: StartOptions = {}): Process => {
    const process = kernel.spawn({
      parent: options.parent,
      run: { program, exe: '/bin/test' },
      argv: [options.name ?? 'test'],
      env: new Map(),
      files: new Map(),
      credentials: options.credentials ?? root,
      namespaces: options.pid ? { ...initial, pid: options.pid } : initial,
      fs: { root: '/', cwd: '/' },
    });
    if (isErrno(process)) throw new Error(process.code);
    return process;
  };
  return { kernel, simulation, root, start };
}

interface StartOptions {
  readonly parent?: Process;
  readonly pid?: PidNamespace;
  readonly credentials?: Credentials;
  readonly name?: string;
}

const sleeper: Program = function* (context) {
  yield* context.sleep(1_000_000);
  return 0;
};

describe('the kernel', () => {
  it('reports an exit code to the waiting parent and forgets the child', () => {
    const { kernel, simulation, start } = bareKernel();
    let seen: unknown;
    start(function* (context) {
      context.fork(function* (child) {
        yield* child.sleep(10);
        return 7;
      });
      seen = yield* context.wait();
      yield* context.sleep(1_000);
      return 0;
    });
    simulation.advance(100);
    expect(seen).toMatchObject({ pid: 2, change: { kind: 'exited', code: 7 } });
    expect(kernel.processes().map(ownPid)).toEqual([1]);
  });

  it('gives a process one number per PID namespace', () => {
    const { kernel, start } = bareKernel();
    const init = start(reapForever);
    const inner = new PidNamespace({ inode: kernel.inodes.next(), parent: kernel.initial.pid, owner: kernel.initial.user });
    const process = start(sleeper, { parent: init, pid: inner });
    expect(ownPid(process)).toBe(1);
    expect(pidIn(process, kernel.initial.pid)).toBe(2);
  });

  it('lets the init of a PID namespace ignore SIGKILL from inside and die of it from outside', () => {
    const { kernel, simulation, start } = bareKernel();
    const init = start(reapForever);
    const inner = new PidNamespace({ inode: kernel.inodes.next(), parent: kernel.initial.pid, owner: kernel.initial.user });
    const first = start(sleeper, { parent: init, pid: inner });
    const second = start(sleeper, { parent: first, pid: inner });
    expect(send(second, first, 'SIGKILL')).toBeUndefined();
    simulation.advance(1);
    expect(first.state).toBe('sleeping');
    expect(send(init, first, 'SIGTERM')).toBeUndefined();
    simulation.advance(1);
    expect(first.state).toBe('sleeping');
    expect(send(init, first, 'SIGKILL')).toBeUndefined();
    simulation.advance(1);
    expect([first.state, second.state]).toEqual(['dead', 'dead']);
  });

  it('hides processes outside of the own PID namespace from kill', () => {
    const { kernel, start } = bareKernel();
    const init = start(reapForever);
    const inner = new PidNamespace({ inode: kernel.inodes.next(), parent: kernel.initial.pid, owner: kernel.initial.user });
    const inside = start(sleeper, { parent: init, pid: inner });
    expect(send(inside, init, 'SIGTERM')).toEqual(errno('ESRCH'));
  });

  it('refuses signals to processes of other users without CAP_KILL', () => {
    const { root, start } = bareKernel();
    const init = start(reapForever);
    const other = start(sleeper, { parent: init, credentials: { ...root, uid: 1000, effective: new Set() } });
    expect(send(other, init, 'SIGKILL')).toEqual(errno('EPERM'));
    expect(send(init, other, undefined)).toBeUndefined();
  });

  it('leaves orphans as zombies under an init that does not wait, and reaps them under one that does', () => {
    for (const [first, expected] of [
      [sleeper, 'zombie'],
      [reapForever, 'dead'],
    ] as const) {
      const { simulation, start } = bareKernel();
      const init = start(first);
      let orphan: Process | undefined;
      start(
        function* (context) {
          const child = context.fork(function* (each) {
            yield* each.sleep(50);
            return 0;
          });
          if (!isErrno(child)) orphan = child;
          yield* context.sleep(1);
          return 0;
        },
        { parent: init },
      );
      simulation.advance(100);
      expect(orphan?.parent).toBe(init);
      expect(orphan?.state).toBe(expected);
    }
  });

  it('stops and continues', () => {
    const { simulation, start } = bareKernel();
    const init = start(reapForever);
    let ticks = 0;
    const process = start(
      function* (context) {
        for (;;) {
          yield* context.sleep(10);
          ticks++;
        }
      },
      { parent: init },
    );
    simulation.advance(55);
    deliver(process, 'SIGSTOP', { force: false });
    simulation.advance(100);
    expect([process.state, ticks]).toEqual(['stopped', 5]);
    deliver(process, 'SIGCONT', { force: false });
    simulation.advance(25);
    expect(ticks).toBeGreaterThan(5);
  });

  it('runs a handler and cuts the sleep short', () => {
    const { simulation, start } = bareKernel();
    const init = start(reapForever);
    let woken: unknown;
    let got: unknown;
    const process = start(
      function* (context) {
        context.handle('SIGTERM', (signal) => {
          got = signal;
        });
        woken = yield* context.sleep(1_000);
        return 0;
      },
      { parent: init },
    );
    simulation.advance(5);
    deliver(process, 'SIGTERM', { force: false });
    simulation.advance(5);
    expect([got, woken, process.state]).toEqual(['SIGTERM', 'signal', 'dead']);
  });

  it('passes text through a pipe and ends the reader at end of file', () => {
    const { simulation, start } = bareKernel();
    const lines: string[] = [];
    start(function* (context) {
      const { reader, writer } = context.pipe();
      context.fork(
        function* (child) {
          child.out('one\ntwo\n');
          yield* child.sleep(5);
          child.out('three');
          return 0;
        },
        { argv: ['writer'], files: new Map([[1, writer]]) },
      );
      context.fork(
        function* (child) {
          for (;;) {
            const line = yield* child.readLine();
            if (line === undefined) return 0;
            lines.push(line);
          }
        },
        { argv: ['reader'], files: new Map([[0, reader]]) },
      );
      yield* context.wait();
      yield* context.wait();
      return 0;
    });
    simulation.advance(100);
    expect(lines).toEqual(['one', 'two', 'three']);
  });

  it('ends a fork bomb with EAGAIN and lets time pass under an endless loop', () => {
    const { kernel, simulation, start } = bareKernel();
    const bomb: Program = function* (context) {
      for (;;) {
        context.fork(bomb);
        yield* context.checkpoint();
      }
    };
    start(bomb);
    expect(simulation.advance(1_000, 50_000).steps).toBeGreaterThan(0);
    expect(kernel.processes().length).toBeLessThanOrEqual(4096);
  });
});
