// Says in plain sentences what a Service does. Judges nothing.
import type { Translate } from '../../i18n/create-translate.ts';
import type { ObjectForm } from './form-state.ts';

/** Whom the Service finds, and by which ports; empty for an object that is none. */
export function serviceSentence(t: Translate, { form, labels }: ObjectForm): string {
  if (form.kind !== 'service') return '';
  const chosen = labels.find(({ field }) => field === 'selector')?.rows ?? [];
  if (chosen.length === 0) return t('sentence.serviceNone');
  const onNodes = form.type === 'NodePort' || form.type === 'LoadBalancer';
  const names = chosen.map(({ key, value }) => `${key}=${value}`);
  return [
    t('sentence.service', { labels: new Intl.ListFormat(t.tag, { type: 'conjunction' }).format(names) }),
    ...form.ports
      .filter(({ port }) => port !== '')
      .flatMap(({ port, targetPort, nodePort }) => [
        t('sentence.servicePort', { port, target: targetPort || port }),
        onNodes ? (nodePort ? t('sentence.serviceNode', { node: nodePort }) : t('sentence.serviceNodeAny')) : '',
      ]),
  ]
    .filter(Boolean)
    .join(t('sentence.join'));
}
