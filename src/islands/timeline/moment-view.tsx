// A moment in text: what `kubectl get` says and what the learner's files hold then. Knows nothing of how it came about.
import type { JSX } from 'preact';
import { ProvenanceMark } from '../provenance/provenance-mark.tsx';
import { useEffect, useState } from 'preact/hooks';
import type { Translate } from '../../i18n/create-translate.ts';
import type { Moment } from '../../lab/moment.ts';

const line = 'kubectl get po -o wide';

export function MomentView({ t, moment }: { readonly t: Translate; readonly moment: Moment }): JSX.Element {
  const [printed, setPrinted] = useState('');
  useEffect(() => {
    let wanted = true;
    const master = moment.observers()[0]?.name ?? '';
    void moment.runEverywhere(line, [master]).then(([result]) => {
      if (wanted) setPrinted(result?.lines.map(({ text }) => text).join('\n') ?? '');
    });
    return () => {
      wanted = false;
    };
  }, [moment]);
  return (
    <section class="moment" aria-label={t('time.moment')} data-time="moment">
      <pre tabIndex={0}>
        <b>$ {line}</b>
        {'\n'}
        {printed}
      </pre>
      {printed !== '' && (
        <ProvenanceMark t={t} of={line} ask={() => moment.provenance({ line, at: moment.observers()[0]?.name ?? '', exitCode: 0 })} />
      )}
      {moment.files().map((name) => (
        <details key={name}>
          <summary>{name}</summary>
          <pre tabIndex={0}>{moment.text(name)}</pre>
        </details>
      ))}
    </section>
  );
}
