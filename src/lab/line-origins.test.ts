import { describe, expect, it } from 'vitest';
import { withOrigins } from './line-origins.ts';

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
