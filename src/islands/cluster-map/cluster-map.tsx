// The cluster as a drawing: a Pod that shares a namespace has no wall towards the node's region of that colour; one
// that does not has a region of its own. Drawn from the world's snapshot, with the same told as text.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Translate } from '../../i18n/create-translate.ts';
import type { Bench, MapSnapshot } from '../../lab/bench-contract.ts';
import { placeNode } from './map-layout.ts';
import { Node } from './map-node.tsx';
import { Rect } from './map-parts.tsx';
import { tellPod } from './map-words.ts';
import { packetWays } from './packet-way.ts';
import { WayPlayer } from './way-player.tsx';
import type { WayState } from './way-player.tsx';
import './cluster-map.lazy.css';

export function ClusterMap({ t, bench }: { readonly t: Translate; readonly bench: Bench }): JSX.Element {
  const [world, setWorld] = useState<MapSnapshot>(() => bench.snapshot());
  const [system, setSystem] = useState(false);
  const [way, setWay] = useState<WayState>({ way: 0, step: -1, playing: false });
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
  const from = { x: right + 24, y: 92 };
  const ways = packetWays(world, places, from);
  const dot = ways[way.way]?.points[way.step];
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
      <WayPlayer t={t} ways={ways} state={way} onState={setWay} />
      <svg viewBox={`0 0 ${width} ${y}`} width={width} height={y} role="img" aria-labelledby="map-text">
        {places.map((place) => (
          <Node key={place.node.name} t={t} place={place} from={world.outside.length > 0 ? from : undefined} />
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
        {dot && <circle class="packet" r="8" style={`transform:translate(${dot.x}px,${dot.y}px)`} />}
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
