// The cluster as a drawing: a Pod that shares a namespace has no wall towards the node's region of that colour; one
// that does not has a region of its own. Drawn from the world's snapshot, with the same told as text.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Translate } from '../../i18n/create-translate.ts';
import type {
  Bench,
  MapInterface,
  MapNode,
  MapPod,
  MapProcess,
  MapSnapshot,
} from '../../lab/bench-contract.ts';
import { chipGap, chipHeight, mostChips, placeNode, podProcesses } from './map-layout.ts';
import type { BandKind, Box, NodePlace, PodPlace } from './map-layout.ts';
import './cluster-map.lazy.css';

const kinds = ['net', 'pid', 'ipc'] as const;

export function ClusterMap({ t, bench }: { readonly t: Translate; readonly bench: Bench }): JSX.Element {
  const [world, setWorld] = useState<MapSnapshot>(() => bench.snapshot());
  const [system, setSystem] = useState(false);
  useEffect(() => bench.subscribe(() => setWorld(bench.snapshot())), [bench]);

  const shown = world.nodes
    .map((node) => ({ node, pods: node.pods.filter((pod) => system || pod.namespace !== 'kube-system') }))
    .sort((a, b) => Number(b.pods.length > 0) - Number(a.pods.length > 0));
  let y = 12;
  const places = shown.map(({ node, pods }) => {
    const place = placeNode(node, pods, { x: 12, y });
    y += place.box.height + 18;
    return place;
  });
  const right = Math.max(...places.map(({ box }) => box.x + box.width), 300);
  const width = right + (world.outside.length > 0 ? 210 : 12);
  return (
    <div class="map" tabIndex={0} role="group" aria-label={t('map.label')}>
      <label class="map-system">
        <input type="checkbox" checked={system} onChange={() => setSystem(!system)} /> {t('map.system')}
      </label>
      {world.pending.map(({ name, reason }) => (
        <p key={name} class="map-pending">
          <strong>{t('map.pending', { pod: name })}</strong> <code>{reason}</code>
        </p>
      ))}
      <svg viewBox={`0 0 ${width} ${y}`} width={width} height={y} role="img" aria-labelledby="map-text">
        {places.map((place) => (
          <Node
            key={place.node.name}
            t={t}
            place={place}
            from={world.outside.length > 0 ? { x: right + 24, y: 92 } : undefined}
          />
        ))}
        {world.outside.map(({ name, address }, index) => (
          <g key={name}>
            <Rect box={{ x: right + 24, y: 60 + index * 90, width: 170, height: 62 }} class="sheet" />
            <text class="name" x={right + 40} y={86 + index * 90}>
              {name}
            </text>
            <text class="mono soft" x={right + 40} y={106 + index * 90}>
              {address}
            </text>
          </g>
        ))}
      </svg>
      <div id="map-text" class="unseen">
        <ul>
          {shown.map(({ node, pods }) => (
            <li key={node.name}>
              {t('map.node', { node: node.name, address: node.address, count: node.pid.processes.length })}
              <ul>
                {pods.map((pod) => (
                  <li key={pod.name}>{tellPod(t, pod)}</li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

interface NodeProps {
  readonly t: Translate;
  readonly place: NodePlace;
  /** Where ways from outside begin. */
  readonly from: { readonly x: number; readonly y: number } | undefined;
}

function Node({ t, place, from }: NodeProps): JSX.Element {
  const { node, box, bands, pods } = place;
  const { x } = bands.net;
  return (
    <g>
      <Rect box={box} class="sheet" />
      <text class="name" x={box.x + 18} y={box.y + 26}>
        {node.name}
      </text>
      <text class="mono soft" x={box.x + 18} y={box.y + 43}>
        {node.address}
      </text>
      {kinds.map((kind) => (
        <g key={kind} class={kind}>
          <Rect box={bands[kind]} class="region" />
          <text class="region-name" x={x + 12} y={bands[kind].y + 20}>
            {t(`map.${kind}.node`)} <tspan class="mono soft">{`${kind}:[${node[kind].inode}]`}</tspan>
          </text>
        </g>
      ))}
      <Chips t={t} kind="net" box={bands.net} texts={node.net.interfaces.map(interfaceText)} />
      <Chips t={t} kind="pid" box={bands.pid} texts={nodeProcesses(node).map(processText)} />
      <text class="soft" x={x + 12} y={bands.ipc.y + 44}>
        {tellIpc(t, node.ipc)}
      </text>
      {from &&
        pods.flatMap(({ pod, cells }) =>
          pod.hostPorts.map(({ hostPort }, port) => {
            const end = { x: cells.net.x + cells.net.width - 12, y: doorY(cells.net, port) + chipHeight / 2 };
            const bend = box.x + box.width + 12;
            return (
              <path
                key={`${pod.name}:${hostPort}`}
                class="way"
                d={`M${from.x} ${from.y}C${bend} ${from.y} ${bend} ${end.y} ${box.x + box.width - 20} ${end.y}H${end.x}`}
              />
            );
          }),
        )}
      {pods.map((each) => (
        <Pod key={`${each.pod.namespace}/${each.pod.name}`} t={t} place={each} />
      ))}
    </g>
  );
}

function Pod({ t, place }: { readonly t: Translate; readonly place: PodPlace }): JSX.Element {
  const { pod, box, cells } = place;
  const processes = podProcesses(pod);
  const left = box.x;
  const right = box.x + box.width;
  const top = cells.net.y;
  const bottom = cells.ipc.y + cells.ipc.height;
  return (
    <g class="pod">
      <path class="wall" d={`M${left} ${top}V${box.y + 10}q0-10 10-10H${right - 10}q10 0 10 10V${top}`} />
      <text class="name" x={left + 14} y={box.y + 21}>
        {clip(pod.name, 24)}
      </text>
      <text class="soft" x={left + 14} y={box.y + 38}>
        {pod.status}
      </text>
      {kinds.map((kind, index) => {
        const cell = cells[kind];
        const below = kinds[index + 1];
        const end = below ? cells[below].y : bottom + 8;
        const seam = {
          x: left,
          y: cell.y + cell.height,
          width: box.width,
          height: end - cell.y - cell.height,
        };
        return (
          <g key={kind} class={kind} data-shared={cell.shared}>
            <g class="own">
              <rect class="moat" x={left} y={cell.y - 1} width={box.width} height={cell.height + 2} />
              <path
                class="wall-side"
                d={`M${left} ${cell.y - 1}v${cell.height + 2}M${right} ${cell.y - 1}v${cell.height + 2}`}
              />
              <Rect box={inset(cell)} class="region" />
            </g>
            <rect
              class="moat"
              x={left}
              y={seam.y + 1}
              width={box.width}
              height={Math.max(0, seam.height - 1)}
            />
            <path
              class="wall-side"
              d={`M${left} ${seam.y}v${seam.height}M${right} ${seam.y}v${seam.height}`}
            />
            <text class="region-name" x={left + 18} y={cell.y + 22}>
              {t(cell.shared ? `map.${kind}.shared` : `map.${kind}.own`)}
            </text>
          </g>
        );
      })}
      <path class="wall-side" d={`M${left} ${bottom + 8}H${right}`} />
      {!cells.net.shared && (
        <Chips
          t={t}
          kind="net"
          box={{ ...cells.net, x: left + 6, y: cells.net.y + 2 }}
          texts={pod.net.interfaces.map(interfaceText)}
        />
      )}
      {pod.hostPorts.map(({ hostPort, containerPort }, index) => (
        <g key={hostPort} class="door">
          <rect
            x={left + 18}
            y={doorY(cells.net, index)}
            width={box.width - 30}
            height={chipHeight}
            rx="12"
          />
          <text x={left + 30} y={doorY(cells.net, index) + 16}>
            :{hostPort} → :{containerPort}
          </text>
        </g>
      ))}
      {!cells.pid.shared && (
        <Chips
          t={t}
          kind="pid"
          box={{ ...cells.pid, x: left + 6, y: cells.pid.y + 2 }}
          texts={processes.map(processText)}
        />
      )}
      {!cells.ipc.shared && (
        <text class="soft" x={left + 18} y={cells.ipc.y + 46}>
          {tellIpc(t, pod.ipc)}
        </text>
      )}
    </g>
  );
}

interface ChipsProps {
  readonly t: Translate;
  readonly kind: BandKind;
  readonly box: Box;
  readonly texts: readonly string[];
}

function Chips({ t, kind, box, texts }: ChipsProps): JSX.Element {
  const drawn = texts.length > mostChips + 1 ? texts.slice(0, mostChips) : texts;
  const y = (index: number): number => box.y + 30 + index * (chipHeight + chipGap);
  return (
    <g class={`chips ${kind}`}>
      {drawn.map((text, index) => (
        <g key={`${index}${text}`}>
          <rect
            x={box.x + 12}
            y={y(index)}
            width={Math.min(196, clip(text, 26).length * 7.3 + 18)}
            height={chipHeight}
            rx="5"
          />
          <text class="mono" x={box.x + 21} y={y(index) + 16}>
            {clip(text, 26)}
          </text>
        </g>
      ))}
      {drawn.length < texts.length && (
        <text class="soft" x={box.x + 12} y={y(drawn.length) + 15}>
          {t('map.more', { count: texts.length - drawn.length })}
        </text>
      )}
    </g>
  );
}

/** Ports of the node stand at the bottom of the Pod's part of the network. */
function doorY(cell: Box, index: number): number {
  return cell.y + cell.height - 32 - index * (chipHeight + chipGap);
}

function Rect({ box, class: name }: { readonly box: Box; readonly class: string }): JSX.Element {
  return <rect class={name} x={box.x} y={box.y} width={box.width} height={box.height} rx="10" />;
}

function inset(box: Box): Box {
  return { x: box.x + 8, y: box.y + 2, width: box.width - 16, height: box.height - 4 };
}

function nodeProcesses(node: MapNode): readonly MapProcess[] {
  return node.pid.processes;
}

function interfaceText({ name, addresses }: MapInterface): string {
  return [name, addresses.find((address) => !address.includes(':')) ?? ''].join(' ').trim();
}

function processText({ pid, command }: MapProcess): string {
  return `${pid} ${command.replace(/^\S*\//, '')}`;
}

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function tellIpc(t: Translate, ipc: MapNode['ipc']): string {
  return t('map.ipcObjects', {
    memory: ipc.sharedMemory,
    semaphores: ipc.semaphores,
    queues: ipc.messageQueues,
  });
}

function tellPod(t: Translate, pod: MapPod): string {
  const pid = pod.containers.every((container) => container.pid.ofNode);
  return [
    `${pod.name} (${pod.status}):`,
    t(pod.net.ofNode ? 'map.net.shared' : 'map.net.own'),
    t(pid ? 'map.pid.shared' : 'map.pid.own'),
    t(pod.ipc.ofNode ? 'map.ipc.shared' : 'map.ipc.own'),
    ...pod.net.interfaces.map(interfaceText),
    ...podProcesses(pod).map(processText),
    ...pod.hostPorts.map(({ hostPort, containerPort }) => `${hostPort} → ${containerPort}`),
  ].join(' · ');
}
