/** The longer texts of /proc/PID (fs/proc/array.c, fs/proc/base.c, kernel/cgroup/cgroup-v1.c). */
import { idInside, type IdMapping } from '../../namespace/namespaces.ts';
import { CAPABILITIES, type Capability } from '../../process/credentials.ts';
import type { PidNamespace } from '../../process/pid-namespace.ts';
import { pidIn, type Process } from '../../process/process.ts';
import { SIGNAL_NUMBERS, type SignalName } from '../../process/signals.ts';
import { CGROUP_HIERARCHIES } from '../sys/cgroup-file-system.ts';

const STATES = {
  running: ['R', 'running'],
  sleeping: ['S', 'sleeping'],
  stopped: ['T', 'stopped'],
  zombie: ['Z', 'zombie'],
  dead: ['X', 'dead'],
} as const;

const PAGE_KIB = 4;
const TICK = 10;

/** One line per cgroup hierarchy; the unified one is mounted nowhere and keeps everything in its root. */
export function cgroupText(process: Process): string {
  const count = CGROUP_HIERARCHIES.length;
  return `${CGROUP_HIERARCHIES.map((name, index) => `${count - index}:${name}:${process.cgroup}`).join('\n')}\n0::/\n`;
}

/** uid_map and gid_map: three columns of ten. */
export function idMapText(map: readonly IdMapping[]): string {
  return map
    .map(({ inside, outside, count }) => `${String(inside).padStart(10)} ${String(outside).padStart(10)} ${String(count).padStart(10)}\n`)
    .join('');
}

function capabilityMask(set: ReadonlySet<Capability>): string {
  let mask = 0n;
  CAPABILITIES.forEach((name, bit) => {
    if (set.has(name)) mask |= 1n << BigInt(bit);
  });
  return mask.toString(16).padStart(16, '0');
}

function signalMask(process: Process, wanted: (action: unknown) => boolean): string {
  let mask = 0n;
  for (const [name, action] of process.actions) if (wanted(action)) mask |= 1n << BigInt(SIGNAL_NUMBERS[name satisfies SignalName] - 1);
  return mask.toString(16).padStart(16, '0');
}

/** Numbers of `of` from the reader's proc instance down to the process's own namespace (NSpid and its like); 0 where it is not visible. */
function nestedPids(process: Process, view: PidNamespace, of: Process = process): string {
  const levels = [...process.pids].reverse().map((entry) => entry.namespace);
  return levels
    .slice(Math.max(0, levels.indexOf(view)))
    .map((namespace) => pidIn(of, namespace) ?? 0)
    .join('\t');
}

function kib(label: string, value: number): string {
  return `${label}:\t${String(value).padStart(8)} kB`;
}

/** /proc/PID/status. @param view the PID namespace of the proc instance; ids are those of `reader`'s user namespace */
export function statusText(process: Process, view: PidNamespace, reader: Process): string {
  const { credentials, memory } = process;
  const [letter, word] = STATES[process === reader ? 'running' : process.state];
  const { user } = reader.credentials;
  const uid = idInside(user.uidMap, credentials.uid);
  const gid = idInside(user.gidMap, credentials.gid);
  const isZombie = process.state === 'zombie';
  const memoryLines = isZombie
    ? []
    : [
        kib('VmPeak', memory.virtual),
        kib('VmSize', memory.virtual),
        kib('VmLck', 0),
        kib('VmPin', 0),
        kib('VmHWM', memory.resident),
        kib('VmRSS', memory.resident),
        kib('RssAnon', Math.round(memory.resident / 8)),
        kib('RssFile', memory.resident - Math.round(memory.resident / 8)),
        kib('RssShmem', 0),
        kib('VmData', Math.round(memory.virtual / 8)),
        kib('VmStk', 132),
        kib('VmExe', 20),
        kib('VmLib', 1528),
        kib('VmPTE', 40),
        kib('VmSwap', 0),
        kib('HugetlbPages', 0),
        'CoreDumping:\t0',
        'THP_enabled:\t1',
        'untag_mask:\t0xffffffffffffffff',
      ];
  return `${[
    `Name:\t${process.comm}`,
    ...(isZombie ? [] : [`Umask:\t${process.umask.toString(8).padStart(4, '0')}`]),
    `State:\t${letter} (${word})`,
    `Tgid:\t${pidIn(process, view) ?? 0}`,
    'Ngid:\t0',
    `Pid:\t${pidIn(process, view) ?? 0}`,
    `PPid:\t${process.parent ? (pidIn(process.parent, view) ?? 0) : 0}`,
    'TracerPid:\t0',
    `Uid:\t${uid}\t${uid}\t${uid}\t${uid}`,
    `Gid:\t${gid}\t${gid}\t${gid}\t${gid}`,
    `FDSize:\t${process.files.size === 0 ? 0 : Math.max(64, 2 ** Math.ceil(Math.log2(Math.max(...process.files.keys()) + 1)))}`,
    `Groups:\t${credentials.groups.map((group) => `${idInside(user.gidMap, group)} `).join('') || ' '}`,
    `NStgid:\t${nestedPids(process, view)}`,
    `NSpid:\t${nestedPids(process, view)}`,
    `NSpgid:\t${nestedPids(process, view, process.group)}`,
    `NSsid:\t${nestedPids(process, view, process.session)}`,
    'Kthread:\t0',
    ...memoryLines,
    `Threads:\t${process.threads}`,
    'SigQ:\t0/96365',
    'SigPnd:\t0000000000000000',
    'ShdPnd:\t0000000000000000',
    'SigBlk:\t0000000000000000',
    `SigIgn:\t${signalMask(process, (action) => action === 'ignore')}`,
    `SigCgt:\t${signalMask(process, (action) => typeof action === 'function')}`,
    'CapInh:\t0000000000000000',
    `CapPrm:\t${capabilityMask(credentials.permitted)}`,
    `CapEff:\t${capabilityMask(credentials.effective)}`,
    `CapBnd:\t${capabilityMask(credentials.bounding)}`,
    'CapAmb:\t0000000000000000',
    `NoNewPrivs:\t${credentials.noNewPrivileges ? 1 : 0}`,
    `Seccomp:\t${credentials.filtered === true ? 2 : 0}`,
    `Seccomp_filters:\t${credentials.filtered === true ? 1 : 0}`,
    'Speculation_Store_Bypass:\tvulnerable',
    'SpeculationIndirectBranch:\talways enabled',
    'Cpus_allowed:\t3',
    'Cpus_allowed_list:\t0-1',
    'Mems_allowed:\t00000000,00000001',
    'Mems_allowed_list:\t0',
    `voluntary_ctxt_switches:\t${Math.round(process.cpuTime)}`,
    'nonvoluntary_ctxt_switches:\t0',
  ].join('\n')}\n`;
}

