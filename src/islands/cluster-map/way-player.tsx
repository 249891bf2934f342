// Sends a packet and plays its way: by itself, step by step, back, or straight to the end. Each step is told in words;
// the dot on the map only follows.
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Translate } from '../../i18n/create-translate.ts';
import type { PacketWay, WayStep } from './packet-way.ts';

export interface WayState {
  readonly id: string;
  readonly step: number;
  readonly playing: boolean;
}

interface Props {
  readonly t: Translate;
  readonly ways: readonly PacketWay[];
  readonly way: PacketWay;
  /** What happened to the packet that was sent last; empty before one was. */
  readonly steps: readonly WayStep[];
  readonly state: WayState;
  readonly onState: (state: WayState) => void;
  /** Sends a packet; resolves when it has arrived or is lost. */
  readonly onSend: () => Promise<void>;
}

const stepTime = 1600;

export function WayPlayer({ t, ways, way, steps, state, onState, onSend }: Props): JSX.Element {
  const last = steps.length - 1;
  const point = steps[state.step];

  useEffect(() => {
    if (!state.playing) return undefined;
    if (state.step >= last) {
      onState({ ...state, playing: false });
      return undefined;
    }
    const timer = setTimeout(() => onState({ ...state, step: state.step + 1 }), stepTime);
    return () => clearTimeout(timer);
  }, [state.id, state.step, state.playing, last]);

  /** From before the beginning, or after the end, a new packet goes out first. */
  const begin = async (next: WayState): Promise<void> => {
    if (way.send) await onSend();
    onState(next);
  };
  const fresh = state.step < 0 || state.step >= last;

  return (
    <div class="way-player" role="group" aria-label={t('way.title')}>
      <label>
        <span>{t('way.title')}</span>{' '}
        <select value={way.id} onChange={(event) => onState({ id: event.currentTarget.value, step: -1, playing: false })}>
          {ways.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <span class="way-buttons">
        <button
          type="button"
          class="quiet"
          onClick={() =>
            state.playing || !fresh ? onState({ ...state, playing: !state.playing }) : void begin({ id: way.id, step: 0, playing: true })
          }
        >
          {t(state.playing ? 'way.pause' : 'way.play')}
        </button>
        <button type="button" class="quiet" disabled={state.step <= 0} onClick={() => onState({ ...state, step: state.step - 1, playing: false })}>
          {t('way.back')}
        </button>
        <button
          type="button"
          class="quiet"
          disabled={state.step >= 0 && state.step >= last}
          onClick={() => {
            const next = { id: way.id, step: state.step + 1, playing: false };
            if (state.step < 0) void begin(next);
            else onState(next);
          }}
        >
          {t('way.step')}
        </button>
        <button
          type="button"
          class="quiet"
          disabled={state.step >= 0 && state.step >= last}
          onClick={() =>
            state.step < 0
              ? void begin({ id: way.id, step: Number.MAX_SAFE_INTEGER, playing: false })
              : onState({ ...state, step: last, playing: false })
          }
        >
          {t('way.end')}
        </button>
      </span>
      <p role="status">{point ? `${state.step + 1}/${last + 1} ${t(`way.${point.code}`, point.values)}` : ''}</p>
      {point && (
        <details>
          <summary>{t('way.all')}</summary>
          <ol>
            {steps.map(({ code, values }, index) => (
              <li key={index} aria-current={index === state.step ? 'step' : undefined}>
                {t(`way.${code}`, values)}
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  );
}
