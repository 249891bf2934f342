/** What /proc shows of the machine as a whole, and of the reader's namespaces outside of the process directories (fs/proc/*.c). */
import { formatMessageQueues, formatSemaphores, formatSharedMemory } from '../../ipc/proc-format.ts';
import type { Kernel } from '../../process/kernel.ts';
import type { Process } from '../../process/process.ts';
import type { Node } from '../node.ts';
import { fixedDirectory, SyntheticFile } from '../synthetic.ts';
import { machineMemory } from './machine-memory.ts';
import { sysctlDirectory } from './sysctl-directory.ts';

/** Seconds that a machine has been up when its world begins. */
const UPTIME_AT_START = 5_520;
const CPUS = 2;

/** Seconds since the machine was started. */
export function uptime(kernel: Kernel): number {
  return UPTIME_AT_START + kernel.simulation.now / 1000;
}

export function machineFiles(kernel: Kernel, now: number): Record<string, () => Node> {
  const file =
    (read: (caller: Process) => string, mode = 0o444) =>
    (): Node =>
      new SyntheticFile({ modified: now, mode, read });
  const empty = (): Node => fixedDirectory({}, { modified: now });
  return {
    acpi: empty,
    buddyinfo: file(() => ''),
    bus: () => fixedDirectory({ input: empty, pci: empty }, { modified: now }),
    cgroups: file(() => cgroupsText()),
    cmdline: file(() => 'console=ttyS0 reboot=k panic=1 root=/dev/vda rw\n'),
    'config.gz': file(() => ''),
    consoles: file(() => 'ttyS0                -W- (EC p a)    4:64\n'),
    cpuinfo: file(() => cpuInfoText()),
    crypto: file(() => ''),
    devices: file(() => 'Character devices:\n  1 mem\n  5 /dev/tty\n  5 /dev/ptmx\n136 pts\n\nBlock devices:\n254 virtblk\n'),
    diskstats: file(() => ' 254       0 vda 13254 152 930218 4211 20931 10211 803312 12111 0 9120 16322 0 0 0 0 0 0\n'),
    dma: file(() => ' 4: cascade\n'),
    driver: empty,
    execdomains: file(() => '0-0\tLinux           \t[kernel]\n'),
    filesystems: file(() => filesystemsText()),
    fs: empty,
    interrupts: file(() => '           CPU0       CPU1       \n'),
    iomem: file(() => '', 0o400),
    ioports: file(() => '', 0o400),
    irq: empty,
    kallsyms: file(() => ''),
    keys: file(() => ''),
    'key-users': file(() => ''),
    kmsg: file(() => '', 0o400),
    kpagecgroup: file(() => '', 0o400),
    kpagecount: file(() => '', 0o400),
    kpageflags: file(() => '', 0o400),
    loadavg: file((caller) => loadText(caller)),
    locks: file(() => ''),
    meminfo: file(() => memoryText(kernel)),
    misc: file(() => ''),
    mtrr: file(() => '', 0o644),
    pagetypeinfo: file(() => '', 0o400),
    partitions: file(() => 'major minor  #blocks  name\n\n 254        0  104857600 vda\n'),
    pressure: empty,
    slabinfo: file(() => '', 0o400),
    softirqs: file(() => ''),
    stat: file(() => statText(kernel)),
    swaps: file(() => 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n'),
    sys: () => sysctlDirectory(kernel, now),
    sysvipc: () => fixedDirectory({ msg: file(formatMessageQueues), sem: file(formatSemaphores), shm: file(formatSharedMemory) }, { modified: now }),
    timer_list: file(() => '', 0o400),
    tty: empty,
    uptime: file(() => `${uptime(kernel).toFixed(2)} ${(uptime(kernel) * CPUS * 0.9).toFixed(2)}\n`),
    version: file(
      () => `Linux version ${kernel.release} (builder@namespace-lab) (gcc (GCC) 15.3.0, GNU ld (GNU Binutils) 2.46) #1 SMP PREEMPT_DYNAMIC\n`,
    ),
    vmallocinfo: file(() => '', 0o400),
    vmstat: file(() => 'nr_free_pages 5547197\npgpgin 465109\npgpgout 401656\n'),
    zoneinfo: file(() => ''),
  };
}

function loadText(caller: Process): string {
  const all = caller.kernel.processes();
  const threads = all.reduce((sum, process) => sum + process.threads, 0);
  const running = all.filter((process) => process.state === 'running').length;
  const load = 0.15 + running * 0.05;
  const newest = caller.namespaces.pid.processes().at(-1);
  const last = newest?.pids.find((entry) => entry.namespace === caller.namespaces.pid)?.pid ?? 0;
  return `${load.toFixed(2)} ${(load * 0.9).toFixed(2)} ${(load * 0.8).toFixed(2)} ${Math.max(1, running)}/${threads} ${last}\n`;
}

function memoryText(kernel: Kernel): string {
  const memory = machineMemory(kernel);
  const rows: readonly (readonly [string, number])[] = [
    ['MemTotal', memory.total],
    ['MemFree', memory.free],
    ['MemAvailable', memory.available],
    ['Buffers', memory.buffers],
    ['Cached', memory.cached],
    ['SwapCached', 0],
    ['Active', 1_024_000],
    ['Inactive', 812_000],
    ['Unevictable', 0],
    ['Mlocked', 0],
    ['SwapTotal', 0],
    ['SwapFree', 0],
    ['Dirty', 560],
    ['Writeback', 0],
    ['AnonPages', memory.used],
    ['Mapped', 158_764],
    ['Shmem', memory.shared],
    ['KReclaimable', memory.reclaimable],
    ['Slab', memory.reclaimable + 57_080],
    ['SReclaimable', memory.reclaimable],
    ['SUnreclaim', 57_080],
    ['KernelStack', 1864],
    ['PageTables', 3188],
    ['CommitLimit', 12_342_040],
    ['Committed_AS', 180_916],
    ['VmallocTotal', 34_359_738_367],
    ['VmallocUsed', 14_652],
    ['VmallocChunk', 0],
    ['Percpu', 688],
  ];
  return rows.map(([name, value]) => `${`${name}:`.padEnd(15)} ${String(value).padStart(8)} kB\n`).join('');
}

function statText(kernel: Kernel): string {
  const total = Math.floor(uptime(kernel) * 100);
  const used = Math.floor(kernel.processes().reduce((sum, process) => sum + process.cpuTime, 0) / 10) + Math.floor(total / 20);
  const idle = Math.max(0, total * CPUS - used * 2);
  const line = (name: string, share: number): string =>
    `${name} ${Math.floor(used / share)} 0 ${Math.floor(used / share)} ${Math.floor(idle / share)} 120 0 15 0 0 0\n`;
  const boot = Math.floor(kernel.simulation.epoch / 1000 - UPTIME_AT_START);
  return `${line('cpu ', 1)}${line('cpu0', 2)}${line('cpu1', 2)}intr 1\nctxt ${total * 40}\nbtime ${boot}\nprocesses ${kernel.processes().length + 400}\nprocs_running 1\nprocs_blocked 0\nsoftirq 0\n`;
}

function cpuInfoText(): string {
  return Array.from({ length: CPUS }, (_, cpu) =>
    [
      `processor\t: ${cpu}`,
      'vendor_id\t: GenuineIntel',
      'cpu family\t: 6',
      'model\t\t: 143',
      'model name\t: Intel(R) Xeon(R) Processor',
      'stepping\t: 8',
      'cpu MHz\t\t: 2600.000',
      'cache size\t: 107520 KB',
      'physical id\t: 0',
      `siblings\t: ${CPUS}`,
      `core id\t\t: ${cpu}`,
      `cpu cores\t: ${CPUS}`,
      'bogomips\t: 5200.00',
      '',
    ].join('\n'),
  )
    .map((text) => `${text}\n`)
    .join('');
}

function filesystemsText(): string {
  const nodev = [
    'sysfs',
    'tmpfs',
    'proc',
    'cgroup',
    'cgroup2',
    'cpuset',
    'devtmpfs',
    'debugfs',
    'tracefs',
    'sockfs',
    'bpf',
    'pipefs',
    'ramfs',
    'devpts',
    'overlay',
    'mqueue',
  ];
  return `${nodev.map((name) => `nodev\t${name}\n`).join('')}\text3\n\text2\n\text4\n\txfs\n`;
}

function cgroupsText(): string {
  const rows = ['cpuset\t3', 'cpu\t1', 'cpuacct\t2', 'blkio\t7', 'memory\t4', 'devices\t5', 'freezer\t6', 'pids\t8'];
  return `#subsys_name\thierarchy\tnum_cgroups\tenabled\n${rows.map((row) => `${row}\t12\t1\n`).join('')}`;
}
