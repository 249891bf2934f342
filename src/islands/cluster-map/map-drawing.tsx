// The map as SVG: bands of the node's namespaces, Pods across them with walls only where something is their own.
import type { JSX } from 'preact';
import type { Translate } from '../../i18n/create-translate.ts';
import type { MapSnapshot } from '../../lab/map-contract.ts';
import { bandKinds } from './map-content.ts';
import { chipPadding } from './map-layout.ts';
import type { MapPlace, NodePlace, PodPlace, RegionPlace } from './map-layout.ts';
import { lineBetween, stopOf } from './way-line.ts';
import type { WayStep } from './packet-way.ts';

interface Props {
  readonly t: Translate;
  readonly world: MapSnapshot;
  readonly place: MapPlace;
  readonly steps: readonly WayStep[];
  /** The step that the packet has reached; −1 before it is sent. */
  readonly at: number;
}

export function MapDrawing({ t, world, place, steps, at }: Props): JSX.Element {
  const { width, height, nodes, outside, lan } = place;
  const last = nodes.at(-1);
  const count = nodes.reduce((sum, { pods }) => sum + pods.length, 0);
  return (
    <svg
      class={place.small ? 'small' : undefined}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('map.summary', { nodes: nodes.length, pods: count })}
    >
      {world.outside.map(({ name, address }) => (
        <g key={name}>
          {last && <path class="lan" d={`M${outside.x} ${outside.y + 22}H${lan + 6}q-6 0-6 6V${last.box.y + 19}`} />}
          {nodes.map(({ node, box }) => (
            <path key={node.name} class="lan" d={`M${lan} ${box.y + 13}q0 6 6 6H${box.x}`} />
          ))}
          <rect class="sheet" x={outside.x} y={outside.y} width={outside.width} height={outside.height} rx="9" />
          <text class="name" x={outside.x + 12} y={outside.y + 19}>
            {name}
          </text>
          <text class="soft" x={outside.x + outside.width - 12} y={outside.y + 19} text-anchor="end">
            {t('map.outside')}
          </text>
          <text class="mono soft" x={outside.x + 12} y={outside.y + 36}>
            {address}
          </text>
        </g>
      ))}
      {nodes.map((node) => (
        <Node key={node.node.name} place={node} small={place.small} />
      ))}
      <Doors world={world} place={place} />
      {steps.length > 0 && <Way place={place} steps={steps} at={at} />}
    </svg>
  );
}

function Node({ place, small }: { readonly place: NodePlace; readonly small: boolean }): JSX.Element {
  const { node, box, bands, regions, pods } = place;
  return (
    <g>
      <rect class="sheet" x={box.x} y={box.y} width={box.width} height={box.height} rx="12" />
      <text class="name" x={box.x + 14} y={box.y + 21}>
        {node.name} {!small && <tspan class="mono soft">{` ${node.address}`}</tspan>}
      </text>
      {small && (
        <text class="mono soft" x={box.x + 14} y={box.y + 37}>
          {node.address}
        </text>
      )}
      <text class="soft" x={box.x + box.width - 14} y={box.y + 21} text-anchor="end">
        {node.summary}
      </text>
      {bandKinds.map((kind) => (
        <g key={kind} class={kind}>
          <rect class="band" x={bands[kind].x} y={bands[kind].y} width={bands[kind].width} height={bands[kind].height} rx="9" />
          <Region place={regions[kind]} small={small} bare />
        </g>
      ))}
      {pods.map((pod) => (
        <Pod key={pod.pod.key} place={pod} small={small} />
      ))}
    </g>
  );
}

/** Drawn from its own corner, so that it can slide there when something above it moved. */
function Pod({ place, small }: { readonly place: PodPlace; readonly small: boolean }): JSX.Element {
  const { pod, box, cells, name } = place;
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  return (
    <g class="pod" style={`transform:translate(${box.x}px,${box.y}px)`}>
      <g transform={`translate(${-box.x} ${-box.y})`}>
        {bandKinds.map((kind, index) => {
          const { box: cell, open, regions } = cells[kind];
          const first = index === 0;
          const final = index === bandKinds.length - 1;
          const end = cell.x + cell.width;
          return (
            <g key={kind} class={`cell ${kind}`} data-shared={open}>
              <path class="own moat" d={rounded({ ...cell, top: box.y, bottom }, first, final)} />
              <path class="wall" d={`M${cell.x + (first ? 9 : 0)} ${box.y}H${end - (final ? 9 : 0)}m0 ${box.height}H${cell.x + (first ? 9 : 0)}`} />
              {regions.map((region) => (
                <Region key={region.region.inode} place={region} small={small} />
              ))}
            </g>
          );
        })}
        <path class="side" d={`M${box.x + 9} ${box.y}q-9 0-9 9V${bottom - 9}q0 9 9 9`} />
        <path class="side" d={`M${right - 9} ${box.y}q9 0 9 9V${bottom - 9}q0 9-9 9`} />
        <text class="name" x={box.x + 12} y={box.y + 19}>
          {name}
        </text>
        <text class="soft" x={cells.pid.box.x + 12} y={box.y + 19}>
          {pod.status}
        </text>
      </g>
    </g>
  );
}

