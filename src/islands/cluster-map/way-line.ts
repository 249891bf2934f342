// The line that a way draws on the map: through the lanes left of the chips, so that it crosses no text.
import { laneWidth } from './map-layout.ts';
import type { Box, MapPlace } from './map-layout.ts';
import type { WayStep } from './packet-way.ts';

export interface Stop {
  readonly x: number;
  readonly y: number;
}

const radius = 5;

/** Where a step stands on the map. */
export function stopOf(place: MapPlace, step: WayStep): Stop | undefined {
  const box = step.keys.map((key) => place.anchors.get(key)).find((each) => each !== undefined);
  return box && touch(box);
}

/** Ways touch a chip at its upper edge, near its beginning. */
function touch({ x, y, width }: Box): Stop {
  return { x: x + Math.min(16, width / 2), y };
}

/** The SVG path from one stop to the next; between machines it runs along the LAN's line. */
export function lineBetween(place: MapPlace, from: Stop, to: Stop): string {
  if (from.x === to.x && from.y === to.y) return `M${from.x} ${from.y}h.1`;
  const node = (stop: Stop): number => place.nodes.findIndex(({ box }) => stop.y >= box.y && stop.y <= box.y + box.height);
  const [a, b] = [node(from), node(to)];
  const inner = place.nodes[a]?.bands.net.x ?? 0;
  const lane = a === b && a >= 0 ? inner + laneWidth / 2 - 2 : place.lan;
  const above = (stop: Stop): number => stop.y - 4;
  const down = above(to) >= above(from) ? 1 : -1;
  if (Math.abs(above(to) - above(from)) < 2 * radius) return `M${from.x} ${from.y}V${above(from)}H${to.x}V${to.y}`;
  return [
    `M${from.x} ${from.y}V${above(from)}H${lane + radius}`,
    `Q${lane} ${above(from)} ${lane} ${above(from) + down * radius}`,
    `V${above(to) - down * radius}`,
    `Q${lane} ${above(to)} ${lane + radius} ${above(to)}`,
    `H${to.x}V${to.y}`,
  ].join('');
}
