/**
 * The form in which what two runs printed is compared: what cannot be equal twice is replaced, relations are kept. The rules are
 * those of the recordings' README; knows neither the simulator nor any single recording.
 */
type Table = Map<string, Map<string, string>>;

function idIn(table: Table, kind: string, value: string): string {
  let ids = table.get(kind);
  if (!ids) table.set(kind, (ids = new Map()));
  let id = ids.get(value);
  if (id === undefined) ids.set(value, (id = `<${kind}${ids.size + 1}>`));
  return id;
}

const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const RANDOM = '[bcdfghjklmnpqrstvwxz2456789]';

/** Replacements whose values are simply ignored, in order. */
const IGNORED: readonly (readonly [RegExp, string])[] = [
  [/6\.18\.44(?:-[\w-]+)?(?: \(amd64\))?/g, '6.18.44'],
  [/\b(sha256:)?[0-9a-f]{64}\b/g, '$1<id>'],
  [/@sha256:[0-9a-f]+/g, '@<digest>'],
  [/(?:(?<![0-9a-f])|(?<=pod))[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uid>'],
  [/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-<r>'],
];

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/\b(coredns)-[a-z0-9]{8,10}-[a-z0-9]{5}\b/g, '$1-<h>-<r>'],
  [/\b(kube-proxy)-[a-z0-9]{5}\b/g, '$1-<r>'],
  [new RegExp(`\\b(node-debugger-[a-z0-9-]+?)-${RANDOM}{5}\\b`, 'g'), '$1-<r>'],
  [new RegExp(`\\b([a-z][a-z0-9-]*?)-(${RANDOM}{8,10})-(${RANDOM}{5})\\b`, 'g'), '$1-<h>-<r>'],
  [new RegExp(`\\b([a-z][a-z0-9-]*?)-(${RANDOM}{8,10})\\b(?![-a-z0-9.])`, 'g'), '$1-<h>'],
  [/(?<=pod-template-hash=)[a-z0-9]+/g, '<h>'],
  [/(controller-revision-hash=|pod-template-hash: |controller-revision-hash: )[a-z0-9]+/g, '$1<h>'],
  [new RegExp(`\\b(agent|node-agent|shop|kubia)-${RANDOM}{5}\\b`, 'g'), '$1-<r>'],
];

const DEVICES: readonly (readonly [RegExp, string])[] = [
  [/^\d+: (?=<veth|cni0)/gm, '<index>: '],
  [/\b8000\.[0-9a-f]{12}\b/g, '8000.<mac>'],
  [/@if\d+/g, '@peer'],
  [/link-netns(?:id \d+| \S+)/g, 'link-netns <n>'],
  [/\bCNI-(?:DN|SN|HOSTPORT)?-?[0-9a-f]{16,}\b/g, 'CNI-<h>'],
  [/KUBE-(SVC|SEP|EXT|FW|XLB)-[A-Z0-9]{16}/g, 'KUBE-$1-<h>'],
];

const TIMES: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`\\b${DAY},? \\d\\d? \\w{3} \\d{4} [\\d:]{8} [+-]\\d{4}`, 'g'), '<time>'],
  [new RegExp(`\\b${DAY} ${MONTH} +\\d+ [\\d:]{8}(?: UTC)? \\d{4}`, 'g'), '<time>'],
  [/\b20\d\d[-/]\d\d[-/]\d\d[T ][\d:]{8}(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?/g, '<time>'],
  [new RegExp(`\\b${MONTH} +\\d+ \\d\\d:\\d\\d(?::\\d\\d)?`, 'g'), '<time>'],
  [/\b[EWI]\d{4} \d\d:\d\d:\d\d\.\d+ +\d+ (\S+:)\d+\]/g, '<klog> $1]'],
  [/(?:<invalid>|(?<![:\w])\d+(?:\.\d+)?(?:ms|[smhd])(?:\d+[smhd])*)(?=[\s,)]|$)/gm, '<age>'],
  [/\bin [\d.]+(?:ms|s)\b/g, 'in <age>'],
  [/<age> \(<age> including waiting\)/g, '<age>'],
  [/Image size: \d+ bytes/g, 'Image size: <n> bytes'],
  [/\(x(\d+) over <age>\)/g, '(x<n> over <age>)'],
  [/\b\d+ \(<age> ago\)/g, '<n> (<age> ago)'],
];

