import { describe, expect, it } from 'vitest';
import { enterMachine } from './machine.ts';
import { must, testMachine } from './machine.testing.ts';
import { reapForever } from './process/reaper.ts';

describe('a machine', () => {
  it('gets its namespaces in the order of the recorded nodes, user and time shared with all machines', () => {
    const { machine } = testMachine();
    const { net, mnt, uts, ipc, pid, cgroup, user, time } = machine.kernel.initial;
    const order = [net, mnt, uts, ipc, pid, cgroup].map((namespace) => namespace.inode - net.inode);
    expect(order).toEqual([0, 1, 2, 3, 4, 5]);
    expect([user.inode, time.inode]).toEqual([4_026_531_837, 4_026_531_834]);
  });

  it('starts init as PID 1 and lets others enter without a parent', () => {
    const { machine, read, simulation } = testMachine({ '/bin/idle': { program: 'idle/system' } }, { 'idle/system': reapForever });
    const process = must(enterMachine(machine, { path: '/bin/idle', argv: ['idle', 'x'], env: new Map(), files: new Map(), cwd: '/tmp' }));
    simulation.advance(1);
    expect(read('/proc/1/comm')).toBe('init\n');
    expect(read(`/proc/${process.pids[0]?.pid ?? 0}/status`)).toContain('\nPPid:\t0\n');
    expect(machine.kernel.vfs.readlink(machine.init, `/proc/${process.pids[0]?.pid ?? 0}/cwd`)).toBe('/tmp');
    expect(process.session).toBe(process);
  });

  it('opens low ports and ping to everybody in a network of a Pod, and applies its own settings', () => {
    const { machine } = testMachine();
    const net = machine.newNetworkNamespace();
    machine.setSandboxSysctls(net, { 'net.ipv4.tcp_syncookies': '0', 'net.ipv4.ip_unprivileged_port_start': '80' });
    expect(net.sysctls.get('net.ipv4.ping_group_range')).toBe('0\t2147483647');
    expect(net.sysctls.get('net.ipv4.ip_unprivileged_port_start')).toBe('80');
    expect(net.sysctls.get('net.ipv4.tcp_syncookies')).toBe('0');
    expect(net.inode).not.toBe(machine.kernel.initial.net.inode);
  });

  it('finds places as root sees them', () => {
    const { machine } = testMachine({ '/data/x': 'y' });
    expect(machine.placeOf('/data/x')?.path).toBe('/data/x');
    expect(machine.placeOf('/nothing')).toBeUndefined();
  });
});
