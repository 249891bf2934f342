// The cluster as a drawing: a Pod that shares a namespace has no wall towards the node's region of that colour; one
// that does not has a region of its own. Drawn from the world's snapshot, with the same told as a list.
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Translate } from '../../i18n/create-translate.ts';
import type { Bench } from '../../lab/bench-contract.ts';
import type { MapSnapshot } from '../../lab/map-contract.ts';
import { mapContent } from './map-content.ts';
import { MapDrawing } from './map-drawing.tsx';
import { placeMap } from './map-layout.ts';
import { MapText } from './map-text.tsx';
import { packetOf, packetWays, waySteps } from './packet-way.ts';
import { WayPlayer } from './way-player.tsx';
import type { WayState } from './way-player.tsx';
import './cluster-map.lazy.css';

export function ClusterMap({ t, bench }: { readonly t: Translate; readonly bench: Bench }): JSX.Element {
  const [world, setWorld] = useState<MapSnapshot>(() => bench.snapshot());
  const [system, setSystem] = useState(false);
  const [asText, setAsText] = useState(false);
  const [width, setWidth] = useState(720);
  const [state, setState] = useState<WayState>({ id: '', step: -1, playing: false });
  const frame = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let last = '';
    return bench.subscribe(() => {
      const next = bench.snapshot();
      const told = JSON.stringify(next);
      if (told === last) return;
      last = told;
      setWorld(next);
    });
  }, [bench]);
  useLayoutEffect(() => {
    if (!frame.current) return undefined;
    const measure = new ResizeObserver(([entry]) => entry && setWidth(Math.max(300, Math.min(1180, Math.floor(entry.contentRect.width)))));
    measure.observe(frame.current);
    return () => measure.disconnect();
  }, []);

  const nodes = useMemo(() => mapContent(t, world, system), [t, world, system]);
  const place = useMemo(() => withHosts(world, placeMap(nodes, width, world.outside.length > 0)), [nodes, width]);
  const ways = packetWays(world);
  const way = ways.find(({ id }) => id === state.id) ?? ways[0];
  const packet = way && state.step >= 0 ? packetOf(world, way) : undefined;
  const steps = packet ? waySteps(world, packet) : [];
  const at = Math.min(state.step, steps.length - 1);

  const send = async (): Promise<void> => {
    if (!way?.send) return;
    await bench.runEverywhere(way.send.command, [way.send.at]);
    setWorld(bench.snapshot());
  };

  return (
    <div class="map" tabIndex={0} role="group" aria-label={t('map.label')}>
      <div class="map-tools">
        <label>
          <input type="checkbox" checked={system} onChange={() => setSystem(!system)} /> {t('map.system')}
        </label>
        <button type="button" class="quiet" aria-pressed={asText} onClick={() => setAsText(!asText)}>
          {t('map.asText')}
        </button>
      </div>
      {world.pending.map(({ name, reason }) => (
        <p key={name} class="map-pending">
          <strong>{t('map.pending', { pod: name })}</strong> <code>{reason}</code>
        </p>
      ))}
      {way && <WayPlayer t={t} ways={ways} way={way} steps={steps} state={{ ...state, step: at }} onState={setState} onSend={send} />}
      <div ref={frame} class="map-frame" hidden={asText}>
        <MapDrawing t={t} world={world} place={place} steps={steps} at={at} />
      </div>
      <div class={asText ? 'map-words' : 'unseen'}>
        <MapText t={t} nodes={nodes} />
      </div>
      <p class="map-legend">{t('map.legend')}</p>
    </div>
  );
}

/** Outside machines, and nodes as such, are places where a way can stop, too. */
function withHosts(world: MapSnapshot, place: ReturnType<typeof placeMap>): ReturnType<typeof placeMap> {
  const anchors = new Map(place.anchors);
  for (const { name } of world.outside) anchors.set(`host/${name}`, { ...place.outside, y: place.outside.y + 26, width: 0 });
  for (const { node, box } of place.nodes) anchors.set(`host/${node.name}`, box);
  return { ...place, anchors };
}