const COUNTERS: readonly (readonly [RegExp, string])[] = [
  [/(RX|TX) packets[: ]\d+/g, '$1 packets <n>'],
  [/(RX|TX)? ?bytes[: ]\d+ +\([^)]*\)/g, '$1 bytes <n>'],
  [/dropped[: ]\d+/g, 'dropped <n>'],
  [/overruns[: ]\d+/g, 'overruns <n>'],
  [/(?<=seq )\d+|(?<=time=)[\d.]+|(?<=ttl=)\d+|(?<=icmp_seq=)\d+/g, '<n>'],
  [/(round-trip min\/avg\/max|rtt min\/avg\/max\/mdev) = [\d./]+/g, '$1 = <n>'],
  [/time \d+ms/g, 'time <n>ms'],
  [/time <age>/g, 'time <n>ms'],
  [/after \d+ ms/g, 'after <n> ms'],
  [/after \d+ milliseconds/g, 'after <n> milliseconds'],
  [/resourceVersion: "\d+"/g, 'resourceVersion: "<n>"'],
  [/"resourceVersion": "\d+"/g, '"resourceVersion": "<n>"'],
  [/(?<=[\w\]]):(?:3276[89]|327[7-9]\d|32[89]\d\d|3[3-9]\d{3}|[4-6]\d{4})\b/g, ':<eph>'],
];

const SOCKET_LINE = /^(?:tcp|udp|unix|LISTEN|ESTAB|UNCONN|TIME-WAIT|u_)/;
const PASSING_SOCKET = /\b(?:TIME_WAIT|ESTABLISHED|CLOSE_WAIT|FIN_WAIT\d|LAST_ACK|SYN_SENT|TIME-WAIT|ESTAB|CLOSE-WAIT|FIN-WAIT-\d|SYN-SENT)\b/;

const all = (text: string, rules: readonly (readonly [RegExp, string])[]): string => rules.reduce((each, [pattern, replacement]) => each.replace(pattern, replacement), text);
/** Replaces whole matches by ids that stay equal for equal values. */
const byId = (text: string, pattern: RegExp, id: (match: string) => string): string => text.replace(pattern, (match) => id(match));

/** One per scene: inodes keep their identity through it, everything else within one step. */
export class Canon {
  readonly #scene: Table = new Map();

  text(run: string, printed: string): string {
    const step: Table = new Map();
    let t = printed.replaceAll('\r', '').split('\n').filter((line) => !/\[runc\](?: <defunct>)?$|^ *\d+ +\d+ \S+ +runc$/.test(line)).join('\n');
    t = all(t, IGNORED);
    t = this.#namespaces(run, t);
    t = all(t, NAMES);
    t = t.replace(/\bveth[0-9a-f]{6,8}(?:@if\d+|@\w+)?/g, (match) => idIn(step, 'veth', match.split('@')[0] ?? '') + (match.includes('@') ? '@peer' : ''));
    t = all(t, DEVICES);
    t = this.#addresses(t, step);
    t = all(all(t, TIMES), COUNTERS);
    if (run.includes('expose') || run.includes('get svc')) t = t.replace(/nodePort: 3\d{4}/g, 'nodePort: <n>');
    t = t.replace(/(?<=:)3[0-2]\d{3}(?=\/TCP)/g, '<n>').replace(/(nonce|uid|token)=\S+/g, '$1=<x>');
    t = processes(run, t, step);
    t = t.replace(/(?<![:\w])\d\d:\d\d:\d\d(?![:\w])/g, '<clock>');
    return layout(run, t);
  }

  #namespaces(run: string, text: string): string {
    const id = (inode: string): string => idIn(this.#scene, 'ns', inode);
    let t = text.replace(/\b(net|pid|ipc|uts|mnt|user|cgroup|time|pid_for_children|time_for_children):\[(\d+)\]/g, (_, kind: string, inode: string) => `${kind}:${id(inode)}`);
    if (run.trim().startsWith('lsns')) t = t.replace(/^ *(4026\d{6})\b/gm, (_, inode: string) => id(inode));
    return byId(t, /\b4026\d{6}\b/g, id);
  }

  #addresses(text: string, step: Table): string {
    let t = text.replace(/\b(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}\b/g, (mac) => {
      const lower = mac.toLowerCase();
      return lower === '00:00:00:00:00:00' || lower === 'ff:ff:ff:ff:ff:ff' || lower.startsWith('00:0c:29') ? mac : idIn(step, 'mac', lower);
    });
    t = byId(t, /\bfe80::[0-9a-f:]+/g, (address) => idIn(step, 'll', address));
    t = t.replace(/\b10\.244\.(\d)\.(\d+)\b/g, (address, net: string, host: string) => (['0', '1', '255'].includes(host) ? address : `10.244.${net}.${idIn(step, 'pod', address)}`));
    t = t.replace(/\b10-244-\d-\d+\b/g, '<podip-dashed>');
    return t.replace(/\b10\.(?:9[6-9]|1[01]\d)\.\d+\.\d+\b/g, (address) => (['10.96.0.1', '10.96.0.10', '10.96.0.0'].includes(address) ? address : idIn(step, 'svc', address)));
  }
}

