/** Version 1 control groups as the recorded kernel has them: one hierarchy per controller. Limits are not modelled. */
import type { Process } from '../../process/process.ts';
import { pidIn } from '../../process/process.ts';
import { nextDevice, type FileSystem, type Node } from '../node.ts';
import { SyntheticDirectory, SyntheticFile } from '../synthetic.ts';

/** In the order of /proc/PID/cgroup, the highest number first. */
export const CGROUP_HIERARCHIES = ['name=systemd', 'pids', 'blkio', 'freezer', 'devices', 'memory', 'cpuset', 'cpuacct', 'cpu'] as const;

/** Names below /sys/fs/cgroup, in the order in which they are mounted. */
export const CGROUP_CONTROLLERS = ['cpu', 'cpuacct', 'cpuset', 'memory', 'devices', 'freezer', 'blkio', 'pids', 'systemd'] as const;

/** What one controller adds to the files that every group has. */
const FILES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cpu: { 'cpu.cfs_period_us': '100000', 'cpu.cfs_quota_us': '-1', 'cpu.shares': '1024' },
  cpuset: { 'cpuset.cpus': '0-1', 'cpuset.mems': '0' },
  memory: { 'memory.limit_in_bytes': '9223372036854771712', 'memory.usage_in_bytes': '4194304' },
  pids: { 'pids.current': '1', 'pids.max': 'max' },
};

/** @param controller as its mount point is called; `systemd` is the named hierarchy without a controller */
export function cgroupFileSystem(controller: string): FileSystem {
  let hierarchy = hierarchies.get(controller);
  if (!hierarchy) hierarchies.set(controller, (hierarchy = makeHierarchy(controller)));
  return hierarchy;
}

/** Every mount of a controller shows the same hierarchy; whose groups it lists depends on who looks. */
const hierarchies = new Map<string, FileSystem>();

function makeHierarchy(controller: string): FileSystem {
  const option = controller === 'systemd' ? 'name=systemd' : controller;
  return { type: 'cgroup', options: [option], device: nextDevice(), root: group(option, '/'), usage: () => undefined };
}

function membersOf(caller: Process, path: string): readonly Process[] {
  return caller.kernel.processes().filter((each) => each.cgroup === path);
}

/** Groups directly below `path`. */
function below(caller: Process, path: string): readonly string[] {
  const prefix = path === '/' ? '/' : `${path}/`;
  const names = new Set<string>();
  for (const each of caller.kernel.processes()) {
    const next = each.cgroup.startsWith(prefix) ? each.cgroup.slice(prefix.length).split('/')[0] : undefined;
    if (next !== undefined && next !== '') names.add(next);
  }
  return [...names];
}

function group(option: string, path: string): Node & { readonly kind: 'directory' } {
  const values: Readonly<Record<string, string>> = { 'cgroup.clone_children': '0', notify_on_release: '0', ...FILES[option] };
  const lists = ['cgroup.procs', 'tasks'];
  const modified = 0;
  return new SyntheticDirectory({
    modified,
    mode: 0o755,
    names: (caller) => [...lists, ...Object.keys(values), ...below(caller, path)],
    lookup(name, caller) {
      if (lists.includes(name)) {
        const read = (reader: Process): string =>
          membersOf(reader, path)
            .map((each) => pidIn(each, reader.namespaces.pid))
            .filter((pid) => pid !== undefined)
            .map((pid) => `${pid}\n`)
            .join('');
        return new SyntheticFile({ modified, read });
      }
      const value = values[name];
      if (value !== undefined) return new SyntheticFile({ modified, mode: 0o644, read: () => `${value}\n` });
      return below(caller, path).includes(name) ? group(option, path === '/' ? `/${name}` : `${path}/${name}`) : undefined;
    },
  });
}
