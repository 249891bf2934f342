// Where everything on the map stands. A node's three namespaces are bands side by side, its own things at their top;
// each Pod is a row across all three. Text keeps its size: the map grows downwards, never beyond the given width.
import { bandKinds } from './map-content.ts';
import type { BandKind, ChipContent, NodeContent, PodContent, RegionContent } from './map-content.ts';
import { clipTo, textWidth, wrap } from './text-width.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ChipPlace {
  readonly chip: ChipContent;
  readonly text: string;
  readonly box: Box;
}

export interface RegionPlace {
  readonly region: RegionContent;
  readonly box: Box;
  readonly title: string;
  /** The inode number stands under the title, for want of room beside it. */
  readonly idBelow: boolean;
  readonly chips: readonly ChipPlace[];
  /** How many chips found no room. */
  readonly left: number;
  readonly notes: readonly { readonly text: string; readonly y: number }[];
}

export interface PodPlace {
  readonly pod: PodContent;
  /** Only its chips are drawn. */
  readonly compact: boolean;
  /** Relative to the map, as all boxes. */
  readonly box: Box;
  readonly name: string;
  readonly cells: { readonly [kind in BandKind]: { readonly box: Box; readonly open: boolean; readonly regions: readonly RegionPlace[] } };
}

export interface NodePlace {
  readonly node: NodeContent;
  readonly box: Box;
  readonly bands: { readonly [kind in BandKind]: Box };
  readonly regions: { readonly [kind in BandKind]: RegionPlace };
  readonly pods: readonly PodPlace[];
}

export interface MapPlace {
  readonly width: number;
  readonly height: number;
  /** x of the LAN's line, left of the nodes. */
  readonly lan: number;
  readonly outside: Box;
  readonly nodes: readonly NodePlace[];
  /** Where ways may stop: the left upper part of every chip and region, by key. */
  readonly anchors: ReadonlyMap<string, Box>;
  readonly small: boolean;
}

const shares = { net: 0.42, pid: 0.32, ipc: 0.26 };
const smallShares = { net: 0.45, pid: 0.32, ipc: 0.23 };
export const chipHeight = 21;
const chipGap = 7;
const titleHeight = 24;
const line = 17;
const between = 6;
/** Width of the lane left of a node's chips and Pods, in which ways run. */
export const laneWidth = 16;

/** Places everything in `width`; rows are lower when there are many Pods. */
export function placeMap(nodes: readonly NodeContent[], width: number, hasOutside: boolean): MapPlace {
  const small = width < 560;
  const lan = hasOutside ? 9 : 0;
  const left = hasOutside ? 20 : 1;
  const anchors = new Map<string, Box>();
  const outside = { x: left, y: 2, width: Math.min(240, width - left - 2), height: 44 };
  let y = hasOutside ? outside.y + outside.height + 16 : 2;
  const places = nodes.map((node) => {
    const place = placeNode(node, { x: left, y, width: width - left - 1 }, { small, anchors });
    y += place.box.height + 16;
    return place;
  });
  return { width, height: y, lan, outside, nodes: places, anchors, small };
}

/** Room between a chip's edge and its text. */
export function chipPadding(small: boolean): number {
  return small ? 5 : 7;
}

interface Frame {
  readonly small: boolean;
  readonly anchors: Map<string, Box>;
}

function byKind<T>(make: (kind: BandKind) => T): { readonly [kind in BandKind]: T } {
  return { net: make('net'), pid: make('pid'), ipc: make('ipc') };
}

function placeNode(node: NodeContent, at: { readonly x: number; readonly y: number; readonly width: number }, frame: Frame): NodePlace {
  const padding = frame.small ? 5 : 12;
  const head = frame.small ? 44 : 38;
  const inner = at.width - 2 * padding - 2 * between;
  let x = at.x + padding;
  const columns = byKind((kind) => {
    const column = { x, width: Math.floor(inner * (frame.small ? smallShares : shares)[kind]) };
    x += column.width + between;
    return column;
  });
  const top = at.y + head;
  const lane = (kind: BandKind): number => (kind === 'net' ? laneWidth : frame.small ? 6 : 10);
  const regions = byKind((kind) => {
    const { x: left, width } = columns[kind];
    return placeRegion(node.regions[kind], { x: left + lane(kind), y: top, width: width - lane(kind) - 4 }, { ...frame, most: 12 });
  });
  let y = Math.max(...bandKinds.map((kind) => regions[kind].box.y + regions[kind].box.height)) + 8;
  const many = node.pods.length > 6;
  const pods = node.pods.map((pod) => {
    const compact = many || pod.system;
    const place = placePod(pod, { columns, y }, { ...frame, compact, most: compact ? 3 : 6 });
    y += place.box.height + 10;
    return place;
  });
  const bottom = y + (pods.length > 0 ? 2 : -4);
  const bands = byKind((kind) => ({ ...columns[kind], y: top, height: bottom - top }));
  return { node, box: { ...at, height: bottom - at.y + padding }, bands, regions, pods };
}