function processes(run: string, text: string, step: Table): string {
  const pid = (value: string): string => (value === '0' || value === '1' ? value : idIn(step, 'pid', value));
  let t = text;
  if (t.includes('PID   USER') || /\bps\b.*\|/.test(run)) t = t.replace(/^( *)(\d+) (\S+) +(\d+:\d\d|\d+h\d\d|\d+d\d\d) +/gm, (_, __: string, number: string, user: string) => `${pid(number)} ${user} <t> `);
  if (/^USER +PID %CPU/m.test(t)) t = t.replace(/^(\S+) +(\d+) +[\d.]+ +[\d.]+ +\d+ +\d+ +(\S+) +(\S+) +\S+ +\S+ /gm, (_, user: string, number: string, tty: string, stat: string) => `${user} ${pid(number)} ${tty} ${stat.charAt(0)} `);
  if (/^UID +PID +PPID +C/m.test(t)) t = t.replace(/^(\S+) +(\d+) +(\d+) +\d+ +\S+ +(\S+) +\S+ /gm, (_, user: string, number: string, parent: string, tty: string) => `${user} ${pid(number)} ${pid(parent)} ${tty} `);
  if (run.includes('grep')) t = t.replace(/^(\S+) +(\d+) +(\d+) +\d+ +\S+ +(\?|pts\/\d+|tty\S*) +\d\d:\d\d:\d\d /gm, (_, user: string, number: string, parent: string, tty: string) => `${user} ${pid(number)} ${pid(parent)} ${tty} `);
  if (/^ *PID +PPID/m.test(t)) t = t.replace(/^ *(\d+) +(\d+) +/gm, (_, number: string, parent: string) => `${pid(number)} ${pid(parent)} `);
  else if (/^ *PID +(?:COMMAND|TTY|USER|CMD|COM)/m.test(t)) t = t.replace(/^ *(\d+) +/gm, (_, number: string) => `${pid(number)} `);
  t = t.replace(/^(\S+ \S+ +)\d\d:\d\d:\d\d /gm, '$1<t> ');
  if (/pgrep|pidof/.test(run)) {
    t = t.replace(/^(\d+)\b/gm, (_, number: string) => pid(number));
    if (run.includes('pidof')) t = byId(t, /(?<= )\d+(?= |\n?$)/g, pid);
  }
  t = t.replace(/pid (\d+)/g, (_, number: string) => `pid ${pid(number)}`).replace(/pid=(\d+)/g, (_, number: string) => `pid=${pid(number)}`).replace(/\bfd=\d+/g, 'fd=<n>');
  if (run.includes('pstree')) t = t.replace(/\((\d+)\)(?=-|$|\n)/g, (_, number: string) => `(${pid(number)})`);
  if (run.includes('netstat')) t = t.replace(/(?<= )(\d+)\/(\S+)/g, (_, number: string, name: string) => `${pid(number)}/${name}`);
  t = t.replace(/\/proc\/(\d+)\//g, (_, number: string) => `/proc/${pid(number)}/`);
  if (/^lsns| lsns/.test(run.trim())) t = t.replace(/^(<ns\d+> \S+ +\d+ +)(\d+)\b/gm, (_, before: string, number: string) => before + pid(number));
  if (t.includes('NSpid') || run.includes('NSpid')) t = byId(t, /(?<=\s)\d+/g, pid);
  if (/\btop\b/.test(run) && !run.includes('grep')) {
    t = t.split('\n').filter((line) => /^ *(?:PID|<pid|\d+ )/.test(line)).join('\n');
    t = t.replace(/^ *(\d+).*?([^ ]+)$/gm, (_, number: string, command: string) => `${pid(number)} ${command}`);
  }
  if (run.includes('ipcmk')) t = t.replace(/id: \d+/g, 'id: <n>');
  if (/ipcs -m -[tp]/.test(run)) t = t.replace(/^\d+ /gm, '<id> ');
  if (run.includes('ipc')) {
    t = byId(t, /0x[0-9a-f]{8}/g, (key) => (key === '0x00000000' ? key : idIn(step, 'key', key)));
    t = t.replace(/^(<key\d+>|0x00000000) +(\d+)/gm, '$1 <id>');
  }
  if (run.includes('df ')) t = t.replace(/[\d.]+[KMGT]\b/g, '<size>').replace(/\d+%/g, '<n>%').replace(/(?<= )\d+(?= )/g, '<n>');
  if (/\$\$|\$!|jobs|sleep \d+ &/.test(run)) t = byId(t, /\b\d{2,}\b/g, pid);
  return t;
}

/** Orders what has no order and drops what only aligns. */
function layout(run: string, text: string): string {
  let t = text;
  const sockets = /\b(?:netstat|ss)\b/.test(run);
  if (sockets) {
    t = sortLines(t, (line) => SOCKET_LINE.test(line)).split('\n').filter((line) => !PASSING_SOCKET.test(line)).join('\n');
  }
  if (/(?:^|-- |; |\| )env(?:$| )/.test(run)) t = t.split('\n').sort().join('\n');
  if (run.includes('/proc/net/dev')) t = t.replace(/(?<=[\s:])\d+/g, '<n>').replace(/ +/g, ' ');
  if (run.includes('uptime') || /(?:^|-- )w$/.test(run)) t = t.replace(/.*load average.*/g, '<uptime>');
  t = t.replace(/\d+\.\d+ ms/g, '<n> ms');
  if (run.includes('uid_map') || run.includes('gid_map')) t = t.replace(/\b\d{7,}\b/g, '<uid>');
  t = t.replace(/^\d{7}\+/gm, '<uid>');
  if (run.includes('nslookup')) t = t.split('\n').filter((line) => line.trim() !== '').sort().join('\n');
  t = t.split('\n').map((line) => line.trimEnd()).join('\n');
  if (/kubectl (?:get|describe|top|rollout history|api-resources|events)|netstat|ss |lsns|ps|route|ip neigh|arp|ipcs/.test(run)) t = t.replace(/(?<=\S) {2,}/g, '  ').replace(/^ +/gm, '  ');
  if (run.includes('kubectl get') && t.includes('<r>')) t = sortLines(t.replace(/<pod\d+>/g, '<pod>'), (line) => line.includes('<r>'));
  return t.replace(/\n+$/, '');
}

/** Sorts the chosen lines among their own places. */
function sortLines(text: string, chosen: (line: string) => boolean): string {
  const lines = text.split('\n');
  const sorted = lines.filter(chosen).sort();
  let next = 0;
  return lines.map((line) => (chosen(line) ? (sorted[next++] ?? line) : line)).join('\n');
}

/** Of usage screens and long help only the first line counts. */
export function firstLineOnly(run: string, stdout: string, stderr: string): boolean {
  return /--help|^kubectl(?: (?:create|get|delete|apply|run))?$/.test(run.trim()) || [stdout, stderr].some((text) => text.includes('Usage:') || text.includes('BusyBox v'));
}

/** What is compared of one step. */
export function canonStep(canon: Canon, run: string, result: { readonly exitCode: number; readonly stdout: string; readonly stderr: string }): string {
  let { stdout, stderr } = result;
  if (firstLineOnly(run, stdout, stderr)) {
    const version = (text: string): string => (text.trim().split('\n')[0] ?? '').replace(/BusyBox v\S+ \([^)]*\)/, 'BusyBox v');
    stdout = version(stdout);
    stderr = version(stderr);
  }
  return `${result.exitCode}\n${canon.text(run, stdout)}\n---\n${canon.text(run, stderr)}`;
}

