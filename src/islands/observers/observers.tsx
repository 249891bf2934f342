// The same command line run from two to four places side by side: lines of one namespace share a tint, and what a
// change took away or brought stays marked until the next command. Loaded when first opened.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Translate } from '../../i18n/create-translate.ts';
import type { Bench, ObservedLine, Observer, Suggestions } from '../../lab/bench-contract.ts';
import { lineChanges } from './line-changes.ts';
import './observers.lazy.css';

interface Props {
  readonly t: Translate;
  readonly bench: Bench;
  /** Counts what was applied: each time the last command runs again. */
  readonly applied: number;
  /** The lesson's own. */
  readonly suggestions: Suggestions;
}

interface Pane {
  readonly observer: string;
  readonly exitCode: number;
  readonly lines: readonly ObservedLine[];
  /** What the same command printed here before. */
  readonly before: readonly string[] | undefined;
}

const most = 4;

export function Observers({ t, bench, applied, suggestions }: Props): JSX.Element {
  const { first, everywhere } = suggestions;
  const [all, setAll] = useState(() => bench.observers());
  const [chosen, setChosen] = useState(() => choose(bench.observers(), first.observers));
  const [command, setCommand] = useState(first.command);
  const [ran, setRan] = useState('');
  const [panes, setPanes] = useState<readonly Pane[]>([]);
  const [show, setShow] = useState<'both' | 'before' | 'after'>('both');
  const [origin, setOrigin] = useState<ObservedLine | undefined>(undefined);

  useEffect(() => bench.subscribe(() => setAll(bench.observers())), [bench]);

  const run = async (observers: readonly string[], asked = command): Promise<void> => {
    const line = asked.trim();
    if (line === '') return;
    const results = await bench.runEverywhere(line, observers);
    setPanes((last) =>
      results.map(({ observer, exitCode, lines }) => {
        const same = ran === line ? last.find((pane) => pane.observer === observer) : undefined;
        return { observer, exitCode, lines, before: same?.lines.map(({ text }) => text) };
      }),
    );
    setRan(line);
    setOrigin(undefined);
  };

  useEffect(() => {
    const now = choose(bench.observers(), panes.length > 0 ? chosen : first.observers);
    setChosen(now);
    void run(now);
  }, [applied]);

  const applyAndCompare = async (): Promise<void> => {
    const [file] = bench.files();
    if (file !== undefined) await bench.apply(file);
    const now = choose(bench.observers(), chosen);
    setChosen(now);
    await run(now);
  };
  const compared = panes.some(({ before }) => before !== undefined);

  const inodes = [...new Set(panes.flatMap(({ lines }) => lines.flatMap(({ origin: it }) => it?.inode ?? [])))];

  const toggle = (name: string): void => {
    const next = chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name].slice(-most);
    setChosen(next);
  };

  return (
    <div class="eyes">
      <form
        class="eyes-command"
        onSubmit={(event) => {
          event.preventDefault();
          void run(chosen);
        }}
      >
        <label>
          <span>{t('observers.command')}</span>
          <input
            value={command}
            onInput={(event) => setCommand(event.currentTarget.value)}
            spellcheck={false}
            autocapitalize="off"
            autocomplete="off"
          />
        </label>
        <button type="submit">{t('observers.run')}</button>
        <button type="button" onClick={() => void applyAndCompare()}>
          {t('observers.apply')}
        </button>
      </form>
      <div class="eyes-presets" role="group" aria-label={t('observers.presets')}>
        {everywhere.map((preset) => (
          <button
            key={preset}
            type="button"
            aria-pressed={preset === ran}
            onClick={() => {
              setCommand(preset);
              void run(chosen, preset);
            }}
          >
            {preset}
          </button>
        ))}
        {compared && (
          <span class="eyes-show" role="group" aria-label={t('observers.show')}>
            {(['before', 'both', 'after'] as const).map((which) => (
              <button key={which} type="button" aria-pressed={show === which} onClick={() => setShow(which)}>
                {t(`observers.show.${which}`)}
              </button>
            ))}
          </span>
        )}
      </div>
      <fieldset class="eyes-who">
        <legend class="unseen">{t('observers.who', { count: most })}</legend>
        {all.map(({ name, kind }) => (
          <label key={name}>
            <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} />
            <span>
              {t(`observers.${kind}`)} {name}
            </span>
          </label>
        ))}
      </fieldset>
      <div class="eyes-panes" style={`--panes:${Math.max(1, panes.length)}`}>
        {panes.map((pane) => (
          <section key={pane.observer} class="eyes-pane" aria-label={pane.observer}>
            <h3>{pane.observer}</h3>
            <pre tabIndex={0} onKeyDown={(event) => moveThrough(event, pane, { origin, onOrigin: setOrigin })}>
              <code>{lines({ t, pane, show: pane.before ? show : 'both', inodes, origin, onOrigin: setOrigin })}</code>
            </pre>
          </section>
        ))}
      </div>
      <p class="eyes-origin" role="status">
        {origin?.origin
          ? t('observers.origin', {
              namespace: t.maybe(`namespace.${origin.origin.namespace}`) ?? origin.origin.namespace,
              id: `${origin.origin.namespace}:[${origin.origin.inode}]`,
              object: origin.origin.object ?? '',
              owner: origin.origin.owner ?? '',
            })
          : ran && t('observers.legend')}
      </p>
    </div>
  );
}

