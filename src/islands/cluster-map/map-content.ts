// What stands where on the map, as words and names: made from the snapshot, placed by map-layout.ts. Knows no sizes.
import type { Translate } from '../../i18n/create-translate.ts';
import type { MapContainer, MapDoor, MapIpc, MapNetwork, MapNode, MapPod, MapProcess, MapSnapshot } from '../../lab/map-contract.ts';

/** From left to right. */
export const bandKinds = ['net', 'pid', 'ipc'] as const;

export type BandKind = (typeof bandKinds)[number];

export interface ChipContent {
  /** Names that ways find this chip by. */
  readonly keys: readonly string[];
  readonly text: string;
  readonly tone: 'interface' | 'process' | 'listen' | 'door' | 'shut';
  /** All of it, where `text` is short. */
  readonly whole?: string;
}

/** A Linux namespace, or what a Pod uses of the node's. */
export interface RegionContent {
  readonly kind: BandKind;
  /** The node's own region reaches in here. */
  readonly open: boolean;
  readonly inode: number;
  readonly title: string;
  /** The title where there is little room: the colour says the rest. */
  readonly short: string;
  readonly chips: readonly ChipContent[];
  readonly notes: readonly string[];
}

export type Cells = { readonly [kind in BandKind]: readonly RegionContent[] };

export interface PodContent {
  readonly key: string;
  readonly name: string;
  readonly status: string;
  readonly system: boolean;
  readonly cells: Cells;
}

export interface NodeContent {
  readonly name: string;
  readonly address: string;
  readonly summary: string;
  readonly regions: { readonly [kind in BandKind]: RegionContent };
  readonly pods: readonly PodContent[];
}

/** The nodes with the Pods that are asked for, those that have some first. */
export function mapContent(t: Translate, world: MapSnapshot, system: boolean): readonly NodeContent[] {
  return world.nodes
    .map((node) => nodeContent(t, node, system))
    .map((node, index) => ({ node, index }))
    .sort((a, b) => Number(b.node.pods.length > 0) - Number(a.node.pods.length > 0) || a.index - b.index)
    .map(({ node }) => node);
}

function nodeContent(t: Translate, node: MapNode, system: boolean): NodeContent {
  const hidden = node.pods.filter((pod) => pod.namespace === 'kube-system').length;
  return {
    name: node.name,
    address: node.address,
    summary: hidden > 0 && !system ? t('map.hidden', { count: hidden }) : '',
    regions: {
      net: {
        kind: 'net',
        open: false,
        inode: node.net.inode,
        title: t('map.net.node'),
        short: t('map.net.short'),
        chips: [...interfaceChips(node.net), ...node.doors.map((door) => doorChip(t, node, door)), ...listenChips(node.net)],
        notes: [],
      },
      pid: {
        kind: 'pid',
        open: false,
        inode: node.pid.inode,
        title: t('map.pid.node'),
        short: t('map.pid.short'),
        chips: node.own.map(processChip),
        notes: [t('map.ofPods', { count: node.pid.processes.length - node.own.length })],
      },
      ipc: {
        kind: 'ipc',
        open: false,
        inode: node.ipc.inode,
        title: t('map.ipc.node'),
        short: t('map.ipc.short'),
        chips: [],
        notes: [tellIpc(t, node.ipc), t('map.hostname', { name: node.uts.hostname })],
      },
    },
    pods: node.pods.filter((pod) => system || pod.namespace !== 'kube-system').map((pod) => podContent(t, node, pod)),
  };
}

function podContent(t: Translate, node: MapNode, pod: MapPod): PodContent {
  const { net, ipc, uts, user } = pod;
  return {
    key: `${pod.namespace}/${pod.name}`,
    name: pod.name,
    status: pod.status,
    system: pod.namespace === 'kube-system',
    cells: {
      net: [
        {
          kind: 'net',
          open: net.ofNode,
          inode: net.inode,
          title: t(net.ofNode ? 'map.net.shared' : 'map.net.own'),
          short: t(net.ofNode ? 'map.short.shared' : 'map.short.own'),
          chips: net.ofNode ? pod.listens.map(listenChip) : [...interfaceChips(net), ...listenChips(net)],
          notes: net.ofNode ? [t('map.sameAddress', { address: node.address })] : [],
        },
      ],
      pid: pidGroups(pod).map((group) => pidRegion(t, group)),
      ipc: [
        {
          kind: 'ipc',
          open: ipc.ofNode,
          inode: ipc.inode,
          title: t(ipc.ofNode ? 'map.ipc.shared' : 'map.ipc.own'),
          short: t(ipc.ofNode ? 'map.short.shared' : 'map.short.own'),
          chips: [],
          notes: [
            ...(ipc.ofNode ? [] : [tellIpc(t, ipc)]),
            t(uts.ofNode ? 'map.hostname.shared' : 'map.hostname', { name: uts.hostname }),
            ...(user.ofNode ? [] : [t('map.root', { id: user.rootIs })]),
          ],
        },
      ],
    },
  };
}

interface PidGroup {
  readonly inode: number;
  readonly ofNode: boolean;
  readonly containers: readonly MapContainer[];
}