/** /proc/PID/stat: 52 fields. */
export function statText(process: Process, view: PidNamespace): string {
  const number = (other: Process | undefined): number => (other ? (pidIn(other, view) ?? 0) : 0);
  const ticks = Math.floor(process.cpuTime / TICK);
  const terminal = process.tty ? (136 << 8) | Number(process.tty.name.split('/')[1] ?? 0) : 0;
  const [letter] = STATES[process.state];
  return `${[
    number(process),
    `(${process.comm})`,
    letter,
    number(process.parent),
    number(process.group),
    number(process.session),
    terminal,
    terminal === 0 ? -1 : number(process.session),
    4_194_560,
    98,
    0,
    0,
    0,
    ticks,
    0,
    0,
    0,
    20 + process.nice,
    process.nice,
    process.threads,
    0,
    Math.floor(process.startedAt / TICK),
    process.memory.virtual * 1024,
    Math.ceil(process.memory.resident / PAGE_KIB),
    '18446744073709551615',
    ...Array.from({ length: 12 }, () => 0),
    17,
    0,
    ...Array.from({ length: 13 }, () => 0),
  ].join(' ')}\n`;
}

/** /proc/PID/statm: sizes in pages. */
export function statmText(process: Process): string {
  const resident = Math.ceil(process.memory.resident / PAGE_KIB);
  return `${Math.ceil(process.memory.virtual / PAGE_KIB)} ${resident} ${Math.ceil(resident * 0.9)} 5 0 ${Math.ceil(process.memory.virtual / PAGE_KIB / 6)} 0\n`;
}

const LIMITS: readonly (readonly [string, string, string, string])[] = [
  ['Max cpu time', 'unlimited', 'unlimited', 'seconds'],
  ['Max file size', 'unlimited', 'unlimited', 'bytes'],
  ['Max data size', 'unlimited', 'unlimited', 'bytes'],
  ['Max stack size', '8388608', 'unlimited', 'bytes'],
  ['Max core file size', 'unlimited', 'unlimited', 'bytes'],
  ['Max resident set', 'unlimited', 'unlimited', 'bytes'],
  ['Max processes', '96365', '96365', 'processes'],
  ['Max open files', '1048576', '1048576', 'files'],
  ['Max locked memory', '8388608', '8388608', 'bytes'],
  ['Max address space', 'unlimited', 'unlimited', 'bytes'],
  ['Max file locks', 'unlimited', 'unlimited', 'locks'],
  ['Max pending signals', '96365', '96365', 'signals'],
  ['Max msgqueue size', '819200', '819200', 'bytes'],
  ['Max nice priority', '0', '0', ''],
  ['Max realtime priority', '0', '0', ''],
  ['Max realtime timeout', 'unlimited', 'unlimited', 'us'],
];

/** /proc/PID/limits; resource limits are not modelled beyond their text. */
export function limitsText(): string {
  const row = ([name, soft, hard, unit]: (typeof LIMITS)[number]): string =>
    `${name.padEnd(25)} ${soft.padEnd(20)} ${hard.padEnd(20)} ${unit.padEnd(10)}\n`;
  return row(['Limit', 'Soft Limit', 'Hard Limit', 'Units']) + LIMITS.map(row).join('');
}
