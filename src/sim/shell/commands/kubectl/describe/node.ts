/** Nodes, with their Pods and what those ask for (kubectl pkg/describe describeNode, v0.37). */
import { canonicalQuantity, quantityNano } from '../../../../kube/api/quantity.ts';
import type { Pod } from '../../../../kube/api/types-pod.ts';
import { ageText } from '../../../../kube/apiserver/printers/human-duration.ts';
import { fieldOf, listAt, mapAt, sortedEntries, textAt } from '../output/plain-value.ts';
import type { Plain } from '../output/plain-value.ts';
import type { DescribeContext, Describer } from './describer.ts';
import type { DescribeWriter } from './describe-writer.ts';
import { eventLines, eventsOf } from './events.ts';
import { annotationLines, labelLines, timeLine } from './metadata.ts';
import { resourceSums } from './resource-sums.ts';
import type { ResourceSum } from './resource-sums.ts';

const ROLE = 'node-role.kubernetes.io/';
const LISTED = ['cpu', 'memory', 'ephemeral-storage'];

export const describeNode: Describer = (writer, node, context) => {
  const spec = fieldOf(node, 'spec');
  const name = textAt(node, 'metadata', 'name');
  const labels = mapAt(node, 'metadata', 'labels');
  const roles = Object.keys(labels)
    .filter((key) => key.startsWith(ROLE) && key.length > ROLE.length)
    .map((key) => key.slice(ROLE.length))
    .sort();
  writer.line(0, `Name:\t${name}`);
  writer.line(0, `Roles:\t${roles.length === 0 ? '<none>' : roles.join(',')}`);
  labelLines(writer, 'Labels', labels);
  annotationLines(writer, 'Annotations', mapAt(node, 'metadata', 'annotations'));
  writer.line(0, `CreationTimestamp:\t${timeLine(textAt(node, 'metadata', 'creationTimestamp'))}`);
  taintLines(writer, listAt(spec, 'taints'));
  writer.line(0, `Unschedulable:\t${String(fieldOf(spec, 'unschedulable') === true)}`);
  leaseLines(writer, context, name);
  statusLines(writer, fieldOf(node, 'status'));
  const cidr = textAt(spec, 'podCIDR');
  if (cidr !== '') writer.line(0, `PodCIDR:\t${cidr}`);
  const cidrs = listAt(spec, 'podCIDRs');
  if (cidrs.length > 0) writer.line(0, `PodCIDRs:\t${cidrs.map(String).join(',')}`);
  podLines(writer, node, context);
  if (context.showEvents) eventLines(writer, eventsOf(context.server, node, [textAt(node, 'metadata', 'uid'), name]), context.wallClock);
};

function taintLines(writer: DescribeWriter, taints: readonly Plain[]): void {
  const keyOf = (taint: Plain): string => `${textAt(taint, 'effect')},${textAt(taint, 'key')}`;
  const sorted = [...taints].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  writer.raw('Taints:\t');
  if (sorted.length === 0) writer.raw('<none>\n');
  for (const [index, taint] of sorted.entries()) {
    const value = textAt(taint, 'value');
    writer.raw(`${index === 0 ? '' : '\t'}${textAt(taint, 'key')}${value === '' ? '' : `=${value}`}:${textAt(taint, 'effect')}\n`);
  }
}

function leaseLines(writer: DescribeWriter, context: DescribeContext, name: string): void {
  const lease: Plain = context.server.storage.get('leases.coordination.k8s.io', 'kube-node-lease', name);
  if (lease === undefined) {
    writer.line(0, `Lease:\tFailed to get lease: leases.coordination.k8s.io "${name}" not found`);
    return;
  }
  const time = (field: string): string => (textAt(lease, 'spec', field) === '' ? '<unset>' : timeLine(textAt(lease, 'spec', field)));
  writer.line(0, 'Lease:');
  writer.line(1, `HolderIdentity:\t${textAt(lease, 'spec', 'holderIdentity') || '<unset>'}`);
  writer.line(1, `AcquireTime:\t${time('acquireTime')}`);
  writer.line(1, `RenewTime:\t${time('renewTime')}`);
}

const SYSTEM_INFO = [
  ['Machine ID', 'machineID'],
  ['System UUID', 'systemUUID'],
  ['Boot ID', 'bootID'],
  ['Kernel Version', 'kernelVersion'],
  ['OS Image', 'osImage'],
  ['Operating System', 'operatingSystem'],
  ['Architecture', 'architecture'],
  ['Container Runtime Version', 'containerRuntimeVersion'],
  ['Kubelet Version', 'kubeletVersion'],
] as const;