/** Containers by the PID namespace they live in: one group is one region. */
export function pidGroups(pod: MapPod): readonly PidGroup[] {
  const groups = new Map<number, MapContainer[]>();
  for (const container of pod.containers) {
    const group = groups.get(container.pid.inode);
    if (group) group.push(container);
    else groups.set(container.pid.inode, [container]);
  }
  return [...groups].map(([inode, containers]) => ({ inode, ofNode: containers[0]?.pid.ofNode ?? false, containers }));
}

/** Processes that belong to a group: of the node's namespace only the Pod's own, else everything in it. */
export function groupProcesses({ ofNode, containers }: PidGroup): readonly (MapProcess & { readonly nodePid?: number })[] {
  const own = containers.flatMap((container) => container.own);
  if (ofNode) return own;
  return (containers[0]?.pid.processes ?? []).map((process) => own.find(({ pid }) => pid === process.pid) ?? process);
}

function pidRegion(t: Translate, group: PidGroup): RegionContent {
  const names = new Intl.ListFormat(t.tag, { type: 'conjunction' }).format(group.containers.map(({ name }) => name));
  const count = group.containers.length;
  return {
    kind: 'pid',
    open: group.ofNode,
    inode: group.inode,
    title: t(group.ofNode ? 'map.pid.shared' : count > 1 ? 'map.pid.together' : 'map.pid.of', { containers: names }),
    short: group.ofNode ? t('map.short.shared') : names,
    chips: groupProcesses(group).map(processChip),
    notes: [],
  };
}

function interfaceChips(net: MapNetwork): readonly ChipContent[] {
  const key = (name: string): string => `if/${net.inode}/${name}`;
  const order = (name: string): number => (name === 'lo' ? 3 : name.startsWith('veth') ? 2 : name === 'cni0' ? 1 : 0);
  const single = net.interfaces.filter(({ name }) => !name.startsWith('veth')).sort((a, b) => order(a.name) - order(b.name));
  const veths = net.interfaces.filter(({ name }) => name.startsWith('veth'));
  const chips = single.map(({ name, addresses }): ChipContent => ({
    keys: [key(name)],
    text: name === 'lo' ? name : [name, addresses.find((address) => !address.includes(':')) ?? ''].join(' ').trim(),
    tone: 'interface',
    whole: [name, ...addresses].join(' '),
  }));
  if (veths.length === 0) return chips;
  const joint: ChipContent = {
    keys: veths.map(({ name }) => key(name)),
    text: veths.length === 1 ? (veths[0]?.name ?? '') : `veth × ${veths.length}`,
    tone: 'interface',
    whole: veths.map(({ name }) => name).join(' '),
  };
  return [...chips.slice(0, -1), joint, ...chips.slice(-1)];
}

/** Ports that answer on more than the loopback, each once. */
export function listeningPorts(net: Pick<MapNetwork, 'listening'>): readonly string[] {
  const open = net.listening.filter((address) => !address.startsWith('127.') && !address.startsWith('::1:'));
  return [...new Set(open.map((address) => address.slice(address.lastIndexOf(':') + 1)))].sort((a, b) => Number(a) - Number(b));
}

function listenChips(net: MapNetwork): readonly ChipContent[] {
  return listeningPorts(net).map((port) => ({ ...listenChip(port), keys: [`listen/${net.inode}/${port}`] }));
}

function listenChip(port: string): ChipContent {
  return { keys: [], text: `:${port}`, tone: 'listen', whole: `LISTEN :${port}` };
}

function doorChip(t: Translate, node: MapNode, door: MapDoor): ChipContent {
  const to = door.targets[0] ?? t(door.local ? 'map.door.local' : 'map.door.none');
  const more = door.targets.length > 1 ? ` +${door.targets.length - 1}` : '';
  return {
    keys: [`door/${node.net.inode}/${door.port}`],
    text: `:${door.port} → ${to}${more}`,
    tone: door.targets.length > 0 ? 'door' : 'shut',
    whole: `${door.kind} ${door.of} :${door.port} → ${door.targets.join(', ') || to}`,
  };
}

function processChip(process: MapProcess & { readonly nodePid?: number }): ChipContent {
  const { pid, command, nodePid } = process;
  return {
    keys: [],
    text: `${pid} ${shortCommand(command)}`,
    tone: 'process',
    whole: nodePid !== undefined && nodePid !== pid ? `${pid} ${command} (PID ${nodePid})` : `${pid} ${command}`,
  };
}

/** `/usr/bin/kubelet --config=…` as `kubelet`; arguments that are not options stay. */
export function shortCommand(command: string): string {
  const [program = '', ...rest] = command.split(' ');
  const options = rest.findIndex((word) => word.startsWith('-') || word.startsWith('/'));
  return [program.replace(/^.*\//, '').replace(/:$/, ''), ...(options < 0 ? rest : rest.slice(0, options))].join(' ');
}

/** The System V objects of a namespace, or that there are none. */
export function tellIpc(t: Translate, ipc: MapIpc): string {
  if (ipc.sharedMemory + ipc.semaphores + ipc.messageQueues === 0) return t('map.ipcNone');
  return t('map.ipcObjects', { memory: ipc.sharedMemory, semaphores: ipc.semaphores, queues: ipc.messageQueues });
}
