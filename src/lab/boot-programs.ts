/** The programs that run before anybody types, in one piece: the machines cannot boot without them. */
import type { Command } from '../sim/shell/command.ts';

const commands = import.meta.glob<Command>(
  [
    '../sim/shell/commands/init/system.ts',
    '../sim/shell/commands/pause/system.ts',
    '../sim/shell/commands/containerd/system.ts',
    '../sim/shell/commands/kubelet/system.ts',
    '../sim/shell/commands/sshd/system.ts',
    '../sim/shell/commands/kube-apiserver/system.ts',
    '../sim/shell/commands/etcd/system.ts',
    '../sim/shell/commands/kube-controller-manager/system.ts',
    '../sim/shell/commands/kube-scheduler/system.ts',
    '../sim/shell/commands/kube-proxy/system.ts',
    '../sim/shell/commands/coredns/system.ts',
    '../sim/shell/commands/bash/bash.ts',
    '../sim/shell/commands/sh/busybox.ts',
    '../sim/shell/commands/kubectl/kubectl.ts',
    '../sim/shell/commands/sleep/busybox.ts',
  ],
  { eager: true, import: 'command' },
);

export const bootCommands: readonly Command[] = Object.values(commands);