function statusLines(writer: DescribeWriter, status: Plain): void {
  const conditions = listAt(status, 'conditions');
  if (conditions.length > 0) {
    writer.raw('Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage\n');
    writer.line(1, '----\t------\t-----------------\t------------------\t------\t-------');
    for (const condition of conditions) {
      const [heartbeat, transition] = [timeLine(textAt(condition, 'lastHeartbeatTime')), timeLine(textAt(condition, 'lastTransitionTime'))];
      writer.line(
        1,
        `${textAt(condition, 'type')} \t${textAt(condition, 'status')} \t${heartbeat} \t${transition} \t${textAt(condition, 'reason')} \t${textAt(condition, 'message')}`,
      );
    }
  }
  writer.line(0, 'Addresses:');
  for (const address of listAt(status, 'addresses')) writer.line(1, `${textAt(address, 'type')}:\t${textAt(address, 'address')}`);
  for (const [field, title] of [
    ['capacity', 'Capacity'],
    ['allocatable', 'Allocatable'],
  ] as const) {
    const entries = sortedEntries(mapAt(status, field));
    if (entries.length > 0) writer.line(0, `${title}:`);
    for (const [name, value] of entries) writer.line(1, `${name}:\t${String(value)}`);
  }
  writer.line(0, 'System Info:');
  for (const [title, field] of SYSTEM_INFO) writer.line(1, `${title}:\t${textAt(status, 'nodeInfo', field)}`);
}

function podLines(writer: DescribeWriter, node: Plain, context: DescribeContext): void {
  const name = textAt(node, 'metadata', 'name');
  const pods = context.server.storage
    .sorted('pods', undefined)
    .filter((pod) => pod.spec.nodeName === name && pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed');
  const capacity = mapAt(node, 'status', 'capacity');
  const allocatable = Object.keys(mapAt(node, 'status', 'allocatable')).length > 0 ? mapAt(node, 'status', 'allocatable') : capacity;
  writer.line(0, `Non-terminated Pods:\t(${String(pods.length)} in total)`);
  writer.line(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge');
  writer.line(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---');
  const share = (sum: ResourceSum | undefined, resource: string): string => shareText(sum, allocatable[resource]);
  for (const pod of pods) {
    const { requests, limits } = resourceSums([pod]);
    const cells = [
      share(requests.get('cpu'), 'cpu'),
      share(limits.get('cpu'), 'cpu'),
      share(requests.get('memory'), 'memory'),
      share(limits.get('memory'), 'memory'),
    ];
    writer.line(
      1,
      `${pod.metadata.namespace ?? ''}\t${pod.metadata.name}\t\t${cells.join('\t')}\t${ageText(pod.metadata.creationTimestamp, context.wallClock)}`,
    );
  }
  allocatedLines(writer, pods, { allocatable, share });
}

function allocatedLines(
  writer: DescribeWriter,
  pods: readonly Pod[],
  node: { readonly allocatable: { readonly [name: string]: Plain }; readonly share: (sum: ResourceSum | undefined, resource: string) => string },
): void {
  const { allocatable, share } = node;
  const { requests, limits } = resourceSums(pods);
  writer.line(0, 'Allocated resources:');
  writer.line(1, '(Total limits may be over 100 percent, i.e., overcommitted.)');
  writer.line(1, 'Resource\tRequests\tLimits');
  writer.line(1, '--------\t--------\t------');
  const names = Object.keys(allocatable).sort();
  for (const name of [...LISTED, ...names.filter((each) => each.startsWith('hugepages-'))])
    writer.line(1, `${name}\t${share(requests.get(name), name)}\t${share(limits.get(name), name)}`);
  for (const name of names) {
    if (LISTED.includes(name) || name.startsWith('hugepages-') || name === 'pods') continue;
    writer.line(1, `${name}\t${requests.get(name)?.text ?? '0'}\t${limits.get(name)?.text ?? '0'}`);
  }
}

/** `100m (5%)`, cut to a whole number. */
function shareText(sum: ResourceSum | undefined, allocatable: Plain): string {
  const whole = quantityNano(canonicalQuantity(String(allocatable ?? '0')));
  const nano = sum?.nano ?? 0n;
  const percent = whole === 0n ? 0 : Math.trunc((Number(nano) / Number(whole)) * 100);
  return `${sum?.text ?? '0'} (${String(percent)}%)`;
}