interface Span {
  readonly x: number;
  readonly width: number;
  readonly top: number;
  readonly bottom: number;
}

function rounded({ x, width, top, bottom }: Span, left: boolean, right: boolean): string {
  const l = left ? 9 : 0;
  const r = right ? 9 : 0;
  const end = x + width;
  return `M${x + l} ${top}H${end - r}q${r} 0 ${r} ${r}V${bottom - r}q0 ${r} ${-r} ${r}H${x + l}q${-l} 0 ${-l} ${-l}V${top + l}q0 ${-l} ${l} ${-l}z`;
}

interface RegionProps {
  readonly place: RegionPlace;
  readonly small: boolean;
  /** The node's band is its frame. */
  readonly bare?: boolean;
}

function Region({ place, small, bare = false }: RegionProps): JSX.Element {
  const { region, box, title, idBelow, chips, notes } = place;
  const pad = small ? 5 : 9;
  const id = `${region.kind}:[${region.inode}]`;
  return (
    <g class={`region ${region.kind}`}>
      {!region.open && !bare && (
        <rect class="own frame" x={box.x} y={box.y} width={box.width} height={box.height} rx="7">
          <title>{`${region.title} ${id}`}</title>
        </rect>
      )}
      <text class="region-name" x={box.x + pad} y={box.y + 17}>
        {title}
        {title !== '' && !region.open && !idBelow && <tspan class="mono soft">{`  ${id}`}</tspan>}
      </text>
      {!region.open && idBelow && (
        <text class="mono soft tiny" x={box.x + pad} y={box.y + 31}>
          {small ? region.inode : id}
        </text>
      )}
      {chips.map(({ chip, text, box: at }, index) => (
        <g key={chip.keys[0] ?? `${index}${text}`} class={`chip ${chip.tone}`}>
          <title>{chip.whole ?? chip.text}</title>
          <rect x={at.x} y={at.y} width={at.width} height={at.height} rx={chip.tone === 'door' || chip.tone === 'shut' ? 10 : 5} />
          <text class="mono" x={at.x + chipPadding(small)} y={at.y + 14.5}>
            {text}
          </text>
        </g>
      ))}
      {notes.map(({ text, y }) => (
        <text key={y} class="soft" x={box.x + pad} y={y}>
          {text}
        </text>
      ))}
    </g>
  );
}

/** Thin lines from a node's ports to the Pods behind them on the same node. */
function Doors({ world, place }: Pick<Props, 'world' | 'place'>): JSX.Element {
  return (
    <>
      {world.nodes.flatMap((node) =>
        node.doors.flatMap(({ port, targets }) =>
          node.pods
            .filter((pod) => !pod.net.ofNode && targets.some((target) => target.startsWith(`${pod.address}:`)))
            .flatMap((pod) => {
              const from = stopOf(place, { code: 'sent', values: {}, keys: [`door/${node.net.inode}/${port}`] });
              const to = stopOf(place, { code: 'sent', values: {}, keys: [`if/${pod.net.inode}/eth0`] });
              return from && to ? [<path key={`${node.name}${port}${pod.name}`} class="nat" d={lineBetween(place, from, to)} />] : [];
            }),
        ),
      )}
    </>
  );
}

function Way({ place, steps, at }: Pick<Props, 'place' | 'steps' | 'at'>): JSX.Element {
  const stops = steps.map((step) => stopOf(place, step));
  const lines = stops.slice(1).flatMap((to, index) => {
    const from = stops[index];
    return from && to ? [{ index: index + 1, d: lineBetween(place, from, to) }] : [];
  });
  const now = stops[at];
  const line = lines.find(({ index }) => index === at);
  const code = steps[at]?.code;
  const wrong = code === 'refused' || code === 'rejected' || code === 'lost' || code === 'local';
  return (
    <g>
      {lines
        .filter(({ index }) => index <= at)
        .map(({ index, d }) => (
          <path key={index} class="way" d={d} />
        ))}
      {now && (
        <g key={at} class={wrong ? 'packet wrong' : 'packet'} style={`offset-path:path('${line?.d ?? `M${now.x} ${now.y}h.1`}')`}>
          <circle r="7" />
          {wrong && <path d="M-3-3 3 3M3-3-3 3" />}
        </g>
      )}
    </g>
  );
}
