/**
 * Network namespaces with a name: their files below /run/netns, as `ip netns` and container runtimes bind them. Each name is
 * the namespace's own file in the directory; the mount that puts it there is not listed.
 */
import { errno, isErrno, type Errno } from '../errno.ts';
import { make } from '../fs/directory-calls.ts';
import { findPath } from '../fs/path-walk.ts';
import { NamespaceNode } from '../fs/synthetic.ts';
import { TreeDirectory } from '../fs/tree-nodes.ts';
import type { NetworkNamespace } from '../net/network-namespace.ts';
import type { Process } from '../process/process.ts';

const DIRECTORY = '/run/netns';

function directoryOf(caller: Process): TreeDirectory | undefined {
  const found = findPath(caller, DIRECTORY);
  return !isErrno(found) && found.place.node instanceof TreeDirectory ? found.place.node : undefined;
}

/** By name, in the order in which tmpfs lists them: the newest first. */
export function networkNames(caller: Process): ReadonlyMap<string, NetworkNamespace> {
  const named = new Map<string, NetworkNamespace>();
  const directory = directoryOf(caller);
  for (const name of directory?.names().toReversed() ?? []) {
    const node = directory?.lookup(name);
    if (node instanceof NamespaceNode && node.namespace.kind === 'net') named.set(name, node.namespace);
  }
  return named;
}

/** Gives `namespace` a name. @returns EEXIST when there is such a file, else why the directory cannot be made */
export function bindNetworkName(caller: Process, name: string, namespace: NetworkNamespace): Errno | undefined {
  if (!directoryOf(caller)) {
    const failed = make(caller, DIRECTORY, { kind: 'directory', mode: 0o755 });
    if (failed) return failed;
  }
  const directory = directoryOf(caller);
  if (!directory) return errno('ENOTDIR');
  if (directory.lookup(name)) return errno('EEXIST');
  directory.pin(name, new NamespaceNode(namespace, caller.kernel.simulation.wallClock));
  namespace.boundName ??= name;
  return undefined;
}

/** Takes the name away. @returns the namespace, or ENOENT when there is no such name */
export function unbindNetworkName(caller: Process, name: string): NetworkNamespace | Errno {
  const namespace = networkNames(caller).get(name);
  if (!namespace) return errno('ENOENT');
  directoryOf(caller)?.remove(name);
  namespace.boundName = undefined;
  return namespace;
}

/** A namespace that nobody is in and that has no name ends, and its devices with it. */
export function endUnused(caller: Process, namespace: NetworkNamespace): void {
  for (const each of caller.kernel.processes()) if (each.namespaces.net === namespace && each.state !== 'zombie' && each.state !== 'dead') return;
  if (![...networkNames(caller).values()].includes(namespace)) namespace.dispose();
}
