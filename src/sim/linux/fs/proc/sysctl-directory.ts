/** /proc/sys: settings of the machine and of the reader's UTS, IPC and network namespaces (kernel/sysctl.c, ipc/ipc_sysctl.c, net/sysctl_net.c). */
import { errno, type Errno } from '../../errno.ts';
import { capable, type Capability } from '../../process/credentials.ts';
import type { Kernel } from '../../process/kernel.ts';
import type { Process } from '../../process/process.ts';
import type { UserNamespace } from '../../namespace/namespaces.ts';
import type { Node } from '../node.ts';
import { fixedDirectory, SyntheticDirectory, SyntheticFile } from '../synthetic.ts';

interface Setting {
  readonly read: (caller: Process) => string;
  readonly write?: (caller: Process, text: string) => Errno | undefined;
  readonly mode?: number;
}

const constant = (value: string): Setting => ({ read: () => value, mode: 0o644, write: () => undefined });
const fixed = (value: string): Setting => ({ read: () => value, mode: 0o444 });

function needs(
  capability: Capability,
  owner: (caller: Process) => UserNamespace,
  apply: (caller: Process, value: string) => Errno | undefined,
): NonNullable<Setting['write']> {
  return (caller, text) => (capable(caller.credentials, capability, owner(caller)) ? apply(caller, text.replace(/\n$/, '')) : errno('EPERM'));
}

/** A number of the reader's IPC namespace. */
function ipcNumber(read: (caller: Process) => number | bigint, set: (caller: Process, value: number) => void): Setting {
  return {
    read: (caller) => String(read(caller)),
    write: needs(
      'CAP_SYS_RESOURCE',
      (caller) => caller.namespaces.ipc.owner,
      (caller, text) => {
        if (!/^\d+$/.test(text.trim())) return errno('EINVAL');
        set(caller, Number(text));
        return undefined;
      },
    ),
  };
}

function kernelSettings(kernel: Kernel): Readonly<Record<string, Setting>> {
  const uts = (caller: Process): UserNamespace => caller.namespaces.uts.owner;
  return {
    cap_last_cap: fixed('40'),
    core_pattern: constant('core'),
    dmesg_restrict: constant('0'),
    domainname: {
      read: (caller) => caller.namespaces.uts.domainname,
      write: needs('CAP_SYS_ADMIN', uts, (caller, text) => {
        caller.namespaces.uts.domainname = text.slice(0, 64);
        return undefined;
      }),
    },
    hostname: {
      read: (caller) => caller.namespaces.uts.hostname,
      write: needs('CAP_SYS_ADMIN', uts, (caller, text) => {
        caller.namespaces.uts.hostname = text.slice(0, 64);
        return undefined;
      }),
    },
    keys: fixed(''),
    kptr_restrict: constant('0'),
    msgmax: ipcNumber(
      (caller) => caller.namespaces.ipc.messages.limits.message,
      (caller, value) => {
        caller.namespaces.ipc.messages.limits.message = value;
      },
    ),
    msgmnb: ipcNumber(
      (caller) => caller.namespaces.ipc.messages.limits.queue,
      (caller, value) => {
        caller.namespaces.ipc.messages.limits.queue = value;
      },
    ),
    msgmni: ipcNumber(
      (caller) => caller.namespaces.ipc.messages.limits.queues,
      (caller, value) => {
        caller.namespaces.ipc.messages.limits.queues = value;
      },
    ),
    ngroups_max: fixed('65536'),
    osrelease: fixed(kernel.release),
    ostype: fixed('Linux'),
    overflowgid: constant('65534'),
    overflowuid: constant('65534'),
    panic: constant('10'),
    panic_on_oops: constant('1'),
    pid_max: constant('4194304'),
    printk: constant('7\t4\t1\t7'),
    'threads-max': constant('192731'),
    randomize_va_space: constant('2'),
    sem: {
      read: (caller) => {
        const { limits } = caller.namespaces.ipc.semaphores;
        return `${limits.perArray}\t${limits.all}\t${limits.operations}\t${limits.arrays}`;
      },
      write: needs(
        'CAP_SYS_RESOURCE',
        (caller) => caller.namespaces.ipc.owner,
        (caller, text) => {
          const [perArray, all, operations, arrays] = text.trim().split(/\s+/).map(Number);
          if ([perArray, all, operations, arrays].some((value) => value === undefined || !Number.isInteger(value))) return errno('EINVAL');
          Object.assign(caller.namespaces.ipc.semaphores.limits, { perArray, all, operations, arrays });
          return undefined;
        },
      ),
    },
    shm_rmid_forced: constant('0'),
    shmall: ipcNumber(
      (caller) => caller.namespaces.ipc.shared.limits.all,
      (caller, value) => {
        caller.namespaces.ipc.shared.limits.all = BigInt(value);
      },
    ),
    shmmax: ipcNumber(
      (caller) => caller.namespaces.ipc.shared.limits.max,
      (caller, value) => {
        caller.namespaces.ipc.shared.limits.max = BigInt(value);
      },
    ),
    shmmni: ipcNumber(
      (caller) => caller.namespaces.ipc.shared.limits.segments,
      (caller, value) => {
        caller.namespaces.ipc.shared.limits.segments = value;
      },
    ),
    tainted: constant('0'),
    version: fixed('#1 SMP PREEMPT_DYNAMIC'),
  };
}

