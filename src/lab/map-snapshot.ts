/** The world as the map draws it: nodes, Pods and what stands in which namespace. Reads only. */
import type { Cluster } from '../sim/kube/cluster.ts';
import type { Pod } from '../sim/kube/api/types-pod.ts';
import { podStatusText } from '../sim/kube/apiserver/printers/pod.ts';
import type { Sandbox } from '../sim/kube/cri/container.ts';
import type { IpcNamespace } from '../sim/linux/ipc/ipc-namespace.ts';
import type { Machine } from '../sim/linux/machine.ts';
import type { NetworkNamespace } from '../sim/linux/net/network-namespace.ts';
import type { PidNamespace } from '../sim/linux/process/pid-namespace.ts';
import { pidIn } from '../sim/linux/process/process.ts';
import type { Process } from '../sim/linux/process/process.ts';
import { holdersByInode } from '../sim/linux/net/socket/socket-owner.ts';
import type { NamespaceSet, UtsNamespace } from '../sim/linux/namespace/namespaces.ts';
import type { MapContainer, MapInodes, MapIpc, MapNetwork, MapNode, MapPacket, MapPod, MapProcesses, MapSnapshot, MapUts } from './map-contract.ts';
import { mapDoors } from './map-doors.ts';

/** As many packets are offered for looking at. */
const MOST_PACKETS = 6;

export function mapSnapshot(cluster: Cluster): MapSnapshot {
  const pods = cluster.apiServer.storage.sorted('pods');
  const nodes = cluster.nodes.flatMap((name) => {
    const machine = cluster.machines.get(name);
    return machine ? [nodeOf(cluster, machine, pods)] : [];
  });
  const standing = new Set(nodes.flatMap((node) => node.pods.map((pod) => `${pod.namespace}/${pod.name}`)));
  const outside = [...cluster.machines.values()]
    .filter((machine) => !cluster.nodes.includes(machine.name))
    .map((machine) => ({ name: machine.name, address: addressOf(machine), namespaces: inodesOf(machine.kernel.initial) }));
  const senders = [
    ...outside.map(({ namespaces }) => namespaces.net),
    ...nodes.flatMap((node) => node.pods.filter((pod) => pod.namespace !== 'kube-system' && !pod.net.ofNode).map((pod) => pod.net.inode)),
  ];
  return {
    nodes,
    outside,
    pending: pods
      .filter((pod) => pod.metadata.namespace !== 'kube-system' && !standing.has(`${pod.metadata.namespace ?? ''}/${pod.metadata.name}`))
      .filter((pod) => pod.status.phase === 'Pending')
      .map((pod) => ({
        name: pod.metadata.name,
        reason: pod.status.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False')?.message ?? podStatusText(pod),
      })),
    packets: packetsOf(cluster, senders),
  };
}

function nodeOf(cluster: Cluster, machine: Machine, pods: readonly Pod[]): MapNode {
  const { initial } = machine.kernel;
  const sandboxes = new Map<string, Sandbox>();
  for (const sandbox of cluster.runtimes.get(machine.name)?.sandboxes() ?? [])
    if (sandbox.ready) sandboxes.set(`${sandbox.config.namespace}/${sandbox.config.name}`, sandbox);
  const isSystem = (pod: Pod): boolean => pod.metadata.namespace === 'kube-system';
  const here = pods.filter((pod) => pod.spec.nodeName === machine.name);
  const all = initial.pid.processes().filter((process) => process.state !== 'dead');
  const parents = [...sandboxes.values()].map(({ config }) => config.cgroupParent);
  const ofPod = (process: Process): boolean =>
    process.comm === 'containerd-shim' ||
    process.argv[0]?.includes('containerd-shim') === true ||
    parents.some((each) => process.cgroup.startsWith(each));
  return {
    name: machine.name,
    address: addressOf(machine),
    net: networkOf(initial.net, initial.net),
    pid: processesOf(initial.pid, initial.pid),
    ipc: ipcOf(initial.ipc, initial.ipc),
    uts: utsOf(initial.uts, initial.uts),
    namespaces: inodesOf(initial),
    own: all.filter((process) => !ofPod(process)).map((process) => ({ pid: pidIn(process, initial.pid) ?? 0, command: process.argv.join(' ') })),
    doors: mapDoors(cluster, machine.name, sandboxes.values()),
    pods: [...here.filter((pod) => !isSystem(pod)), ...here.filter(isSystem)].flatMap((pod) => {
      const sandbox = sandboxes.get(`${pod.metadata.namespace ?? ''}/${pod.metadata.name}`);
      return sandbox ? [podOf(machine, pod, { sandbox, all })] : [];
    }),
  };
}

