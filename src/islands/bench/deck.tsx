// The lower half of the bench: terminals, the comparison, the map and the timeline, one at a time. All but the
// terminals' frames arrive when first opened.
import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Translate } from '../../i18n/create-translate.ts';
import type { Bench, Suggestions } from '../../lab/bench-contract.ts';
import type { Story } from '../../lab/story.ts';
import { Terminal } from '../terminal/terminal.tsx';
import type { PastBanner } from '../timeline/past-banner.tsx';
import type { Past } from '../timeline/use-past.ts';
import type { KeyList } from './key-list.tsx';

interface Props {
  readonly t: Translate;
  readonly lab: Bench | undefined;
  readonly load: () => Promise<Bench>;
  readonly applied: number;
  /** Terminals that are offered from the start; the first one is open. */
  readonly observers: readonly string[];
  /** All places that have a terminal at present. */
  readonly running: readonly string[];
  /** The learner turned to a terminal. */
  readonly onTerminal: () => void;
  /** The deck has most of the bench. */
  readonly tall: boolean;
  readonly onTall: (tall: boolean) => void;
  /** The moment that the map, the comparison and the timeline show instead of the present. */
  readonly past: Past;
  /** Copies a link to a moment. */
  readonly link: (story: Story, at: number) => Promise<string>;
}

interface ViewProps {
  readonly t: Translate;
  readonly bench: Bench;
  readonly applied: number;
  readonly suggestions: Suggestions;
  readonly past: Past;
  readonly link: Props['link'];
}

const views = {
  compare: () => import('../observers/observers.tsx').then(({ Observers }) => Observers),
  map: () => import('../cluster-map/cluster-map.tsx').then(({ ClusterMap }) => ClusterMap),
  time: () => import('../timeline/timeline.tsx').then(({ Timeline }) => Timeline),
} satisfies { readonly [name: string]: () => Promise<ComponentType<ViewProps>> };
type View = keyof typeof views;
const viewNames = Object.keys(views) as readonly View[];

export function Deck({ t, lab, load, applied, observers, running, onTerminal, tall, onTall, past, link }: Props): JSX.Element {
  const [terminals, setTerminals] = useState<readonly string[]>(observers.slice(0, 2));
  const [shown, setShown] = useState<string>(observers[0] ?? '');
  const [keys, setKeys] = useState<{ readonly View: typeof KeyList } | undefined>(undefined);
  const [loaded, setLoaded] = useState<{ readonly [view in View]?: ComponentType<ViewProps> }>({});
  const places = [...new Set([...observers, ...terminals, ...running])];
  const others = places.filter((name) => !terminals.includes(name));
  const view = viewNames.find((name) => name === shown);
  const Shown = view && loaded[view];
  const [Banner, setBanner] = useState<typeof PastBanner | undefined>(undefined);

  useEffect(() => {
    if (!view || loaded[view]) return;
    void load();
    void views[view]().then((component) => setLoaded((all) => ({ ...all, [view]: component })));
  }, [view]);

  // Whoever comes into the past by a link sees it at once.
  useEffect(() => {
    if (!past.moment || Banner) return;
    void import('../timeline/past-banner.tsx').then((module) => setBanner(() => module.PastBanner));
    if (past.foreign && !view) setShown('time');
  }, [past.moment]);
  const showKeys = async (): Promise<void> => setKeys({ View: (await import('./key-list.tsx')).KeyList });
  useEffect(() => {
    const ask = ({ key, target }: KeyboardEvent): void => {
      const typing = target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable], .terminal') !== null;
      if (key === '?' && !typing) void showKeys();
    };
    addEventListener('keydown', ask);
    return () => removeEventListener('keydown', ask);
  }, []);

  const show = (name: string): void => {
    setShown(name);
    if (!viewNames.includes(name as View)) setTerminals((all) => (all.includes(name) ? all : [...all, name]));
  };
  const tab = (name: string, text: string, kind: string): JSX.Element => (
    <button
      key={name}
      type="button"
      role="tab"
      id={`deck-${name}`}
      class={kind}
      aria-selected={name === shown}
      aria-controls="deck-panel"
      onClick={() => show(name)}
    >
      {text}
    </button>
  );

  return (
    <section class="deck" data-print="no" aria-label={t('deck.label')}>
      <div class="deck-tabs">
        <div role="tablist" aria-label={t('deck.label')}>
          {terminals.map((name) => tab(name, name, 'of-terminal'))}
          {viewNames.map((name) => tab(name, t(`deck.${name}`), 'of-view'))}
        </div>
        {others.length > 0 && (
          <label class="deck-more">
            <span class="unseen">{t('deck.more')}</span>
            <select value="" onChange={(event) => show(event.currentTarget.value)}>
              <option value="" disabled>
                {t('deck.more')}
              </option>
              {others.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
        {lab && (
          <button type="button" class="deck-tall" aria-label={t('keys.title')} title={t('keys.title')} onClick={() => void showKeys()}>
            ?
          </button>
        )}
        <button type="button" class="deck-tall" aria-pressed={tall} aria-label={t('deck.tall')} title={t('deck.tall')} onClick={() => onTall(!tall)}>
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <path d={tall ? 'M3 5l4 4 4-4' : 'M3 9l4-4 4 4'} fill="none" stroke="currentColor" stroke-width="1.8" />
          </svg>
        </button>
      </div>
      {keys && <keys.View t={t} onClose={() => setKeys(undefined)} />}
      {Banner && <Banner t={t} past={past} />}
      <div class="deck-panel" id="deck-panel" role="tabpanel" aria-labelledby={`deck-${shown}`}>
        {(lab ? places : places.filter((name) => name === shown)).map((name, index) => (
          <Terminal
            key={name}
            t={t}
            observer={name}
            away={name !== shown}
            place={index}
            load={load}
            ready={lab !== undefined}
            onFocus={() => {
              show(name);
              onTerminal();
            }}
          />
        ))}
        {view &&
          (Shown && lab ? (
            <Shown
              key={view === 'time' ? view : `${view}${past.moment?.at ?? ''}`}
              t={t}
              bench={(view !== 'time' && past.moment) || lab}
              applied={applied}
              suggestions={lab.suggestions()}
              past={past}
              link={link}
            />
          ) : (
            <p class="deck-wait">{t('deck.loading')}</p>
          ))}
      </div>
    </section>
  );
}
