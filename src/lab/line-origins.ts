/**
 * Tells for each printed line which namespace, and which object in it, it speaks of: from the command that printed it
 * and the place where it ran. Knows the shape of common tools' output, not what is true in it.
 */
import type { LineOrigin, NamespaceKind, ObservedLine } from './bench-contract.ts';
import type { MapInodes, MapSnapshot } from './map-contract.ts';

export type ObserverNamespaces = Partial<MapInodes>;

/** Inode numbers of the namespaces that an observer lives in: a machine, or `pod/container`, or a Pod's first container. */
export function observerNamespaces(world: MapSnapshot, observer: string): ObserverNamespaces {
  const machine = [...world.nodes, ...world.outside].find(({ name }) => name === observer);
  if (machine) return machine.namespaces;
  const [podName, containerName] = observer.split('/');
  const pod = world.nodes.flatMap(({ pods }) => pods).find(({ name }) => name === podName);
  const container = pod?.containers.find(({ name }) => containerName === undefined || name === containerName);
  return container?.namespaces ?? {};
}

/** Whose namespace this is: a machine's own where it is that, else the Pod's. */
function ownerOf(world: MapSnapshot, kind: NamespaceKind, inode: number): string | undefined {
  const machine = [...world.nodes, ...world.outside].find(({ namespaces }) => namespaces[kind] === inode);
  if (machine) return machine.name;
  const pods = world.nodes.flatMap(({ pods: all }) => all);
  const pod = pods.find(({ containers }) => containers.some(({ namespaces }) => namespaces[kind] === inode));
  if (!pod) return undefined;
  const sharing = pod.containers.filter(({ namespaces }) => namespaces[kind] === inode);
  return sharing.length === 1 && pod.containers.length > 1 ? `${pod.name}/${sharing[0]?.name ?? ''}` : pod.name;
}

/** Lines that `command` printed at `observer`, with whose namespaces they speak of. */
export function explainLines(world: MapSnapshot, observer: string, { command, lines }: Printed): readonly ObservedLine[] {
  const exec = /^\s*kubectl\s+exec\s+(.*?)\s--\s+(.*)$/.exec(command);
  const words = exec?.[1]?.split(/\s+/) ?? [];
  const named = words.findIndex((word) => word === '-c' || word === '--container');
  const container = named < 0 ? undefined : words[named + 1];
  const pod = words.find((word, index) => !word.startsWith('-') && !/^-(?:n|c|-namespace|-container)$/.test(words[index - 1] ?? ''));
  const place = pod === undefined ? observer : [pod.replace(/^pods?\//, ''), container].filter(Boolean).join('/');
  const explained = withOrigins(exec?.[2] ?? command, lines, observerNamespaces(world, place));
  return explained.map((line) => {
    const owner = line.origin && ownerOf(world, line.origin.namespace, line.origin.inode);
    return line.origin && owner !== undefined ? { ...line, origin: { ...line.origin, owner } } : line;
  });
}

interface Printed {
  readonly command: string;
  readonly lines: readonly ObservedLine[];
}

const commandsByKind: { readonly [kind in NamespaceKind]?: string } = {
  net: 'ifconfig ip route ss netstat arp iptables ip6tables nft ping traceroute tracepath curl wget nc nslookup dig brctl bridge tc ipmaddr',
  pid: 'ps pstree pgrep pidof top kill fuser',
  ipc: 'ipcs ipcmk ipcrm',
  uts: 'hostname uname hostnamectl dnsdomainname',
  mnt: 'df mount findmnt ls cat head tail stat find du',
  user: 'id whoami groups',
};
const kindByCommand = new Map(
  (Object.entries(commandsByKind) as [NamespaceKind, string][]).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind] as const)),
);

