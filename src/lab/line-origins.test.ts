import { describe, expect, it } from 'vitest';
import { explainLines, withOrigins } from './line-origins.ts';
import type { MapInodes, MapSnapshot } from './map-contract.ts';

const lines = (...texts: string[]) => texts.map((text) => ({ text }));

describe('withOrigins', () => {
  it('gives every line of ifconfig to its interface', () => {
    const output = lines('ens37     Link encap:Ethernet', '          inet addr:192.168.2.205', '', 'lo        Link encap:Local Loopback');
    expect(withOrigins('ifconfig', output, { net: 7 }).map(({ origin }) => origin)).toEqual([
      { namespace: 'net', inode: 7, object: 'ens37' },
      { namespace: 'net', inode: 7, object: 'ens37' },
      undefined,
      { namespace: 'net', inode: 7, object: 'lo' },
    ]);
  });

  it('tells processes by their number, whichever ps printed them', () => {
    const output = lines('PID   USER     TIME  COMMAND', '    1 root      0:00 /bin/sleep 999999', 'root          63  0.0  0.1 kubelet');
    expect(withOrigins('ps aux', output, { pid: 3 }).map(({ origin }) => origin?.object)).toEqual([undefined, '1', '63']);
  });

  it('follows links to namespaces', () => {
    expect(withOrigins('readlink /proc/self/ns/ipc', lines('ipc:[9]'), { ipc: 9 })[0]?.origin?.namespace).toBe('ipc');
  });

  it('leaves what speaks of no namespace alone', () => {
    expect(withOrigins('date', lines('Mon'), { net: 1 })).toEqual(lines('Mon'));
    expect(withOrigins('ifconfig', lines('x'), {})).toEqual(lines('x'));
  });
});

describe('more tools', () => {
  const object = (command: string, line: string) => withOrigins(command, lines(line), inodes(1))[0]?.origin;

  it('tells the object of a line', () => {
    expect(object('ss -tln', 'LISTEN 0      4096         0.0.0.0:22         0.0.0.0:*')).toMatchObject({ namespace: 'net', object: '0.0.0.0:22' });
    expect(object('netstat -tln', 'tcp        0      0 :::8080                 :::*                    LISTEN')).toMatchObject({ object: ':::8080' });
    expect(object('ip route', '10.244.1.0/24 dev cni0 proto kernel')).toMatchObject({ namespace: 'net', object: 'cni0' });
    expect(object('route -n', '0.0.0.0         192.168.2.1     0.0.0.0         UG    0      0        0 ens37')).toMatchObject({ object: 'ens37' });
    expect(object('ipcs -m', '0x52020000 3          root       644        80         2')).toMatchObject({ namespace: 'ipc', object: '3' });
    expect(object('df -h', 'tmpfs            64M     0   64M   0% /dev')).toMatchObject({ namespace: 'mnt', object: '/dev' });
    expect(object('mount', 'proc on /proc type proc (rw)')).toMatchObject({ namespace: 'mnt', object: '/proc' });
    expect(object('cat /etc/resolv.conf', 'nameserver 10.96.0.10')).toMatchObject({ namespace: 'mnt', object: '/etc/resolv.conf' });
    expect(object('hostname', 'web')).toEqual({ namespace: 'uts', inode: 1 });
    expect(object('cat /proc/self/uid_map', '0 0 4294967295')).toMatchObject({ namespace: 'user' });
    expect(object('pgrep -a top | head', '4974 top')).toMatchObject({ namespace: 'pid', object: '4974' });
  });

  it('believes a line that names its namespace', () => {
    expect(object('ls -l /proc/self/ns', 'lrwxrwxrwx 1 root root 0 Nov 23 10:00 uts -> uts:[4026532276]')).toEqual({
      namespace: 'uts',
      inode: 4026532276,
    });
    expect(object('lsns', '4026532280 pid         1 54149 root             node app.js')).toEqual({ namespace: 'pid', inode: 4026532280 });
  });

  it('says whose namespace it is, also through kubectl exec', () => {
    const world = {
      nodes: [
        {
          name: 'node1',
          namespaces: inodes(1),
          pods: [{ name: 'web', containers: [{ name: 'main', namespaces: { ...inodes(2), net: 1 } }] }],
        },
      ],
      outside: [],
    } as unknown as MapSnapshot;
    const origin = (command: string) => explainLines(world, 'node1', { command, lines: lines('lo: flags') })[0]?.origin;
    expect(origin('kubectl exec -it web -c main -- ifconfig')).toEqual({ namespace: 'net', inode: 1, object: 'lo', owner: 'node1' });
    expect(origin('kubectl exec web -- hostname')).toEqual({ namespace: 'uts', inode: 2, owner: 'web' });
    expect(origin('hostname')).toEqual({ namespace: 'uts', inode: 1, owner: 'node1' });
  });
});

function inodes(number: number): MapInodes {
  return { cgroup: number, ipc: number, mnt: number, net: number, pid: number, user: number, uts: number };
}