interface Row {
  readonly columns: { readonly [kind in BandKind]: { readonly x: number; readonly width: number } };
  readonly y: number;
}

function placePod(pod: PodContent, { columns, y }: Row, frame: Frame & { readonly most: number; readonly compact: boolean }): PodPlace {
  const head = 26;
  const inset = frame.small ? 3 : 6;
  const left = columns.net.x + laneWidth;
  const right = columns.ipc.x + columns.ipc.width - (frame.small ? 4 : 8);
  const spans = {
    net: { x: left, width: columns.net.x + columns.net.width - left },
    pid: { x: columns.pid.x - between, width: columns.pid.width + between },
    ipc: { x: columns.ipc.x - between, width: right - columns.ipc.x + between },
  };
  const placed = byKind((kind) => {
    const span = spans[kind];
    let below = y + head;
    const start = kind === 'net' ? inset : between;
    const regions = pod.cells[kind].map((region) => {
      const place = placeRegion(region, { x: span.x + start, y: below, width: span.width - start - inset }, frame);
      below += place.box.height + 4;
      return place;
    });
    return { regions, bottom: below };
  });
  const bottom = Math.max(...bandKinds.map((kind) => placed[kind].bottom), y + head + (frame.compact ? 8 : 30)) + 3;
  const cells = byKind((kind) => {
    const { regions } = placed[kind];
    const only = regions.length === 1 ? regions[0] : undefined;
    return {
      box: { ...spans[kind], y, height: bottom - y },
      open: regions.length > 0 && regions.every(({ region }) => region.open),
      regions: only ? [{ ...only, box: { ...only.box, height: bottom - only.box.y - 6 } }] : regions,
    };
  });
  const box = { x: left, y, width: right - left, height: bottom - y };
  frame.anchors.set(`pod/${pod.key}`, box);
  return { pod, compact: frame.compact, box, name: clipTo(pod.name, spans.net.width - 18, 'name'), cells };
}

function placeRegion(
  region: RegionContent,
  at: { readonly x: number; readonly y: number; readonly width: number },
  frame: Frame & { readonly most: number; readonly compact?: boolean },
): RegionPlace {
  const padding = frame.small ? 5 : 9;
  const width = at.width - 2 * padding;
  const lettering = frame.small ? 'small' : 'mono';
  const words = frame.small ? region.short : region.title;
  const id = textWidth(`  ${region.kind}:[${region.inode}]`, 'mono');
  const idBelow = !region.open && (frame.small || textWidth(words, 'sans') * 1.06 + id > width);
  let y = frame.compact ? at.y + 5 : at.y + titleHeight + (idBelow ? 14 : 0) + 3;
  let x = at.x + padding;
  const room = frame.most + (region.chips.length === frame.most + 1 ? 1 : 0);
  const chips = region.chips.slice(0, room).map((chip): ChipPlace => {
    const text = clipTo(chip.text, width - 2 * chipPadding(frame.small), lettering);
    const wide = textWidth(text, lettering) + 2 * chipPadding(frame.small);
    if (x > at.x + padding && x + wide > at.x + padding + width) {
      x = at.x + padding;
      y += chipHeight + chipGap;
    }
    const box = { x, y, width: wide, height: chipHeight };
    x += wide + 5;
    for (const key of chip.keys) frame.anchors.set(key, box);
    return { chip, text, box };
  });
  if (chips.length > 0) y += chipHeight + chipGap;
  const left = region.chips.length - chips.length;
  const notes = [...(left > 0 ? [`+ ${left}`] : []), ...(frame.compact ? [] : region.notes)]
    .flatMap((note) => wrap(note, width))
    .map((text) => ({ text, y: (y += line) - 5 }));
  const box = { ...at, height: Math.max(y + (notes.length > 0 ? 3 : 0) - at.y, frame.compact ? 0 : titleHeight + 8) };
  if (!region.open) frame.anchors.set(`ns/${region.inode}`, { x: at.x, y: at.y, width: 20, height: chipHeight });
  return { region, box, title: frame.compact ? '' : clipTo(words, width / 1.06, 'sans'), idBelow: idBelow && !frame.compact, chips, left, notes };
}
