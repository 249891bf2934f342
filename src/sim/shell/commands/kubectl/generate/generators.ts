/** The generators below `kubectl create`, in their order (kubectl pkg/cmd/create, v0.37). */
import { commandGroup } from '../command-group.ts';
import { Failure } from '../failure.ts';
import { flagsOf } from '../flags.ts';
import type { Invocation, Verb } from '../verb.ts';
import { commandOf, generator, nameOf } from './generator.ts';
import { containerNameOf } from './image-name.ts';
import { job } from './job-generator.ts';
import { quota } from './quota-generator.ts';
import { binding, role } from './rbac-generators.ts';
import { SOURCE_FLAGS, secret } from './secret-generators.ts';

const namespace = generator(
  'namespace',
  { short: 'Create a namespace with the specified name', usage: 'NAME [--dry-run=server|client|none]', aliases: ['ns'] },
  (input) => {
    return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: nameOf(input) }, spec: {}, status: {} };
  },
);

const serviceAccount = generator(
  'serviceaccount',
  {
    short: 'Create a service account with the specified name',
    usage: 'NAME [--dry-run=server|client|none]',
    aliases: ['sa'],
    failing: 'serviceaccount:',
  },
  (input) => {
    return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: nameOf(input) } };
  },
);

const deployment = generator(
  'deployment',
  {
    short: 'Create a deployment with the specified name',
    usage: 'NAME --image=image -- [COMMAND] [args...]',
    aliases: ['deploy'],
    failing: 'deployment:',
    flags: [{ name: 'image', kind: 'list', required: true }, ...flagsOf('port#-1', 'r|replicas#1')],
  },
  (input) => {
    const name = nameOf(input);
    const images = input.flags.list('image').filter((image) => image !== '');
    const command = commandOf(input);
    if (images.length > 1 && command.length > 0) throw new Failure('cannot specify multiple --image options and command');
    if (input.flags.integer('replicas') < 0) throw new Failure('--replicas must be greater than or equal to 0');
    const port = input.flags.integer('port');
    const containers = images.map((image) => ({
      image,
      name: containerNameOf(image),
      ...(command.length === 0 ? {} : { command }),
      ...(port < 0 ? {} : { ports: [{ containerPort: port }] }),
      resources: {},
    }));
    const labels = { app: name };
    return {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { labels, name },
      spec: {
        replicas: input.flags.integer('replicas'),
        selector: { matchLabels: labels },
        strategy: {},
        template: { metadata: { labels }, spec: { containers } },
      },
      status: {},
    };
  },
);

const cronJob = generator(
  'cronjob',
  {
    short: 'Create a cron job with the specified name',
    usage: "NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...] [flags]",
    aliases: ['cj'],
    failing: 'cronjob:',
    flags: [
      { name: 'image', kind: 'string', required: true },
      { name: 'schedule', kind: 'string', required: true },
      { name: 'restart', kind: 'string' },
    ],
  },
  (input) => {
    const name = nameOf(input);
    const command = commandOf(input);
    const restart = input.flags.text('restart');
    const container = { ...(command.length === 0 ? {} : { command }), image: input.flags.text('image'), name, resources: {} };
    const spec = { containers: [container], restartPolicy: restart === '' ? 'OnFailure' : restart };
    return {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name },
      spec: {
        jobTemplate: { metadata: { name }, spec: { template: { metadata: {}, spec } } },
        schedule: input.flags.text('schedule'),
      },
      status: {},
    };
  },
);

const configMap = generator(
  'configmap',
  {
    short: 'Create a config map from a local file, directory or literal value',
    usage: 'NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
    aliases: ['cm'],
    failing: 'configmap:',
    flags: SOURCE_FLAGS,
  },
  (input, sources) => {
    const name = nameOf(input);
    const data = sources;
    return { apiVersion: 'v1', ...(Object.keys(data).length === 0 ? {} : { data }), kind: 'ConfigMap', metadata: { name } };
  },
);

function serviceOf(type: string, withClusterIp: boolean): Verb {
  const flags =
    type === 'ExternalName'
      ? [{ name: 'external-name', kind: 'string', required: true } as const, ...flagsOf('tcp,')]
      : flagsOf('tcp,', ...(type === 'NodePort' ? ['node-port#0'] : []), ...(withClusterIp ? ['clusterip='] : []));
  return generator(
    type.toLowerCase(),
    { short: `Create a ${type} service`, usage: 'NAME [--tcp=port:targetPort] [--dry-run=server|client|none]', flags, failing: `${type} service:` },
    (input) => {
      const name = nameOf(input);
      const ports = input.flags.list('tcp').map((text) => portOf(text, input));
      if (ports.length === 0 && type !== 'ExternalName' && input.flags.text('clusterip') !== 'None')
        throw new Failure('at least one tcp port specifier must be provided');
      const externalName = input.flags.text('external-name');
      const clusterIP = input.flags.text('clusterip');
      const spec = {
        ...(clusterIP === '' ? {} : { clusterIP }),
        ...(externalName === '' ? {} : { externalName }),
        ...(ports.length === 0 ? {} : { ports }),
        selector: { app: name },
        type,
      };
      return { apiVersion: 'v1', kind: 'Service', metadata: { labels: { app: name }, name }, spec, status: { loadBalancer: {} } };
    },
  );
}

function portOf(text: string, input: Invocation): Readonly<Record<string, unknown>> {
  const [port = '', target = port] = text.split(':');
  for (const each of [port]) if (!/^\d+$/.test(each)) throw new Failure(`strconv.ParseUint: parsing "${each}": invalid syntax`);
  const nodePort = input.flags.integer('node-port');
  return {
    name: text.includes(':') ? `${port}-${target}` : port,
    ...(nodePort === 0 ? {} : { nodePort }),
    port: Number(port),
    protocol: 'TCP',
    targetPort: /^\d+$/.test(target) ? Number(target) : target,
  };
}

const service = commandGroup({ name: 'service', aliases: ['svc'], short: 'Create a service using a specified subcommand' }, [
  serviceOf('ClusterIP', true),
  serviceOf('NodePort', false),
  serviceOf('LoadBalancer', false),
  serviceOf('ExternalName', false),
]);

export const GENERATORS: readonly Verb[] = [
  binding('clusterrolebinding', 'ClusterRoleBinding'),
  role('clusterrole', 'ClusterRole'),
  configMap,
  cronJob,
  deployment,
  job,
  namespace,
  quota,
  role('role', 'Role'),
  binding('rolebinding', 'RoleBinding'),
  secret,
  service,
  serviceAccount,
];