function podOf(machine: Machine, pod: Pod, { sandbox, all }: { readonly sandbox: Sandbox; readonly all: readonly Process[] }): MapPod {
  const { initial } = machine.kernel;
  const { namespaces } = sandbox;
  const running = [...sandbox.containers].filter(({ state }) => state === 'running');
  return {
    namespace: pod.metadata.namespace ?? '',
    name: pod.metadata.name,
    status: podStatusText(pod),
    address: sandbox.ips[0] ?? '',
    net: networkOf(namespaces.net, initial.net),
    ipc: ipcOf(namespaces.ipc, initial.ipc),
    uts: utsOf(namespaces.uts, initial.uts),
    user: { inode: sandbox.user.inode, ofNode: sandbox.user === initial.user, rootIs: sandbox.user.uidMap[0]?.outside ?? 0 },
    containers: running.map((container): MapContainer => {
      const pid = container.namespaces?.pid ?? namespaces.pid;
      return {
        name: container.config.name,
        state: container.state,
        pid: processesOf(pid, initial.pid),
        own: all
          .filter((process) => container.process !== undefined && process.cgroup === container.process.cgroup)
          .map((process) => ({ pid: pidIn(process, pid) ?? 0, command: process.argv.join(' '), nodePid: pidIn(process, initial.pid) ?? 0 })),
        namespaces: inodesOf(container.namespaces ?? namespaces),
      };
    }),
    listens: listensOf(
      namespaces.net,
      all.filter((process) => running.some((container) => container.process?.cgroup === process.cgroup)),
    ),
    hostPorts: sandbox.config.portMappings.map(({ hostPort, containerPort, protocol }) => ({ hostPort, containerPort, protocol })),
  };
}

/** Ports that any of `processes` holds a listening socket for. */
function listensOf(net: NetworkNamespace, processes: readonly Process[]): readonly string[] {
  const held = holdersByInode(processes);
  const sockets = net.sockets
    .list()
    .filter(({ state, inode, localAddress }) => state === 'LISTEN' && held.has(inode) && !localAddress.startsWith('127.'));
  return [...new Set(sockets.map(({ localPort }) => String(localPort)))].sort((a, b) => Number(a) - Number(b));
}

function packetsOf(cluster: Cluster, senders: readonly number[]): readonly MapPacket[] {
  const seen = new Set<string>();
  return cluster.traces
    .list()
    .toReversed()
    .flatMap(({ id, flow, hops }): readonly MapPacket[] => {
      const [, protocol = '', from = '', to = ''] = /^(\S+) (\S+) > (\S+)$/.exec(flow) ?? [];
      const sender = from.replace(/:\d+$/, '');
      if (hops[0] === undefined || !senders.includes(hops[0].namespace) || seen.has(`${sender} ${to}`) || seen.size >= MOST_PACKETS) return [];
      seen.add(`${sender} ${to}`);
      return [{ id, protocol, from: sender, to, hops: [...hops] }];
    });
}

function networkOf(net: NetworkNamespace, ofNode: NetworkNamespace): MapNetwork {
  return {
    inode: net.inode,
    ofNode: net === ofNode,
    interfaces: net.interfaces.list().map((device) => ({ name: device.name, addresses: device.addresses.map((each) => each.address) })),
    listening: [
      ...new Set(
        net.sockets
          .list()
          .filter((socket) => socket.state === 'LISTEN')
          .map((socket) => `${socket.localAddress}:${socket.localPort}`),
      ),
    ],
  };
}

function processesOf(namespace: PidNamespace, ofNode: PidNamespace): MapProcesses {
  return {
    inode: namespace.inode,
    ofNode: namespace === ofNode,
    processes: namespace
      .processes()
      .filter((process) => process.state !== 'dead')
      .map((process) => ({ pid: pidIn(process, namespace) ?? 0, command: process.argv.join(' ') })),
  };
}

function ipcOf(namespace: IpcNamespace, ofNode: IpcNamespace): MapIpc {
  return {
    inode: namespace.inode,
    ofNode: namespace === ofNode,
    sharedMemory: namespace.shared.table.list().length,
    semaphores: namespace.semaphores.table.list().length,
    messageQueues: namespace.messages.table.list().length,
  };
}

function inodesOf({ cgroup, ipc, mnt, net, pid, user, uts }: NamespaceSet): MapInodes {
  return { cgroup: cgroup.inode, ipc: ipc.inode, mnt: mnt.inode, net: net.inode, pid: pid.inode, user: user.inode, uts: uts.inode };
}

function utsOf(uts: UtsNamespace, ofNode: UtsNamespace): MapUts {
  return { inode: uts.inode, ofNode: uts === ofNode, hostname: uts.hostname };
}

function addressOf(machine: Machine): string {
  const card = machine.kernel.initial.net.interfaces.find('ens37');
  return card?.addresses.find((each) => each.family === 4)?.address ?? '';
}
