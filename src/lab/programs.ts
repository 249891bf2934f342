/** The commands of the simulated machines as chunks that arrive when a command is first run. */
import type { ProgramTable } from '../sim/linux/process/kernel.ts';
import type { Command } from '../sim/shell/command.ts';
import { lazyProgramTable, programIdOfFile, type CommandLoader } from '../sim/shell/program-table.ts';

const files = import.meta.glob<{ readonly command: Command }>(['../sim/shell/commands/*/*.ts', '!**/*.test.ts', '!**/*.testing.ts']);

/** Programs that run before anybody types: the machines cannot boot without them. */
export const AT_BOOT: readonly string[] = [
  'init/system',
  'pause/system',
  'containerd/system',
  'kubelet/system',
  'sshd/system',
  'kube-apiserver/system',
  'etcd/system',
  'kube-controller-manager/system',
  'kube-scheduler/system',
  'kube-proxy/system',
  'coredns/system',
  'bash/bash',
  'sh/busybox',
  'kubectl/kubectl',
  'sleep/busybox',
];

/** Loads what booting needs; everything else follows on first use. */
export async function loadPrograms(): Promise<ProgramTable> {
  const loaderById = new Map<string, CommandLoader>();
  for (const [path, load] of Object.entries(files)) {
    const id = programIdOfFile(path);
    if (id !== undefined) loaderById.set(id, load);
  }
  const table = lazyProgramTable(loaderById);
  await Promise.all(AT_BOOT.map((id) => table.find(id)));
  return table;
}

/** Names of the commands of machines, or of containers, for suggestions: what one place has is not offered at another. */
export function commandNames(place: 'machine' | 'container'): readonly string[] {
  const names = Object.keys(files).flatMap((path) => {
    const [name = '', suite = ''] = programIdOfFile(path)?.split('/') ?? [];
    if (suite === '' || suite === 'system') return [];
    return (suite === 'busybox') === (place === 'container') ? [name] : [];
  });
  return [...new Set(names)];
}