/** What is compared of an answer of the API server. */
export function canonApi(result: { readonly stdout: string; readonly stderr: string }): string {
  const canon = new Canon();
  const stderr = canon.text('kubectl create', result.stderr).replace(/(core\.PodSpec\{)[\s\S]*/, '$1…').replace(/(?: {2}&core| {2}core\.)[\s\S]*/, '…');
  return `${canon.text('kubectl create', result.stdout).replace(new RegExp(`-${RANDOM}{5} created`, 'g'), '-<r> created')}\n---\n${stderr}`;
}

/** What is compared of stored objects: without status, addresses, node ports and what is empty. */
export function canonObjects(objects: unknown): unknown {
  const text = JSON.stringify(objects)
    .replace(/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-x')
    .replace(/"10\.(?:9[6-9]|1[01]\d)\.\d+\.\d+"/g, '"svc"')
    .replace(/"nodePort":3\d{4}/g, '"nodePort":0')
    .replace(new RegExp(`"name":"([a-z0-9-]+-)${RANDOM}{5}"`, 'g'), '"name":"$1r"');
  return pruned(JSON.parse(text));
}

const UNCOMPARED = new Set(['status', 'uid', 'resourceVersion', 'creationTimestamp', 'kubectl.kubernetes.io/last-applied-configuration']);

function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key]) => !UNCOMPARED.has(key))
    .map(([key, each]) => [key, pruned(each)] as const)
    .filter(([key, each]) => !((key === 'annotations' || key === 'labels') && Object.keys(each as object).length === 0));
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
