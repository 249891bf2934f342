/** The world as the map draws it: nodes, Pods and what stands in which namespace. Reads only. */
import type { Cluster } from '../sim/kube/cluster.ts';
import type { Pod } from '../sim/kube/api/types-pod.ts';
import { podStatusText } from '../sim/kube/apiserver/printers/pod.ts';
import type { Sandbox } from '../sim/kube/cri/container.ts';
import type { IpcNamespace } from '../sim/linux/ipc/ipc-namespace.ts';
import type { Machine } from '../sim/linux/machine.ts';
import type { NetworkNamespace } from '../sim/linux/net/network-namespace.ts';
import type { PidNamespace } from '../sim/linux/process/pid-namespace.ts';
import { pidIn } from '../sim/linux/process/process.ts';
import type { MapIpc, MapNetwork, MapNode, MapPod, MapProcesses, MapSnapshot } from './bench-contract.ts';

export function mapSnapshot(cluster: Cluster): MapSnapshot {
  const pods = cluster.apiServer.storage.sorted('pods');
  return {
    nodes: cluster.nodes.flatMap((name) => {
      const machine = cluster.machines.get(name);
      return machine
        ? [
            nodeOf(
              cluster,
              machine,
              pods.filter((pod) => pod.spec.nodeName === name),
            ),
          ]
        : [];
    }),
    outside: [...cluster.machines.values()]
      .filter((machine) => !cluster.nodes.includes(machine.name))
      .map((machine) => ({ name: machine.name, address: addressOf(machine) })),
    pending: pods
      .filter((pod) => (pod.spec.nodeName ?? '') === '')
      .map((pod) => ({
        name: pod.metadata.name,
        reason: pod.status.conditions?.find((condition) => condition.type === 'PodScheduled')?.message ?? '',
      })),
  };
}

function nodeOf(cluster: Cluster, machine: Machine, pods: readonly Pod[]): MapNode {
  const { initial } = machine.kernel;
  const sandboxes = new Map<string, Sandbox>();
  for (const sandbox of cluster.runtimes.get(machine.name)?.sandboxes() ?? [])
    if (sandbox.ready) sandboxes.set(`${sandbox.config.namespace}/${sandbox.config.name}`, sandbox);
  const isSystem = (pod: Pod): boolean => pod.metadata.namespace === 'kube-system';
  return {
    name: machine.name,
    address: addressOf(machine),
    net: networkOf(initial.net, initial.net),
    pid: processesOf(initial.pid, initial.pid),
    ipc: ipcOf(initial.ipc, initial.ipc),
    pods: [...pods.filter((pod) => !isSystem(pod)), ...pods.filter(isSystem)].flatMap((pod) => {
      const sandbox = sandboxes.get(`${pod.metadata.namespace ?? ''}/${pod.metadata.name}`);
      return sandbox ? [podOf(machine, pod, sandbox)] : [];
    }),
  };
}

function podOf(machine: Machine, pod: Pod, sandbox: Sandbox): MapPod {
  const { initial } = machine.kernel;
  return {
    namespace: pod.metadata.namespace ?? '',
    name: pod.metadata.name,
    status: podStatusText(pod),
    net: networkOf(sandbox.namespaces.net, initial.net),
    ipc: ipcOf(sandbox.namespaces.ipc, initial.ipc),
    containers: [...sandbox.containers]
      .filter((container) => container.state === 'running')
      .map((container) => ({
        name: container.config.name,
        state: container.state,
        pid: processesOf(container.namespaces?.pid ?? sandbox.namespaces.pid, initial.pid),
      })),
    hostPorts: sandbox.config.portMappings.map(({ hostPort, containerPort, protocol }) => ({ hostPort, containerPort, protocol })),
  };
}

function networkOf(net: NetworkNamespace, ofNode: NetworkNamespace): MapNetwork {
  return {
    inode: net.inode,
    ofNode: net === ofNode,
    interfaces: net.interfaces.list().map((device) => ({ name: device.name, addresses: device.addresses.map((each) => each.address) })),
    listening: [
      ...new Set(
        net.sockets
          .list()
          .filter((socket) => socket.state === 'LISTEN')
          .map((socket) => `${socket.localAddress}:${socket.localPort}`),
      ),
    ],
  };
}

function processesOf(namespace: PidNamespace, ofNode: PidNamespace): MapProcesses {
  return {
    inode: namespace.inode,
    ofNode: namespace === ofNode,
    processes: namespace
      .processes()
      .filter((process) => process.state !== 'dead')
      .map((process) => ({ pid: pidIn(process, namespace) ?? 0, command: process.argv.join(' ') })),
  };
}

function ipcOf(namespace: IpcNamespace, ofNode: IpcNamespace): MapIpc {
  return {
    inode: namespace.inode,
    ofNode: namespace === ofNode,
    sharedMemory: namespace.shared.table.list().length,
    semaphores: namespace.semaphores.table.list().length,
    messageQueues: namespace.messages.table.list().length,
  };
}

function addressOf(machine: Machine): string {
  const card = machine.kernel.initial.net.interfaces.find('ens37');
  return card?.addresses.find((each) => each.family === 4)?.address ?? '';
}
