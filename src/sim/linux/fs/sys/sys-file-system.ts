/** sysfs as far as a learner meets it: the interfaces of the network namespace it was mounted in, and places to mount on. */
import { isErrno } from '../../errno.ts';
import type { NetworkInterface } from '../../net/network-interface.ts';
import type { NetworkNamespace } from '../../net/network-namespace.ts';
import type { Kernel } from '../../process/kernel.ts';
import type { Process } from '../../process/process.ts';
import { nextDevice, type DirectoryNode, type FileSystem, type Node } from '../node.ts';
import { fixedDirectory, SyntheticDirectory, SyntheticFile, SyntheticLink } from '../synthetic.ts';

export class SysFileSystem implements FileSystem {
  readonly type = 'sysfs';
  readonly options: readonly string[] = [];
  readonly device = nextDevice();
  readonly root: DirectoryNode;

  constructor(kernel: Kernel, net: NetworkNamespace) {
    const modified = kernel.simulation.epoch;
    const shared = sharedDirectory(kernel);
    const own = fixedDirectory(
      {
        class: () => withNetwork(shared, 'class', () => networkClass(net, modified)),
        devices: () =>
          fixedDirectory(
            { system: () => systemDevices(modified), virtual: () => withNetwork(shared, 'virtual', () => devices(net, modified)) },
            { modified, mode: 0o755 },
          ),
      },
      { modified, mode: 0o755 },
    );
    this.root = new SyntheticDirectory({
      modified,
      mode: 0o755,
      names: (caller) => [...PER_NETWORK, ...namesOf(shared, caller).filter((name) => name !== 'virtual' && name !== 'class')],
      lookup: (name, caller) =>
        PER_NETWORK.includes(name) ? own.lookup(name, caller) : name === 'virtual' ? undefined : shared.lookup(name, caller),
    });
  }

  usage(): undefined {
    return undefined;
  }
}

/** Directories in which the network of an instance shows. */
const PER_NETWORK: readonly string[] = ['class', 'devices'];

const sharedByKernel = new WeakMap<Kernel, DirectoryNode>();

/** What all instances of a machine have in common, with `virtual` standing for devices/virtual. */
function sharedDirectory(kernel: Kernel): DirectoryNode {
  let shared = sharedByKernel.get(kernel);
  if (!shared) {
    const modified = kernel.simulation.epoch;
    const options = { modified, mode: 0o755 };
    const empty =
      (mode = 0o755) =>
      (): Node =>
        fixedDirectory({}, { modified, mode });
    shared = fixedDirectory(
      {
        block: empty(),
        bus: empty(),
        class: () => fixedDirectory({ block: empty(), mem: empty(), tty: empty() }, options),
        dev: empty(),
        firmware: empty(),
        fs: () => fixedDirectory({ bpf: empty(0o700), cgroup: empty(), ext4: empty(), pstore: empty(0o750) }, options),
        kernel: () =>
          fixedDirectory(
            { debug: empty(0o700), mm: empty(), security: empty(), tracing: empty(0o700), uevent_seqnum: () => file(modified, () => '592') },
            options,
          ),
        module: empty(),
        power: empty(),
        virtual: empty(),
      },
      options,
    );
    sharedByKernel.set(kernel, shared);
  }
  return shared;
}

function systemDevices(modified: number): Node {
  const options = { modified, mode: 0o755 };
  return fixedDirectory(
    { cpu: () => fixedDirectory({ online: () => file(modified, () => '0-1'), possible: () => file(modified, () => '0-1') }, options) },
    options,
  );
}

/** The shared directory `name` with `net` of this instance in it. */
function withNetwork(shared: DirectoryNode, name: string, make: () => Node): Node {
  let net: Node | undefined;
  const inside = (caller: Process): DirectoryNode | undefined => {
    const found = shared.lookup(name, caller);
    return found && !isErrno(found) && found.kind === 'directory' ? found : undefined;
  };
  return new SyntheticDirectory({
    modified: shared.modified,
    mode: 0o755,
    names: (caller) => ['net', ...namesOf(inside(caller), caller)],
    lookup: (entry, caller) => (entry === 'net' ? (net ??= make()) : inside(caller)?.lookup(entry, caller)),
  });
}

function namesOf(directory: DirectoryNode | undefined, caller: Process): readonly string[] {
  const names = directory?.names(caller) ?? [];
  return isErrno(names) ? [] : names;
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
