// Plays a packet's way: step by step, by itself, or straight to the end. Each step is told in words; the dot on the map
// only follows.
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Translate } from '../../i18n/create-translate.ts';
import type { PacketWay } from './packet-way.ts';

export interface WayState {
  readonly way: number;
  readonly step: number;
  readonly playing: boolean;
}

interface Props {
  readonly t: Translate;
  readonly ways: readonly PacketWay[];
  readonly state: WayState;
  readonly onState: (state: WayState) => void;
}

const stepTime = 1600;

export function WayPlayer({ t, ways, state, onState }: Props): JSX.Element | null {
  const way = ways[state.way] ?? ways[0];
  const last = (way?.points.length ?? 1) - 1;
  const point = way?.points[state.step];

  useEffect(() => {
    if (!state.playing) return undefined;
    if (state.step >= last) {
      onState({ ...state, playing: false });
      return undefined;
    }
    const timer = setTimeout(() => onState({ ...state, step: state.step + 1 }), stepTime);
    return () => clearTimeout(timer);
  }, [state]);

  if (!way) return null;
  return (
    <div class="way-player">
      <label>
        <span>{t('way.title')}</span>{' '}
        <select value={String(state.way)} onChange={(event) => onState({ way: Number(event.currentTarget.value), step: 0, playing: false })}>
          {ways.map(({ name }, index) => (
            <option key={name} value={String(index)}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        class="quiet"
        onClick={() => onState({ ...state, step: state.step >= last ? 0 : Math.max(0, state.step), playing: !state.playing })}
      >
        {t(state.playing ? 'way.pause' : 'way.play')}
      </button>
      <button type="button" class="quiet" disabled={state.step >= last} onClick={() => onState({ ...state, step: state.step + 1, playing: false })}>
        {t('way.step')}
      </button>
      <button type="button" class="quiet" onClick={() => onState({ ...state, step: last, playing: false })}>
        {t('way.end')}
      </button>
      <p role="status">{point ? `${state.step + 1}/${last + 1} ${t(`way.${point.step}`, way.values)}` : ''}</p>
    </div>
  );
}
