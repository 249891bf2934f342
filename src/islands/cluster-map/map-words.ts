// What the map writes on its pieces, and the whole map told as text.
import type { Translate } from '../../i18n/create-translate.ts';
import type { MapInterface, MapNode, MapPod, MapProcess } from '../../lab/bench-contract.ts';
import { podProcesses } from './map-layout.ts';

export function interfaceText({ name, addresses }: MapInterface): string {
  return [name, addresses.find((address) => !address.includes(':')) ?? ''].join(' ').trim();
}

export function processText({ pid, command }: MapProcess): string {
  return `${pid} ${command.replace(/^\S*\//, '')}`;
}

export function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

export function tellIpc(t: Translate, ipc: MapNode['ipc']): string {
  return t('map.ipcObjects', {
    memory: ipc.sharedMemory,
    semaphores: ipc.semaphores,
    queues: ipc.messageQueues,
  });
}

export function tellPod(t: Translate, pod: MapPod): string {
  const pid = pod.containers.every((container) => container.pid.ofNode);
  return [
    `${pod.name} (${pod.status}):`,
    t(pod.net.ofNode ? 'map.net.shared' : 'map.net.own'),
    t(pid ? 'map.pid.shared' : 'map.pid.own'),
    t(pod.ipc.ofNode ? 'map.ipc.shared' : 'map.ipc.own'),
    ...pod.net.interfaces.map(interfaceText),
    ...podProcesses(pod).map(processText),
    ...pod.hostPorts.map(({ hostPort, containerPort }) => `${hostPort} → ${containerPort}`),
  ].join(' · ');
}
