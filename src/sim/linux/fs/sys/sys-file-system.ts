/** sysfs as far as a learner meets it: the interfaces of the network namespace it was mounted in, and places to mount on. */
import type { NetworkInterface } from '../../net/network-interface.ts';
import type { NetworkNamespace } from '../../net/network-namespace.ts';
import type { Kernel } from '../../process/kernel.ts';
import { nextDevice, type DirectoryNode, type FileSystem, type Node } from '../node.ts';
import { fixedDirectory, SyntheticDirectory, SyntheticFile, SyntheticLink } from '../synthetic.ts';

export class SysFileSystem implements FileSystem {
  readonly type = 'sysfs';
  readonly options: readonly string[] = [];
  readonly device = nextDevice();
  readonly root: DirectoryNode;

  constructor(kernel: Kernel, net: NetworkNamespace) {
    const now = kernel.simulation.epoch;
    const empty = (mode = 0o755): Node => fixedDirectory({}, { modified: now, mode });
    const options = { modified: now, mode: 0o755 };
    this.root = fixedDirectory(
      {
        block: () => empty(),
        bus: () => empty(),
        class: () => fixedDirectory({ block: () => empty(), mem: () => empty(), net: () => networkClass(net, now), tty: () => empty() }, options),
        dev: () => empty(),
        devices: () =>
          fixedDirectory(
            {
              system: () => fixedDirectory({ cpu: () => fixedDirectory({ online: () => file(now, () => '0-1'), possible: () => file(now, () => '0-1') }, options) }, options),
              virtual: () => fixedDirectory({ net: () => devices(net, now), powercap: () => empty() }, options),
            },
            options,
          ),
        firmware: () => empty(),
        fs: () => fixedDirectory({ bpf: () => empty(0o700), cgroup: () => empty(), ext4: () => empty(), pstore: () => empty(0o750) }, options),
        kernel: () => fixedDirectory({ debug: () => empty(0o700), mm: () => empty(), security: () => empty(), tracing: () => empty(0o700), uevent_seqnum: () => file(now, () => '592') }, options),
        module: () => empty(),
        power: () => empty(),
      },
      options,
    );
  }

  usage(): undefined {
    return undefined;
  }
}

function file(modified: number, read: () => string): SyntheticFile {
  return new SyntheticFile({ modified, read: () => `${read()}\n` });
}

/** /sys/class/net: a link per interface. */
function networkClass(net: NetworkNamespace, now: number): Node {
  return new SyntheticDirectory({
    modified: now,
    mode: 0o755,
    names: () => net.interfaces.list().map((each) => each.name),
    lookup: (name) => (find(net, name) ? new SyntheticLink({ modified: now, target: () => `../../devices/virtual/net/${name}` }) : undefined),
  });
}

function devices(net: NetworkNamespace, now: number): Node {
  return new SyntheticDirectory({
    modified: now,
    mode: 0o755,
    names: () => net.interfaces.list().map((each) => each.name),
    lookup(name) {
      const device = find(net, name);
      return device && deviceDirectory(device, now);
    },
  });
}

function find(net: NetworkNamespace, name: string): NetworkInterface | undefined {
  return net.interfaces.list().find((each) => each.name === name);
}

/** Attributes of net/core/net-sysfs.c. */
function deviceDirectory(device: NetworkInterface, now: number): Node {
  const attribute = (read: () => string) => (): Node => file(now, read);
  const counter = (name: keyof NetworkInterface['counters']): (() => Node) => attribute(() => String(device.counters[name]));
  return fixedDirectory(
    {
      address: attribute(() => device.mac),
      addr_len: attribute(() => '6'),
      broadcast: attribute(() => device.broadcastMac),
      carrier: attribute(() => (device.carrier ? '1' : '0')),
      flags: attribute(() => `0x${device.flags.toString(16)}`),
      ifindex: attribute(() => String(device.index)),
      iflink: attribute(() => String(device.peer?.index ?? device.index)),
      mtu: attribute(() => String(device.mtu)),
      operstate: attribute(() => device.operationalState.toLowerCase()),
      speed: attribute(() => (device.kind === 'veth' || device.kind === 'ethernet' ? '10000' : '-1')),
      statistics: () =>
        fixedDirectory(
          {
            rx_bytes: counter('rxBytes'),
            rx_dropped: counter('rxDropped'),
            rx_errors: counter('rxErrors'),
            rx_packets: counter('rxPackets'),
            tx_bytes: counter('txBytes'),
            tx_dropped: counter('txDropped'),
            tx_errors: counter('txErrors'),
            tx_packets: counter('txPackets'),
          },
          { modified: now, mode: 0o755 },
        ),
      tx_queue_len: attribute(() => String(device.txQueueLength)),
      type: attribute(() => (device.kind === 'loopback' ? '772' : '1')),
      uevent: attribute(() => `INTERFACE=${device.name}\nIFINDEX=${device.index}`),
    },
    { modified: now, mode: 0o755 },
  );
}
