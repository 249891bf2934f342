/** Containers in a description, with their state where there is one (kubectl pkg/describe describeContainers, v0.37). */
import { fieldOf, isMap, listAt, mapAt, numberAt, sortedEntries, textAt } from '../output/plain-value.ts';
import type { Plain } from '../output/plain-value.ts';
import type { DescribeWriter } from './describe-writer.ts';
import { orNone, timeLine } from './metadata.ts';
import { valueOfEnv } from './env-value.ts';

export interface ContainerContext {
  readonly label: string;
  readonly statuses: readonly Plain[];
  /** Two blanks inside of a Pod template. */
  readonly space: string;
  /** The Pod, for values of fieldRef. */
  readonly pod: Plain;
}

export function containerLines(writer: DescribeWriter, containers: readonly Plain[], context: ContainerContext): void {
  const { label, statuses, space } = context;
  writer.line(0, `${space}${label}:${containers.length === 0 ? ' <none>' : ''}`);
  for (const container of containers) {
    const name = textAt(container, 'name');
    const status = statuses.find((each) => textAt(each, 'name') === name);
    basicLines(writer, container, { status, space });
    commandLines(writer, container);
    if (status !== undefined) stateLines(writer, status);
    resourceLines(writer, fieldOf(container, 'resources'), 2);
    for (const [field, title] of PROBES) {
      const probe = fieldOf(container, field);
      if (isMap(probe)) writer.line(2, `${title}:\t${probeText(probe)}`);
    }
    environmentFromLines(writer, container);
    environmentLines(writer, container, context.pod);
    mountLines(writer, container);
  }
}

const PROBES = [
  ['livenessProbe', 'Liveness'],
  ['readinessProbe', 'Readiness'],
  ['startupProbe', 'Startup'],
] as const;

function basicLines(writer: DescribeWriter, container: Plain, { status, space }: { readonly status: Plain; readonly space: string }): void {
  writer.line(1, `${space === '' ? '' : ' '}${textAt(container, 'name')}:`);
  if (status !== undefined) writer.line(2, `Container ID:\t${textAt(status, 'containerID')}`);
  writer.line(2, `Image:\t${textAt(container, 'image')}`);
  if (status !== undefined) writer.line(2, `Image ID:\t${textAt(status, 'imageID')}`);
  portLine(writer, container, { field: 'containerPort', title: 'Port' });
  portLine(writer, container, { field: 'hostPort', title: 'Host Port' });
  const seccomp = fieldOf(container, 'securityContext', 'seccompProfile');
  if (isMap(seccomp)) writer.line(2, `SeccompProfile:\t${textAt(seccomp, 'type')}`);
}

function portLine(writer: DescribeWriter, container: Plain, { field, title }: { readonly field: string; readonly title: string }): void {
  const ports = listAt(container, 'ports').map((port) => {
    const name = textAt(port, 'name');
    return `${String(numberAt(port, field))}/${textAt(port, 'protocol')}${name === '' ? '' : ` (${name})`}`;
  });
  writer.line(2, ports.length > 1 ? `${title}s:\t${ports.join(', ')}` : `${title}:\t${orNone(ports.join(', '))}`);
}

function commandLines(writer: DescribeWriter, container: Plain): void {
  for (const [field, title] of [
    ['command', 'Command'],
    ['args', 'Args'],
  ] as const) {
    const words = listAt(container, field);
    if (words.length === 0) continue;
    writer.line(2, `${title}:`);
    for (const word of words) for (const line of String(word).split('\n')) writer.line(3, line);
  }
}

function stateLines(writer: DescribeWriter, status: Plain): void {
  oneState(writer, 'State', fieldOf(status, 'state'));
  if (isMap(fieldOf(status, 'lastState', 'terminated'))) oneState(writer, 'Last State', fieldOf(status, 'lastState'));
  writer.line(2, `Ready:\t${fieldOf(status, 'ready') === true ? 'True' : 'False'}`);
  writer.line(2, `Restart Count:\t${String(numberAt(status, 'restartCount'))}`);
}

