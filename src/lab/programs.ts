/**
 * The commands of the simulated machines as chunks that arrive when a command is first run; what booting needs comes as one.
 */
import type { ProgramTable } from '../sim/linux/process/kernel.ts';
import { programId, type Command } from '../sim/shell/command.ts';
import { lazyProgramTable, programIdOfFile, type CommandLoader } from '../sim/shell/program-table.ts';

/** Files named after a suite are commands, the others are parts of one and no chunks of their own. */
const files = import.meta.glob<{ readonly command: Command }>([
  '../sim/shell/commands/*/{busybox,bash,coreutils,procps,psmisc,util-linux,net-tools,iproute2,iputils,iptables,bind9-dnsutils,bridge-utils,curl,netcat,grep,sed,awk,findutils,hostname,mount,kubectl,vim,less,man,nodejs,nginx,system}.ts',
  '!../sim/shell/commands/init/system.ts',
  '!../sim/shell/commands/pause/system.ts',
  '!../sim/shell/commands/containerd/system.ts',
  '!../sim/shell/commands/kubelet/system.ts',
  '!../sim/shell/commands/sshd/system.ts',
  '!../sim/shell/commands/kube-apiserver/system.ts',
  '!../sim/shell/commands/etcd/system.ts',
  '!../sim/shell/commands/kube-controller-manager/system.ts',
  '!../sim/shell/commands/kube-scheduler/system.ts',
  '!../sim/shell/commands/kube-proxy/system.ts',
  '!../sim/shell/commands/coredns/system.ts',
  '!../sim/shell/commands/bash/bash.ts',
  '!../sim/shell/commands/sh/busybox.ts',
  '!../sim/shell/commands/kubectl/kubectl.ts',
  '!../sim/shell/commands/sleep/busybox.ts',
]);

export interface Programs extends ProgramTable {
  /** Ids of the programs that are there from the beginning. */
  readonly atBoot: readonly string[];
  /** Ids of all programs. */
  readonly ids: readonly string[];
}

/** Loads what booting needs; everything else follows on first use. */
export async function loadPrograms(): Promise<Programs> {
  const loaderById = new Map<string, CommandLoader>();
  for (const [path, load] of Object.entries(files)) {
    const id = programIdOfFile(path);
    if (id !== undefined) loaderById.set(id, load);
  }
  const { bootCommands } = await import('./boot-programs.ts');
  const atBoot = bootCommands.map(({ name, suite }) => programId(name, suite));
  return { ...lazyProgramTable(loaderById, bootCommands), atBoot, ids: [...atBoot, ...loaderById.keys()] };
}

/** Names of the commands of machines, or of containers, for suggestions: what one place has is not offered at another. */
export function commandNames({ ids }: Programs, place: 'machine' | 'container'): readonly string[] {
  const names = ids.flatMap((id) => {
    const [name = '', suite = ''] = id.split('/');
    if (suite === 'system') return [];
    return (suite === 'busybox') === (place === 'container') ? [name] : [];
  });
  return [...new Set(names)];
}
