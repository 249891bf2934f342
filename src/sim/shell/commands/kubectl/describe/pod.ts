/** `kubectl describe pod` (kubectl pkg/describe describePod, v0.37). */
import { qosClassOf } from '../../../../kube/apiserver/qos-class.ts';
import { ageText } from '../../../../kube/apiserver/printers/human-duration.ts';
import type { Pod } from '../../../../kube/api/types-pod.ts';
import { fieldOf, isMap, listAt, mapAt, textAt } from '../output/plain-value.ts';
import type { Plain } from '../output/plain-value.ts';
import { containerLines, resourceLines } from './containers.ts';
import type { Describer } from './describer.ts';
import type { DescribeWriter } from './describe-writer.ts';
import { eventLines, eventsOf } from './events.ts';
import { annotationLines, controllerText, labelLines, timeLine, tolerationLines } from './metadata.ts';
import { volumeLines } from './volumes.ts';

const MIRROR = 'kubernetes.io/config.mirror';

export const describePod: Describer = (writer, pod, context) => {
  headOfPod(writer, pod, context.wallClock);
  const spec = fieldOf(pod, 'spec');
  const initContainers = listAt(spec, 'initContainers');
  if (initContainers.length > 0)
    containerLines(writer, initContainers, { label: 'Init Containers', statuses: listAt(pod, 'status', 'initContainerStatuses'), space: '', pod });
  containerLines(writer, listAt(spec, 'containers'), { label: 'Containers', statuses: listAt(pod, 'status', 'containerStatuses'), space: '', pod });
  const ephemeral = listAt(spec, 'ephemeralContainers');
  if (ephemeral.length > 0)
    containerLines(writer, ephemeral, {
      label: 'Ephemeral Containers',
      statuses: listAt(pod, 'status', 'ephemeralContainerStatuses'),
      space: '',
      pod,
    });
  const conditions = listAt(pod, 'status', 'conditions');
  const gates = listAt(spec, 'readinessGates');
  if (gates.length > 0) {
    writer.raw('Readiness Gates:\n  Type\tStatus\n');
    for (const gate of gates) {
      const type = textAt(gate, 'conditionType');
      const met = conditions.find((condition) => textAt(condition, 'type') === type);
      writer.line(1, `${type} \t${met === undefined ? '<none>' : textAt(met, 'status')} `);
    }
  }
  if (conditions.length > 0) {
    writer.raw('Conditions:\n  Type\tStatus\n');
    for (const condition of conditions) writer.line(1, `${textAt(condition, 'type')} \t${textAt(condition, 'status')} `);
  }
  volumeLines(writer, listAt(spec, 'volumes'), '');
  writer.line(0, `QoS Class:\t${textAt(pod, 'status', 'qosClass') || qosClassOf((pod as Pod).spec)}`);
  labelLines(writer, 'Node-Selectors', mapAt(spec, 'nodeSelector'));
  tolerationLines(writer, 'Tolerations', listAt(spec, 'tolerations'));
  spreadLines(writer, listAt(spec, 'topologySpreadConstraints'), '');
  if (context.showEvents) {
    const mirror = textAt(pod, 'metadata', 'annotations', MIRROR);
    eventLines(writer, eventsOf(context.server, pod, [mirror === '' ? textAt(pod, 'metadata', 'uid') : mirror]), context.wallClock);
  }
};

function headOfPod(writer: DescribeWriter, pod: Plain, wallClock: number): void {
  const spec = fieldOf(pod, 'spec');
  const status = fieldOf(pod, 'status');
  const metadata = fieldOf(pod, 'metadata');
  const given = (title: string, value: string): void => {
    if (value !== '') writer.line(0, `${title}:\t${value}`);
  };
  writer.line(0, `Name:\t${textAt(metadata, 'name')}`);
  writer.line(0, `Namespace:\t${textAt(metadata, 'namespace')}`);
  given('Priority', textAt(spec, 'priority'));
  given('Priority Class Name', textAt(spec, 'priorityClassName'));
  given('Runtime Class Name', textAt(spec, 'runtimeClassName'));
  given('Service Account', textAt(spec, 'serviceAccountName'));
  const node = textAt(spec, 'nodeName');
  writer.line(0, `Node:\t${node === '' ? '<none>' : `${node}/${textAt(status, 'hostIP')}`}`);
  if (textAt(status, 'startTime') !== '') writer.line(0, `Start Time:\t${timeLine(textAt(status, 'startTime'))}`);
  labelLines(writer, 'Labels', mapAt(metadata, 'labels'));
  annotationLines(writer, 'Annotations', mapAt(metadata, 'annotations'));
  const phase = textAt(status, 'phase');
  const deleted = textAt(metadata, 'deletionTimestamp');
  if (deleted !== '' && phase !== 'Failed' && phase !== 'Succeeded') {
    writer.line(0, `Status:\tTerminating (lasts ${ageText(deleted, wallClock)})`);
    writer.line(0, `Termination Grace Period:\t${textAt(metadata, 'deletionGracePeriodSeconds')}s`);
  } else writer.line(0, `Status:\t${phase}`);
  given('Reason', textAt(status, 'reason'));
  given('Message', textAt(status, 'message'));
  given('SeccompProfile', textAt(spec, 'securityContext', 'seccompProfile', 'type'));
  writer.line(0, `IP:\t${textAt(status, 'podIP')}`);
  const addresses = listAt(status, 'podIPs');
  writer.line(0, addresses.length === 0 ? 'IPs:\t<none>' : 'IPs:');
  for (const address of addresses) writer.line(1, `IP:\t${textAt(address, 'ip')}`);
  given('Controlled By', controllerText(pod));
  given('NominatedNodeName', textAt(status, 'nominatedNodeName'));
  const resources = fieldOf(spec, 'resources');
  if (isMap(resources)) {
    writer.line(0, 'Resources:');
    resourceLines(writer, resources, 1);
  }
}

/** Topology spread constraints, one a line. */
export function spreadLines(writer: DescribeWriter, constraints: readonly Plain[], space: string): void {
  if (constraints.length === 0) return;
  writer.raw(`${space}Topology Spread Constraints:\t`);
  for (const [index, constraint] of constraints.entries()) {
    const labels = Object.entries(mapAt(constraint, 'labelSelector', 'matchLabels'))
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(',');
    const selector = isMap(fieldOf(constraint, 'labelSelector')) ? ` for selector ${labels === '' ? '<none>' : labels}` : '';
    writer.raw(
      `${index === 0 ? '' : `${space}\t`}${textAt(constraint, 'topologyKey')}:${textAt(constraint, 'whenUnsatisfiable')} when max skew ${textAt(constraint, 'maxSkew')} is exceeded${selector}\n`,
    );
  }
}