interface LinesProps {
  readonly t: Translate;
  readonly pane: Pane;
  readonly show: 'both' | 'before' | 'after';
  /** All namespaces on show, in order: the first has the tint, the others an edge. */
  readonly inodes: readonly number[];
  readonly origin: ObservedLine | undefined;
  readonly onOrigin: (line: ObservedLine) => void;
}

function lines({ t, pane, show, inodes, origin, onOrigin }: LinesProps): readonly JSX.Element[] {
  const texts = pane.lines.map(({ text }) => text);
  const changes = pane.before ? lineChanges(pane.before, texts) : texts.map((text, index) => ({ change: 'same' as const, text, index }));
  const hidden = { both: '', before: 'came', after: 'went' }[show];
  return changes.map(({ change, text, index }, position) => {
    if (change === hidden) return <></>;
    const line = index === undefined ? undefined : pane.lines[index];
    const from = line?.origin;
    const tint = from ? ` of-${from.namespace}${inodes[0] === from.inode ? '' : ' of-other'}` : '';
    return (
      <span
        key={position}
        class={`eyes-line ${change}${tint}${line && line === origin ? ' chosen' : ''}`}
        onClick={() => line?.origin && onOrigin(line)}
        title={from && `${from.namespace}:[${from.inode}]`}
      >
        {change !== 'same' && <span class="unseen">{t(`observers.${change}`)}</span>}
        {text}
        {'\n'}
      </span>
    );
  });
}

/** Arrow keys walk through the lines that have an origin, as clicks do for a pointer. */
function moveThrough(event: KeyboardEvent, pane: Pane, choice: Choice): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const known = pane.lines.filter((line) => line.origin);
  const at = choice.origin ? known.indexOf(choice.origin) : -1;
  const next = known[at < 0 ? 0 : at + step];
  if (!next) return;
  event.preventDefault();
  choice.onOrigin(next);
}

interface Choice {
  readonly origin: ObservedLine | undefined;
  readonly onOrigin: (line: ObservedLine) => void;
}

/** Those of `wanted` that exist; else a node and a container, where there are any. */
function choose(observers: readonly Observer[], wanted: readonly string[]): readonly string[] {
  const there = wanted.filter((name) => observers.some((each) => each.name === name));
  const container = observers.find(({ kind }) => kind === 'container')?.name;
  const more = container !== undefined && !there.some((name) => name.includes('/')) ? [...there, container] : there;
  return (more.length > 0 ? more : observers.slice(0, 2).map(({ name }) => name)).slice(-most);
}
