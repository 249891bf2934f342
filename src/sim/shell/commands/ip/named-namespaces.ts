/** Network namespaces with a name below /run/netns, as `ip netns` knows them. Containers have a /run of their own without any. */
import type { NetworkNamespace } from '../../../linux/net/network-namespace.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import { visibleProcess } from '../../process-table/visible-processes.ts';

/** By name, in the order in which directories list them: the newest first. */
export function namedNamespaces(context: ProcessContext): ReadonlyMap<string, NetworkNamespace> {
  const named = new Map<string, NetworkNamespace>();
  if (context.process.namespaces.mnt !== context.kernel.initial.mnt) return named;
  for (const process of [...context.kernel.processes()].toReversed()) {
    const { net } = process.namespaces;
    if (net.boundName !== undefined && process.state !== 'zombie' && process.state !== 'dead') named.set(net.boundName, net);
  }
  return named;
}

/** @param text a name, a PID or a path below /proc or /run/netns */
export function findNamespace(context: ProcessContext, text: string): NetworkNamespace | undefined {
  const named = namedNamespaces(context).get(text.replace(/^(\/var)?\/run\/netns\//, ''));
  if (named) return named;
  const pid = /^(?:\/proc\/)?(\d+)(?:\/ns\/net)?$/.exec(text)?.[1];
  return pid === undefined ? undefined : visibleProcess(context, Number(pid))?.process.namespaces.net;
}