/** Files that are views of a namespace rather than of a file system. */
const kindByFile: readonly (readonly [RegExp, NamespaceKind])[] = [
  [/^\/(?:proc\/(?:self\/|\d+\/)?net|sys\/class\/net|proc\/sys\/net)\b/, 'net'],
  [/^\/proc\/(?:sysvipc|sys\/kernel\/(?:shm|msg|sem))/, 'ipc'],
  [/^\/proc\/sys\/kernel\/(?:hostname|domainname)/, 'uts'],
  [/^\/proc\/[^/]+\/[ug]id_map/, 'user'],
  [/^\/proc\/[^/]+\/cgroup/, 'cgroup'],
  [/^\/proc\/(?:self|\d+)\/(?:status|cmdline|comm|stat|environ)/, 'pid'],
  [/^\/dev\/mqueue/, 'ipc'],
];

const kinds = /\b(cgroup|ipc|mnt|net|pid|user|uts):\[(\d+)\]/;
const listed = /^\s*(\d{8,})\s+(cgroup|ipc|mnt|net|pid|user|uts)\b/;

/** The lines with their origins; lines that speak of no namespace stay as they are. */
export function withOrigins(command: string, lines: readonly ObservedLine[], namespaces: ObserverNamespaces): readonly ObservedLine[] {
  const { name, file } = programOf(command);
  const kind = kindByFile.find(([pattern]) => pattern.test(file))?.[1] ?? kindByCommand.get(name);
  const inode = kind && namespaces[kind];
  let object: string | undefined;
  return lines.map(({ text }): ObservedLine => {
    // A line that names a namespace is about that one, whatever printed it.
    const told = kinds.exec(text) ?? undefined;
    const [, number, which] = listed.exec(text) ?? [];
    if (told) return { text, origin: { namespace: told[1] as NamespaceKind, inode: Number(told[2]) } };
    if (number !== undefined) return { text, origin: { namespace: which as NamespaceKind, inode: Number(number) } };
    if (text.trim() === '') {
      object = undefined;
      return { text };
    }
    if (kind === undefined || inode === undefined) return { text };
    object = objectOf(kind, { name, file, text }) ?? (/^\s/.test(text) && kind === 'net' ? object : undefined);
    const origin: LineOrigin = { namespace: kind, inode, ...(object === undefined ? {} : { object }) };
    return { text, origin };
  });
}

/** The program that begins a command line, and the last file it was given. */
function programOf(command: string): { readonly name: string; readonly file: string } {
  const [first = ''] = command.split(/[|;&]/);
  const words = first
    .trim()
    .split(/\s+/)
    .filter((word) => word !== 'sudo' && !/^\w+=/.test(word));
  return { name: (words[0] ?? '').replace(/^.*\//, ''), file: words.slice(1).findLast((word) => word.startsWith('/')) ?? '' };
}

interface Line {
  readonly name: string;
  readonly file: string;
  readonly text: string;
}

function objectOf(kind: NamespaceKind, { name, file, text }: Line): string | undefined {
  switch (kind) {
    case 'net':
      if (name === 'ss' || name === 'netstat') return /\s((?:\d+\.){3}\d+|\*|\[?[\da-f]*::[\da-f:]*\]?):(\d+|\w+)\s/.exec(text)?.[0].trim();
      if (name === 'iptables') return /^(?:-[APN] |Chain )(\S+)/.exec(text)?.[1];
      return (
        /^(?:\d+: )?([a-z][\w.-]*?)(?:@\w+)?(?::\s|\s+Link encap)/.exec(text)?.[1] ??
        /\bdev (\S+)/.exec(text)?.[1] ??
        (name === 'route' ? /\s([a-z]\w+)$/.exec(text)?.[1] : undefined)
      );
    case 'pid':
      return /^\s*(?:[a-z_][\w-]*\+?\s+)?(\d+)(?:\s|$)/.exec(text)?.[1];
    case 'ipc':
      return /^(?:[mqs] +)?0x[\da-f]+ +(\d+)/.exec(text)?.[1];
    case 'mnt':
      if (name === 'mount') return / on (\S+) type /.exec(text)?.[1];
      if (name === 'df' || name === 'findmnt') return /(\/\S*)\s*$/.exec(text)?.[1];
      return file === '' ? undefined : file;
    default:
      return undefined;
  }
}
