// Says in one plain sentence what a manifest's settings mean. Judges nothing.
import type { Translate } from '../../i18n/create-translate.ts';
import type { PodForm } from './form-state.ts';

/** The sentence under the switches, in the language of `t`. */
export function sentence(t: Translate, form: PodForm): string {
  const { flags } = form;
  const parts = [
    { name: t('sentence.network'), shared: flags.hostNetwork === true },
    { name: t('sentence.processes'), shared: flags.hostPID === true },
    { name: t('sentence.ipc'), shared: flags.hostIPC === true },
  ];
  const names = (shared: boolean): string =>
    new Intl.ListFormat(t.tag, { type: 'conjunction' }).format(parts.filter((part) => part.shared === shared).map((part) => part.name));
  const count = parts.filter((part) => part.shared).length;
  const first =
    count === 0
      ? t('sentence.nothing')
      : count === parts.length
        ? t('sentence.everything')
        : t('sentence.some', { shared: names(true), own: names(false), count: parts.length - count });
  const more = [
    flags.shareProcessNamespace === true && flags.hostPID !== true ? t('sentence.together') : '',
    form.containers.length > 1 && flags.shareProcessNamespace !== true && flags.hostPID !== true ? t('sentence.apart') : '',
    flags.hostUsers === false ? t('sentence.users') : '',
    nameServer(t, form),
    ...form.ports
      .filter((row) => row.hostPort !== '' && row.containerPort !== '' && flags.hostNetwork !== true)
      .map((row) => t('sentence.port', { host: row.hostPort, container: row.containerPort })),
  ];
  return [first, ...more].filter(Boolean).join(t('sentence.join'));
}

/** Whom the Pod asks for names, where that is not what everybody gets (GetPodDNS in pkg/kubelet/network/dns/dns.go). */
function nameServer(t: Translate, { dnsPolicy, flags }: PodForm): string {
  if (dnsPolicy === 'None') return t('sentence.dnsNone');
  const hostNetwork = flags.hostNetwork === true;
  if (dnsPolicy === 'Default' || (hostNetwork && (dnsPolicy === '' || dnsPolicy === 'ClusterFirst'))) return t('sentence.dnsNode');
  return dnsPolicy === 'ClusterFirstWithHostNet' && hostNetwork ? t('sentence.dnsCluster') : '';
}
