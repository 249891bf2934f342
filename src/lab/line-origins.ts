/**
 * Tells for each printed line which namespace, and which object in it, it speaks of: from the command that printed it
 * and the place where it ran. Knows the shape of common tools' output, not what is true in it.
 */
import type { LineOrigin, NamespaceKind, ObservedLine } from './bench-contract.ts';
import type { MapSnapshot } from './map-contract.ts';

export type ObserverNamespaces = { readonly [kind in NamespaceKind]?: number };

/** Inode numbers of the namespaces that an observer lives in, as far as the map shows them. */
export function observerNamespaces(world: MapSnapshot, observer: string): ObserverNamespaces {
  const node = world.nodes.find(({ name }) => name === observer);
  if (node) return { net: node.net.inode, pid: node.pid.inode, ipc: node.ipc.inode };
  const [podName, containerName] = observer.split('/');
  const pod = world.nodes.flatMap(({ pods }) => pods).find(({ name }) => name === podName);
  const container = pod?.containers.find(({ name }) => name === containerName);
  if (!pod || !container) return {};
  return { net: pod.net.inode, pid: container.pid.inode, ipc: pod.ipc.inode };
}

const kindByCommand: { readonly [command: string]: NamespaceKind } = {
  ifconfig: 'net',
  ip: 'net',
  route: 'net',
  ss: 'net',
  netstat: 'net',
  arp: 'net',
  iptables: 'net',
  ping: 'net',
  curl: 'net',
  wget: 'net',
  nc: 'net',
  ps: 'pid',
  pstree: 'pid',
  pgrep: 'pid',
  pidof: 'pid',
  top: 'pid',
  ipcs: 'ipc',
};

/** The lines with their origins; lines that speak of no namespace stay as they are. */
export function withOrigins(command: string, lines: readonly ObservedLine[], namespaces: ObserverNamespaces): readonly ObservedLine[] {
  const kind = kindOf(command);
  const inode = kind && namespaces[kind];
  if (kind === undefined || inode === undefined) return lines;
  let object: string | undefined;
  return lines.map(({ text }): ObservedLine => {
    if (text.trim() === '') {
      object = undefined;
      return { text };
    }
    object = objectOf(kind, text) ?? (/^\s/.test(text) && kind === 'net' ? object : undefined);
    const origin: LineOrigin = { namespace: kind, inode, ...(object === undefined ? {} : { object }) };
    return { text, origin };
  });
}

function kindOf(command: string): NamespaceKind | undefined {
  const [first = '', ...rest] = command.trim().split(/\s+/);
  const name = first.replace(/^.*\//, '');
  const file = rest.at(-1) ?? '';
  const link = /^\/proc\/self\/ns\/(\w+)$/.exec(file)?.[1];
  if (link === 'net' || link === 'pid' || link === 'ipc') return link;
  if (/^\/(?:proc\/(?:self\/)?net|sys\/class\/net)\b/.test(file)) return 'net';
  return kindByCommand[name];
}

function objectOf(kind: NamespaceKind, text: string): string | undefined {
  if (kind === 'net') return /^(?:\d+: )?([a-z][\w.-]*?)(?:@\w+)?(?::\s|\s+Link encap)/.exec(text)?.[1];
  if (kind === 'pid') return /^\s*(?:[a-z_][\w-]*\s+)?(\d+)\s/.exec(text)?.[1];
  return undefined;
}
