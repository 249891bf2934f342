import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NET_FILES } from './proc-format.ts';
import { must, pod, serve, topology } from './topology.testing.ts';

function recorded(scene: string, step: number): string {
  const file = new URL(`../../recordings/cluster/${scene}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { steps: { stdout?: string }[] }).steps[step]?.stdout ?? '';
}

const blanked = (text: string): string => text.replace(/\d+/g, 'N').replace(/ +/g, ' ');

describe('/proc/net', () => {
  it('lists devices with the recorded layout', () => {
    const top = topology();
    const net = pod(top, top.machine('n', '192.168.2.205'), { own: '10.244.1.5', gateway: '10.244.1.1' });
    const text = NET_FILES['dev']?.(net) ?? '';
    expect(blanked(text)).toBe(blanked(recorded('matrix-oooo', 63)));
    expect(text.split('\n')[2]).toBe(recorded('matrix-oooo', 63).split('\n')[2]);
  });

  it('lists TCP listeners with the recorded layout, and an empty table as its padded head', () => {
    const top = topology();
    const net = top.machine('n', '192.168.2.205');
    expect(NET_FILES['tcp']?.(net)).toBe(recorded('busybox-tools', 62));
    must(net.sockets.listen({ family: 4, address: '0.0.0.0', port: 22, backlog: 128 }, top.owner));
    const line = NET_FILES['tcp']?.(net).split('\n')[1] ?? '';
    expect(line.replace(/\d+ 1 [0-9a-f]{16}/, 'X').trimEnd()).toBe(
      (recorded('node-tools', 55).split('\n')[1] ?? '').replace(/\d+ 1 [0-9a-f]{16}/, 'X').trimEnd(),
    );
    expect(line).toHaveLength(149);
  });

  it('shows a dual-stack listener among IPv6, and IPv4 routes in hexadecimal', () => {
    const top = topology();
    const net = top.machine('n', '192.168.2.205');
    serve(top, net, { port: 10250, text: '' });
    expect(NET_FILES['tcp6']?.(net).split('\n')[1]).toMatch(/^ {3}0: 0{32}:280A 0{32}:0000 0A /);
    expect(
      NET_FILES['route']?.(net)
        .split('\n')
        .map((line) => line.trimEnd()),
    ).toEqual([
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
      'ens37\t00000000\t0102A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0',
      'ens37\t0002A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
      '',
    ]);
    expect(NET_FILES['if_inet6']?.(net).split('\n')[0]).toBe('00000000000000000000000000000001 01 80 10 80       lo');
  });
});
