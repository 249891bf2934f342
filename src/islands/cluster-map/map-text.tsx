// The whole map told as a nested list: the same facts as the drawing, for readers who hear or prefer text.
import type { JSX } from 'preact';
import type { Translate } from '../../i18n/create-translate.ts';
import { bandKinds } from './map-content.ts';
import type { NodeContent, RegionContent } from './map-content.ts';

export function MapText({ t, nodes }: { readonly t: Translate; readonly nodes: readonly NodeContent[] }): JSX.Element {
  return (
    <ul class="map-list">
      {nodes.map((node) => (
        <li key={node.name}>
          {t('map.nodeText', { node: node.name, address: node.address })} {node.summary}
          <ul>
            {bandKinds.map((kind) => (
              <Region key={kind} region={node.regions[kind]} />
            ))}
            {node.pods.map((pod) => (
              <li key={pod.key}>
                {t('map.podText', { pod: pod.name, status: pod.status })}
                <ul>{bandKinds.flatMap((kind) => pod.cells[kind].map((region) => <Region key={`${kind}${region.inode}`} region={region} />))}</ul>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function Region({ region }: { readonly region: RegionContent }): JSX.Element {
  const parts = [...region.chips.map(({ text, whole }) => whole ?? text), ...region.notes];
  return (
    <li class={region.kind}>
      <span class="region-title">{region.title}</span> <code>{`${region.kind}:[${region.inode}]`}</code>
      {parts.length > 0 && (
        <ul>
          {parts.map((part, index) => (
            <li key={index}>{part}</li>
          ))}
        </ul>
      )}
    </li>
  );
}