function oneState(writer: DescribeWriter, title: string, state: Plain): void {
  const running = fieldOf(state, 'running');
  const terminated = fieldOf(state, 'terminated');
  if (isMap(running)) {
    writer.line(2, `${title}:\tRunning`);
    writer.line(3, `Started:\t${timeLine(textAt(running, 'startedAt'))}`);
  } else if (isMap(terminated)) {
    writer.line(2, `${title}:\tTerminated`);
    if (textAt(terminated, 'reason') !== '') writer.line(3, `Reason:\t${textAt(terminated, 'reason')}`);
    if (textAt(terminated, 'message') !== '') writer.line(3, `Message:\t${textAt(terminated, 'message')}`);
    writer.line(3, `Exit Code:\t${String(numberAt(terminated, 'exitCode'))}`);
    if (numberAt(terminated, 'signal') > 0) writer.line(3, `Signal:\t${textAt(terminated, 'signal')}`);
    writer.line(3, `Started:\t${timeLine(textAt(terminated, 'startedAt'))}`);
    writer.line(3, `Finished:\t${timeLine(textAt(terminated, 'finishedAt'))}`);
  } else {
    writer.line(2, `${title}:\tWaiting`);
    const reason = textAt(state, 'waiting', 'reason');
    if (reason !== '') writer.line(3, `Reason:\t${reason}`);
  }
}

/** Limits and requests. */
export function resourceLines(writer: DescribeWriter, resources: Plain, level: number): void {
  for (const [field, title] of [
    ['limits', 'Limits'],
    ['requests', 'Requests'],
  ] as const) {
    const entries = sortedEntries(mapAt(resources, field));
    if (entries.length > 0) writer.line(level, `${title}:`);
    for (const [name, value] of entries) writer.line(level + 1, `${name}:\t${String(value)}`);
  }
}

function probeText(probe: Plain): string {
  const of = (field: string): string => String(numberAt(probe, field));
  const attributes = `delay=${of('initialDelaySeconds')}s timeout=${of('timeoutSeconds')}s period=${of('periodSeconds')}s successThreshold=${of('successThreshold')} failureThreshold=${of('failureThreshold')}`;
  const http = fieldOf(probe, 'httpGet');
  if (isMap(http))
    return `http-get ${textAt(http, 'scheme').toLowerCase()}://${textAt(http, 'host')}:${textAt(http, 'port')}${textAt(http, 'path')} ${attributes}`;
  const tcp = fieldOf(probe, 'tcpSocket');
  if (isMap(tcp)) return `tcp-socket ${textAt(tcp, 'host')}:${textAt(tcp, 'port')} ${attributes}`;
  const grpc = fieldOf(probe, 'grpc');
  if (isMap(grpc)) return `grpc <pod>:${textAt(grpc, 'port')} ${textAt(grpc, 'service')} ${attributes}`;
  if (isMap(fieldOf(probe, 'exec'))) return `exec [${listAt(probe, 'exec', 'command').map(String).join(' ')}] ${attributes}`;
  return `unknown ${attributes}`;
}

function environmentFromLines(writer: DescribeWriter, container: Plain): void {
  const sources = listAt(container, 'envFrom');
  if (sources.length === 0) return;
  writer.line(2, 'Environment Variables from:');
  for (const source of sources) {
    const configMap = fieldOf(source, 'configMapRef');
    const [kind, reference] = isMap(configMap) ? ['ConfigMap', configMap] : ['Secret', fieldOf(source, 'secretRef')];
    const prefix = textAt(source, 'prefix');
    const optional = String(fieldOf(reference, 'optional') === true);
    writer.line(3, `${textAt(reference, 'name')}\t${kind}${prefix === '' ? '' : ` with prefix '${prefix}'`}\tOptional: ${optional}`);
  }
}

function environmentLines(writer: DescribeWriter, container: Plain, pod: Plain): void {
  const variables = listAt(container, 'env');
  writer.line(2, `Environment:${variables.length === 0 ? '\t<none>' : ''}`);
  for (const variable of variables) {
    const name = textAt(variable, 'name');
    const from = fieldOf(variable, 'valueFrom');
    if (!isMap(from)) {
      for (const [index, line] of textAt(variable, 'value').split('\n').entries()) writer.line(3, index === 0 ? `${name}:\t${line}` : `\t${line}`);
      continue;
    }
    writer.line(3, `${name}:\t${valueOfEnv(from, container, pod)}`);
  }
}

function mountLines(writer: DescribeWriter, container: Plain): void {
  const mounts = [...listAt(container, 'volumeMounts')].sort((a, b) => (textAt(a, 'mountPath') < textAt(b, 'mountPath') ? -1 : 1));
  writer.line(2, `Mounts:${mounts.length === 0 ? '\t<none>' : ''}`);
  for (const mount of mounts) {
    const sub = textAt(mount, 'subPath');
    const flags = [fieldOf(mount, 'readOnly') === true ? 'ro' : 'rw', ...(sub === '' ? [] : [`path="${sub}"`])];
    writer.line(3, `${textAt(mount, 'mountPath')} from ${textAt(mount, 'name')} (${flags.join(',')})`);
  }
}
