// A Pod on the map: walls around what is its own, none where it stands in the node's region.
import type { JSX } from 'preact';
import type { Translate } from '../../i18n/create-translate.ts';
import { bandKinds, chipHeight, doorY, podProcesses } from './map-layout.ts';
import type { Box, PodPlace } from './map-layout.ts';
import { Chips, Rect } from './map-parts.tsx';
import { clip, interfaceText, processText, tellIpc } from './map-words.ts';

export function Pod({ t, place }: { readonly t: Translate; readonly place: PodPlace }): JSX.Element {
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
      {bandKinds.map((kind, index) => {
        const cell = cells[kind];
        const below = bandKinds[index + 1];
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
              <path class="wall-side" d={`M${left} ${cell.y - 1}v${cell.height + 2}M${right} ${cell.y - 1}v${cell.height + 2}`} />
              <Rect box={inset(cell)} class="region" />
            </g>
            <rect class="moat" x={left} y={seam.y + 1} width={box.width} height={Math.max(0, seam.height - 1)} />
            <path class="wall-side" d={`M${left} ${seam.y}v${seam.height}M${right} ${seam.y}v${seam.height}`} />
            <text class="region-name" x={left + 18} y={cell.y + 22}>
              {t(cell.shared ? `map.${kind}.shared` : `map.${kind}.own`)}
            </text>
          </g>
        );
      })}
      <path class="wall-side" d={`M${left} ${bottom + 8}H${right}`} />
      {!cells.net.shared && (
        <Chips t={t} kind="net" box={{ ...cells.net, x: left + 6, y: cells.net.y + 2 }} texts={pod.net.interfaces.map(interfaceText)} />
      )}
      {pod.hostPorts.map(({ hostPort, containerPort }, index) => (
        <g key={hostPort} class="door">
          <rect x={left + 18} y={doorY(cells.net, index)} width={box.width - 30} height={chipHeight} rx="12" />
          <text x={left + 30} y={doorY(cells.net, index) + 16}>
            :{hostPort} → :{containerPort}
          </text>
        </g>
      ))}
      {!cells.pid.shared && <Chips t={t} kind="pid" box={{ ...cells.pid, x: left + 6, y: cells.pid.y + 2 }} texts={processes.map(processText)} />}
      {!cells.ipc.shared && (
        <text class="soft" x={left + 18} y={cells.ipc.y + 46}>
          {tellIpc(t, pod.ipc)}
        </text>
      )}
    </g>
  );
}

function inset(box: Box): Box {
  return { x: box.x + 8, y: box.y + 2, width: box.width - 16, height: box.height - 4 };
}
