/** Network namespaces with a name below /run/netns, as `ip netns` knows them. Containers have a /run of their own without any. */
import { networkNames } from '../../../linux/namespace/network-names.ts';
import type { NetworkNamespace } from '../../../linux/net/network-namespace.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import { visibleProcess } from '../../process-table/visible-processes.ts';

/** @param text a name, a PID or a path below /proc or /run/netns */
export function findNamespace(context: ProcessContext, text: string): NetworkNamespace | undefined {
  const named = networkNames(context.process).get(text.replace(/^(\/var)?\/run\/netns\//, ''));
  if (named) return named;
  const pid = /^(?:\/proc\/)?(\d+)(?:\/ns\/net)?$/.exec(text)?.[1];
  return pid === undefined ? undefined : visibleProcess(context, Number(pid))?.process.namespaces.net;
}