const FS: Readonly<Record<string, Setting>> = {
  'file-max': constant('9223372036854775807'),
  'file-nr': fixed('1184\t0\t9223372036854775807'),
  'inode-nr': fixed('24127\t1270'),
  nr_open: constant('1048576'),
  'pipe-max-size': constant('1048576'),
};

const VM: Readonly<Record<string, Setting>> = {
  dirty_ratio: constant('20'),
  drop_caches: constant('0'),
  max_map_count: constant('1048576'),
  min_free_kbytes: constant('45056'),
  overcommit_memory: constant('1'),
  swappiness: constant('60'),
};

/** Values that were written over a constant, for the whole machine. */
const written = new WeakMap<Kernel, Map<string, string>>();

function settingFile(name: string, setting: Setting, context: Context): Node {
  const { kernel, now } = context;
  const own = (): Map<string, string> => {
    let values = written.get(kernel);
    if (!values) written.set(kernel, (values = new Map()));
    return values;
  };
  const isPlain = setting.mode === 0o644;
  const write = isPlain
    ? (_caller: Process, text: string): Errno | undefined => {
        own().set(name, text.replace(/\n$/, ''));
        return undefined;
      }
    : setting.write;
  return new SyntheticFile({
    modified: now,
    mode: setting.mode ?? 0o644,
    read: (caller) => `${own().get(name) ?? setting.read(caller)}\n`,
    ...(write ? { write } : {}),
  });
}

interface Context {
  readonly kernel: Kernel;
  readonly now: number;
  /** Directories beside the settings. */
  readonly more?: Record<string, () => Node>;
}

function settings(prefix: string, table: Readonly<Record<string, Setting>>, context: Context): Node {
  const entries: Record<string, () => Node> = { ...context.more };
  for (const [name, setting] of Object.entries(table)) entries[name] = () => settingFile(`${prefix}.${name}`, setting, context);
  return fixedDirectory(entries, { modified: context.now });
}

/** /proc/sys/net and below: the settings of the reader's network namespace, by their dotted names. */
function networkSettings(prefix: string, now: number): Node {
  const next = (caller: Process): ReadonlySet<string> => {
    const names = new Set<string>();
    for (const name of caller.namespaces.net.sysctls.names())
      if (name.startsWith(`${prefix}.`)) names.add(name.slice(prefix.length + 1).split('.')[0] ?? '');
    return names;
  };
  return new SyntheticDirectory({
    modified: now,
    names: (caller) => [...next(caller)],
    lookup(name, caller) {
      if (!next(caller).has(name)) return undefined;
      const full = `${prefix}.${name}`;
      if (caller.namespaces.net.sysctls.get(full) === undefined) return networkSettings(full, now);
      return new SyntheticFile({
        modified: now,
        mode: 0o644,
        owner: rootOf(caller.namespaces.net.owner),
        read: (reader) => `${reader.namespaces.net.sysctls.get(full) ?? ''}\n`,
        write: needs(
          'CAP_NET_ADMIN',
          (writer) => writer.namespaces.net.owner,
          (writer, text) => writer.namespaces.net.sysctls.set(full, text),
        ),
      });
    },
  });
}

/** net_ctl_set_ownership: files belong to root of the namespace's owner. */
function rootOf(user: UserNamespace): { readonly uid: number; readonly gid: number } {
  return { uid: user.uidMap.find((range) => range.inside === 0)?.outside ?? 0, gid: user.gidMap.find((range) => range.inside === 0)?.outside ?? 0 };
}

export function sysctlDirectory(kernel: Kernel, now: number): Node {
  const context = { kernel, now };
  const random = (): Node =>
    settings(
      'kernel.random',
      { boot_id: fixed('6b1d5b8e-52a4-4c5f-9a1b-3f0f4d0c8e21'), entropy_avail: fixed('256'), uuid: { read: () => uuid(kernel), mode: 0o444 } },
      context,
    );
  const mqueue = (): Node =>
    settings(
      'fs.mqueue',
      {
        msg_default: constant('10'),
        msg_max: constant('10'),
        msgsize_default: constant('8192'),
        msgsize_max: constant('8192'),
        queues_max: constant('256'),
      },
      context,
    );
  return fixedDirectory(
    {
      abi: () => fixedDirectory({}, { modified: now }),
      dev: () => fixedDirectory({}, { modified: now }),
      fs: () => settings('fs', FS, { ...context, more: { mqueue } }),
      kernel: () => settings('kernel', kernelSettings(kernel), { ...context, more: { random } }),
      net: () => networkSettings('net', now),
      user: () =>
        settings(
          'user',
          { max_user_namespaces: constant('96365'), max_net_namespaces: constant('96365'), max_pid_namespaces: constant('96365') },
          context,
        ),
      vm: () => settings('vm', VM, context),
    },
    { modified: now },
  );
}

function uuid(kernel: Kernel): string {
  const hex = (length: number): string => kernel.simulation.random.string(length, '0123456789abcdef');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}
