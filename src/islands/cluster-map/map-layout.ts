// Where everything on the map stands: a node's three namespaces are bands across its whole width, its own things at
// their left; each Pod is a column through all three. Knows sizes, no colours and no words.
import type { MapNode, MapPod, MapProcess } from '../../lab/bench-contract.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** From top to bottom. */
export const bandKinds = ['net', 'pid', 'ipc'] as const;

export type BandKind = (typeof bandKinds)[number];

export interface PodPlace {
  readonly pod: MapPod;
  readonly box: Box;
  /** The Pod's part of each band, and whether the node's own namespace reaches through it. */
  readonly cells: { readonly [kind in BandKind]: Box & { readonly shared: boolean } };
}

export interface NodePlace {
  readonly node: MapNode;
  readonly box: Box;
  readonly bands: { readonly [kind in BandKind]: Box };
  readonly pods: readonly PodPlace[];
}

const margin = 14;
const head = 52;
const gap = 12;
const ownWidth = 296;
const podWidth = 208;
const podGap = 14;
export const chipHeight = 24;
export const chipGap = 5;
const title = 30;
/** No more than so many processes or interfaces are drawn at one place; the rest is counted. */
export const mostChips = 7;

/** Processes of a Pod's own making, whichever namespace they are counted in. */
export function podProcesses(pod: MapPod): readonly (MapProcess & { readonly container: string })[] {
  const seen = new Set<string>();
  return pod.containers.flatMap(({ name, pid }) =>
    pid.ofNode
      ? []
      : pid.processes
          .filter(({ pid: number }) => {
            const key = `${pid.inode}:${number}`;
            if (seen.has(key)) return false;
            seen.add(key);
            return true;
          })
          .map((process) => ({ ...process, container: name })),
  );
}

/** Places one node with the given Pods, its upper left corner at `x`, `y`. */
export function placeNode(node: MapNode, pods: readonly MapPod[], at: { readonly x: number; readonly y: number }): NodePlace {
  const chips = (count: number): number => title + Math.min(count, mostChips + 1) * (chipHeight + chipGap) + 8;
  const heights = {
    net: Math.max(
      chips(node.net.interfaces.length),
      ...pods.map((pod) => chips(pod.net.ofNode ? pod.hostPorts.length : pod.net.interfaces.length + pod.hostPorts.length)),
      92,
    ),
    pid: Math.max(chips(node.pid.processes.length), ...pods.map((pod) => chips(podProcesses(pod).length)), 92),
    ipc: 74,
  };
  const width = margin + ownWidth + pods.length * (podWidth + podGap) + margin;
  let y = at.y + head;
  const band = (kind: BandKind): Box => {
    const box = { x: at.x + margin, y, width: width - 2 * margin, height: heights[kind] };
    y += heights[kind] + gap;
    return box;
  };
  const bands = { net: band('net'), pid: band('pid'), ipc: band('ipc') };
  const bottom = y - gap + margin;
  const places = pods.map((pod, index): PodPlace => {
    const x = at.x + margin + ownWidth + index * (podWidth + podGap);
    const cell = (kind: BandKind, shared: boolean): Box & { readonly shared: boolean } => ({
      x,
      y: bands[kind].y,
      width: podWidth,
      height: bands[kind].height,
      shared,
    });
    return {
      pod,
      box: { x, y: at.y + 8, width: podWidth, height: bottom - at.y - 14 },
      cells: {
        net: cell('net', pod.net.ofNode),
        pid: cell('pid', pod.containers.length > 0 && pod.containers.every(({ pid }) => pid.ofNode)),
        ipc: cell('ipc', pod.ipc.ofNode),
      },
    };
  });
  return { node, box: { x: at.x, y: at.y, width, height: bottom - at.y }, bands, pods: places };
}

/** Ports of the node stand at the bottom of the Pod's part of the network. */
export function doorY(cell: Box, index: number): number {
  return cell.y + cell.height - 32 - index * (chipHeight + chipGap);
}
