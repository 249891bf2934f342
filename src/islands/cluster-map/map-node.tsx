// A node on the map: three bands across its whole width, its own things at their left, its Pods as columns.
import type { JSX } from 'preact';
import type { Translate } from '../../i18n/create-translate.ts';
import { bandKinds, chipHeight, doorY } from './map-layout.ts';
import type { NodePlace } from './map-layout.ts';
import { Chips, Rect } from './map-parts.tsx';
import { Pod } from './map-pod.tsx';
import { interfaceText, processText, tellIpc } from './map-words.ts';

interface NodeProps {
  readonly t: Translate;
  readonly place: NodePlace;
  /** Where ways from outside begin. */
  readonly from: { readonly x: number; readonly y: number } | undefined;
}

export function Node({ t, place, from }: NodeProps): JSX.Element {
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
      {bandKinds.map((kind) => (
        <g key={kind} class={kind}>
          <Rect box={bands[kind]} class="region" />
          <text class="region-name" x={x + 12} y={bands[kind].y + 20}>
            {t(`map.${kind}.node`)} <tspan class="mono soft">{`${kind}:[${node[kind].inode}]`}</tspan>
          </text>
        </g>
      ))}
      <Chips t={t} kind="net" box={bands.net} texts={node.net.interfaces.map(interfaceText)} />
      <Chips t={t} kind="pid" box={bands.pid} texts={node.pid.processes.map(processText)} />
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
