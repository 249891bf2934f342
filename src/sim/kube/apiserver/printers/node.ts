/** The rows of `kubectl get nodes`. Modelled on pkg/printers/internalversion/printers.go printNode (v1.37). */
import type { Node } from '../../api/types-core.ts';
import { ageText } from './human-duration.ts';
import { columnsOf } from './printer.ts';
import type { Printer } from './printer.ts';

const ROLE_PREFIX = 'node-role.kubernetes.io/';

export const nodePrinter: Printer<Node> = {
  columns: columnsOf(
    'Name',
    'Status',
    'Roles',
    'Age',
    'Version',
    'Internal-IP*',
    'External-IP*',
    'OS-Image*',
    'Kernel-Version*',
    'Container-Runtime*',
  ),
  cells(node, { wallClock }) {
    const info = node.status.nodeInfo;
    const kernel = info?.kernelVersion ?? '<unknown>';
    return [
      node.metadata.name,
      statusText(node),
      nodeRoles(node).join(',') || '<none>',
      ageText(node.metadata.creationTimestamp, wallClock),
      info?.kubeletVersion ?? '',
      addressOf(node, 'InternalIP'),
      addressOf(node, 'ExternalIP'),
      info?.osImage ?? '<unknown>',
      info === undefined || info.architecture === '' ? kernel : `${kernel} (${info.architecture})`,
      info?.containerRuntimeVersion ?? '<unknown>',
    ];
  },
};

function statusText(node: Node): string {
  const ready = (node.status.conditions ?? []).find((condition) => condition.type === 'Ready');
  const words = [ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady'];
  if (node.spec.unschedulable === true) words.push('SchedulingDisabled');
  return words.join(',');
}

/** Roles a node has by its labels, sorted. */
export function nodeRoles(node: Node): readonly string[] {
  const roles = new Set<string>();
  for (const [key, value] of Object.entries(node.metadata.labels ?? {})) {
    if (key.startsWith(ROLE_PREFIX) && key.length > ROLE_PREFIX.length) roles.add(key.slice(ROLE_PREFIX.length));
    else if (key === 'kubernetes.io/role' && value !== '') roles.add(value);
  }
  return [...roles].sort();
}

function addressOf(node: Node, type: string): string {
  return (node.status.addresses ?? []).find((address) => address.type === type)?.address ?? '<none>';
}
