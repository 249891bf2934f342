import { describe, expect, it } from 'vitest';
import { ShellMachine } from '../../shell-machine.testing.ts';

function steady(text: string): string {
  return text.replaceAll(/\d+\.\d{3}/g, 'T').replaceAll(/time \d+ms/g, 'time Nms');
}

describe('ping', () => {
  it('prints its totals on SIGINT', async () => {
    const machine = new ShellMachine();
    const { stdout } = await machine.run('timeout -s INT 1.5 ping 127.0.0.1');
    expect(steady(stdout)).toBe(`PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.
64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=T ms
64 bytes from 127.0.0.1: icmp_seq=2 ttl=64 time=T ms

--- 127.0.0.1 ping statistics ---
2 packets transmitted, 2 received, 0% packet loss, time Nms
rtt min/avg/max/mdev = T/T/T/T ms
`);
  });

  it('says why it cannot start', async () => {
    const machine = new ShellMachine();
    expect(await machine.run('ping')).toEqual({ exitCode: 1, stdout: '', stderr: 'ping: usage error: Destination address required\n' });
    expect(await machine.run('ping -c 0 127.0.0.1')).toMatchObject({
      exitCode: 1,
      stderr: "ping: invalid argument: '0': out of range: 1 <= value <= 9223372036854775807\n",
    });
    expect(await machine.run('ping -c 1 203.0.113.1')).toMatchObject({ exitCode: 2, stderr: 'ping: connect: Network is unreachable\n' });
  });

  it('counts from zero as BusyBox', async () => {
    const machine = new ShellMachine('busybox');
    const { exitCode, stdout } = await machine.run('ping -c 1 127.0.0.1');
    expect(exitCode).toBe(0);
    expect(steady(stdout)).toBe(`PING 127.0.0.1 (127.0.0.1): 56 data bytes
64 bytes from 127.0.0.1: seq=0 ttl=64 time=T ms

--- 127.0.0.1 ping statistics ---
1 packets transmitted, 1 packets received, 0% packet loss
round-trip min/avg/max = T/T/T ms
`);
    expect(await machine.run('ping -c x 127.0.0.1')).toMatchObject({ exitCode: 1, stderr: "ping: invalid number 'x'\n" });
  });
});
