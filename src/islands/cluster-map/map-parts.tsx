// Small pieces that nodes and Pods on the map are made of.
import type { JSX } from 'preact';
import type { Translate } from '../../i18n/create-translate.ts';
import { chipGap, chipHeight, mostChips } from './map-layout.ts';
import type { BandKind, Box } from './map-layout.ts';
import { clip } from './map-words.ts';

interface ChipsProps {
  readonly t: Translate;
  readonly kind: BandKind;
  readonly box: Box;
  readonly texts: readonly string[];
}

export function Chips({ t, kind, box, texts }: ChipsProps): JSX.Element {
  const drawn = texts.length > mostChips + 1 ? texts.slice(0, mostChips) : texts;
  const y = (index: number): number => box.y + 30 + index * (chipHeight + chipGap);
  return (
    <g class={`chips ${kind}`}>
      {drawn.map((text, index) => (
        <g key={`${index}${text}`}>
          <rect x={box.x + 12} y={y(index)} width={Math.min(196, clip(text, 26).length * 7.3 + 18)} height={chipHeight} rx="5" />
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

export function Rect({ box, class: name }: { readonly box: Box; readonly class: string }): JSX.Element {
  return <rect class={name} x={box.x} y={box.y} width={box.width} height={box.height} rx="10" />;
}
