/** The generators below `kubectl create`, in their order (kubectl pkg/cmd/create, v0.37). */
import { isErrno } from '../../../../linux/errno.ts';
import type { Blocking } from '../../../../linux/process/process-context.ts';
import { commandGroup } from '../command-group.ts';
import { DRY_RUN_FLAG, OUTPUT_FLAGS, VALIDATE_FLAG } from '../common-flags.ts';
import { Failure, usageFailure } from '../failure.ts';
import { flagsOf } from '../flags.ts';
import type { Flag } from '../flags.ts';
import { resourceNamed } from '../request/resource-arguments.ts';
import type { Session } from '../session.ts';
import type { Invocation, Verb } from '../verb.ts';
import { encodeBase64 } from './base64.ts';
import { createObject } from './create-object.ts';
import { containerNameOf } from './image-name.ts';

const COMMON: readonly Flag[] = [...OUTPUT_FLAGS, ...DRY_RUN_FLAG, ...VALIDATE_FLAG, ...flagsOf('field-manager=', 'save-config!')];

/** @param sources what --from-literal and the like gave, for those that have them */
type Make = (input: Invocation, sources: Readonly<Record<string, string>>) => Readonly<Record<string, unknown>>;

function generator(name: string, about: { readonly short: string; readonly usage: string; readonly aliases?: readonly string[]; readonly flags?: readonly Flag[] }, make: Make): Verb {
  return {
    name,
    short: about.short,
    usage: about.usage,
    ...(about.aliases === undefined ? {} : { aliases: about.aliases }),
    flags: [...COMMON, ...(about.flags ?? [])],
    *run(session, input) {
      yield* createObject(session, make(input, yield* sourcesOf(session, input)));
      return 0;
    },
  };
}

/** The one name that a generator takes (NameFromCommandArgs). */
function nameOf(input: Invocation): string {
  const before = input.dash === undefined ? input.args : input.args.slice(0, input.dash);
  const [name, ...more] = before;
  if (name === undefined || more.length > 0) throw usageFailure(input.path, `exactly one NAME is required, got ${String(before.length)}`);
  return name;
}

function commandOf(input: Invocation): readonly string[] {
  return input.dash === undefined ? [] : input.args.slice(input.dash);
}

const namespace = generator('namespace', { short: 'Create a namespace with the specified name', usage: 'NAME [--dry-run=server|client|none]', aliases: ['ns'] }, (input) => {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: nameOf(input) }, spec: {}, status: {} };
});

const serviceAccount = generator('serviceaccount', { short: 'Create a service account with the specified name', usage: 'NAME [--dry-run=server|client|none]', aliases: ['sa'] }, (input) => {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: nameOf(input) } };
});

const deployment = generator(
  'deployment',
  { short: 'Create a deployment with the specified name', usage: 'NAME --image=image -- [COMMAND] [args...]', aliases: ['deploy'], flags: flagsOf('image,', 'port#-1', 'r|replicas#1') },
  (input) => {
    const name = nameOf(input);
    const images = input.flags.list('image');
    const command = commandOf(input);
    if (images.length === 0) throw new Failure('required flag(s) "image" not set');
    if (images.length > 1 && command.length > 0) throw new Failure('cannot specify multiple --image options and command');
    if (input.flags.integer('replicas') < 0) throw new Failure('--replicas must be greater than or equal to 0');
    const port = input.flags.integer('port');
    const containers = images.map((image) => ({ image, name: containerNameOf(image), ...(command.length === 0 ? {} : { command }), ...(port < 0 ? {} : { ports: [{ containerPort: port }] }), resources: {} }));
    const labels = { app: name };
    return {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { labels, name },
      spec: { replicas: input.flags.integer('replicas'), selector: { matchLabels: labels }, strategy: {}, template: { metadata: { labels }, spec: { containers } } },
      status: {},
    };
  },
);

const job = generator(
  'job',
  { short: 'Create a job with the specified name', usage: 'NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]', flags: flagsOf('image=', 'from=') },
  (input) => {
    const name = nameOf(input);
    const image = input.flags.text('image');
    const command = commandOf(input);
    if (image === '') throw new Failure('either --image or --from must be specified');
    return {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name },
      spec: { template: { metadata: {}, spec: { containers: [{ ...(command.length === 0 ? {} : { command }), image, name, resources: {} }], restartPolicy: 'Never' } } },
      status: {},
    };
  },
);

/** `--from-literal`, `--from-file` and `--from-env-file` of config maps and secrets. */
function* sourcesOf(session: Session, input: Invocation): Blocking<Readonly<Record<string, string>>> {
  const data: Record<string, string> = {};
  const add = (key: string, value: string): void => {
    if (data[key] !== undefined) throw new Failure(`cannot add key "${key}", another key by that name already exists in Data for ConfigMap "${nameOf(input)}"`);
    data[key] = value;
  };
  for (const source of input.flags.list('from-literal')) {
    const equals = source.indexOf('=');
    if (equals <= 0) throw new Failure(`invalid literal source ${source}, expected key=value`);
    add(source.slice(0, equals), source.slice(equals + 1).replace(/^(['"])(.*)\1$/, '$2'));
  }
  const { context } = session;
  for (const source of input.flags.list('from-file')) {
    const equals = source.indexOf('=');
    const path = equals < 0 ? source : source.slice(equals + 1);
    const status = context.kernel.vfs.stat(context.process, path);
    if (isErrno(status)) throw new Failure(`error reading ${path}: ${status.code === 'ENOENT' ? 'no such file or directory' : status.text.toLowerCase()}`);
    const names = status.kind === 'directory' ? context.kernel.vfs.readdir(context.process, path) : [undefined];
    if (isErrno(names)) throw new Failure(`error listing files in ${path}: ${names.text.toLowerCase()}`);
    for (const name of names) {
      const file = name === undefined ? path : `${path.replace(/\/$/, '')}/${name}`;
      const text = yield* context.readFile(file);
      if (!isErrno(text)) add(equals < 0 ? file.slice(file.lastIndexOf('/') + 1) : source.slice(0, equals), text);
    }
  }
  for (const path of input.flags.list('from-env-file')) {
    const text = yield* context.readFile(path);
    if (isErrno(text)) throw new Failure(`error reading ${path}: ${text.text.toLowerCase()}`);
    for (const line of text.split('\n')) {
      const equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith('#')) add(line.slice(0, equals), line.slice(equals + 1));
    }
  }
  return data;
}

const SOURCE_FLAGS = flagsOf('append-hash!', 'from-env-file,', 'from-file,', 'from-literal+');

const configMap = generator('configmap', { short: 'Create a config map from a local file, directory or literal value', usage: 'NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]', aliases: ['cm'], flags: SOURCE_FLAGS }, (input, sources) => {
  const name = nameOf(input);
  const data = sources;
  return { apiVersion: 'v1', ...(Object.keys(data).length === 0 ? {} : { data }), kind: 'ConfigMap', metadata: { name } };
});

const secret = commandGroup({ name: 'secret', short: 'Create a secret using a specified subcommand', usage: '(docker-registry | generic | tls)' }, [
  generator('generic', { short: 'Create a secret from a local file, directory, or literal value', usage: 'NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1]', flags: [...SOURCE_FLAGS, ...flagsOf('type=')] }, (input, sources) => {
    const name = nameOf(input);
    const data = Object.fromEntries(Object.entries(sources).map(([key, value]) => [key, encodeBase64(value)]));
    const type = input.flags.text('type');
    return { apiVersion: 'v1', ...(Object.keys(data).length === 0 ? {} : { data }), kind: 'Secret', metadata: { name }, ...(type === '' ? {} : { type }) };
  }),
]);

function serviceOf(type: string, withClusterIp: boolean): Verb {
  const flags = type === 'ExternalName' ? flagsOf('external-name=', 'tcp,') : flagsOf('tcp,', ...(type === 'NodePort' ? ['node-port#0'] : []), ...(withClusterIp ? ['clusterip='] : []));
  return generator(type.toLowerCase(), { short: `Create a ${type} service`, usage: 'NAME [--tcp=port:targetPort] [--dry-run=server|client|none]', flags }, (input) => {
    const name = nameOf(input);
    const ports = input.flags.list('tcp').map((text) => portOf(text, input));
    if (ports.length === 0 && type !== 'ExternalName' && input.flags.text('clusterip') !== 'None') throw new Failure('at least one tcp port specifier must be provided');
    const externalName = input.flags.text('external-name');
    if (type === 'ExternalName' && externalName === '') throw new Failure('required flag(s) "external-name" not set');
    const clusterIP = input.flags.text('clusterip');
    const spec = { ...(clusterIP === '' ? {} : { clusterIP }), ...(externalName === '' ? {} : { externalName }), ...(ports.length === 0 ? {} : { ports }), selector: { app: name }, type };
    return { apiVersion: 'v1', kind: 'Service', metadata: { labels: { app: name }, name }, spec, status: { loadBalancer: {} } };
  });
}

function portOf(text: string, input: Invocation): Readonly<Record<string, unknown>> {
  const [port = '', target = port] = text.split(':');
  for (const each of [port]) if (!/^\d+$/.test(each)) throw new Failure(`parsing port: strconv.Atoi: parsing "${each}": invalid syntax`);
  const nodePort = input.flags.integer('node-port');
  return { name: text.includes(':') ? `${port}-${target}` : port, ...(nodePort === 0 ? {} : { nodePort }), port: Number(port), protocol: 'TCP', targetPort: /^\d+$/.test(target) ? Number(target) : target };
}

const service = commandGroup({ name: 'service', aliases: ['svc'], short: 'Create a service using a specified subcommand' }, [
  serviceOf('ClusterIP', true), serviceOf('NodePort', false), serviceOf('LoadBalancer', false), serviceOf('ExternalName', false),
]);

/** Subjects of a binding from its flags. */
function subjectsOf(input: Invocation): readonly Readonly<Record<string, string>>[] {
  const rbac = 'rbac.authorization.k8s.io';
  return [
    ...input.flags.list('user').map((name) => ({ apiGroup: rbac, kind: 'User', name })),
    ...input.flags.list('group').map((name) => ({ apiGroup: rbac, kind: 'Group', name })),
    ...input.flags.list('serviceaccount').map((text) => {
      const [home, name] = text.split(':');
      if (home === undefined || name === undefined) throw new Failure('serviceaccount must be <namespace>:<name>');
      return { kind: 'ServiceAccount', name, namespace: home };
    }),
  ];
}

function role(name: string, kind: string): Verb {
  return generator(name, { short: `Create a ${name === 'role' ? 'role with single rule' : 'cluster role'}`, usage: 'NAME --verb=verb --resource=resource.group/subresource', flags: flagsOf('verb,', 'resource,', 'resource-name,') }, (input) => {
    const verbs = input.flags.list('verb');
    if (verbs.length === 0) throw new Failure('at least one verb must be specified');
    if (input.flags.list('resource').length === 0) throw new Failure('at least one resource must be specified');
    const resourceNames = input.flags.list('resource-name');
    const byGroup = new Map<string, string[]>();
    for (const word of input.flags.list('resource')) {
      const [type = '', sub] = word.split('/');
      const resource = type === '*' ? undefined : resourceNamed(type);
      const group = resource?.group ?? '';
      byGroup.set(group, [...(byGroup.get(group) ?? []), `${resource?.plural ?? '*'}${sub === undefined ? '' : `/${sub}`}`]);
    }
    const rules = [...byGroup].map(([group, resources]) => ({ apiGroups: [group], ...(resourceNames.length === 0 ? {} : { resourceNames }), resources, verbs }));
    return { apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name: nameOf(input) }, rules };
  });
}

function binding(name: string, kind: string): Verb {
  return generator(name, { short: `Create a ${name === 'rolebinding' ? 'role binding for a particular role or cluster role' : 'cluster role binding for a particular cluster role'}`, usage: 'NAME --clusterrole=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname]', flags: flagsOf('clusterrole=', 'role=', 'user+', 'group+', 'serviceaccount+') }, (input) => {
    const [cluster, own] = [input.flags.text('clusterrole'), input.flags.text('role')];
    if ((cluster === '') === (own === '')) throw new Failure('exactly one of clusterrole or role must be specified');
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: cluster === '' ? 'Role' : 'ClusterRole', name: cluster === '' ? own : cluster };
    const subjects = subjectsOf(input);
    return { apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name: nameOf(input) }, roleRef, ...(subjects.length === 0 ? {} : { subjects }) };
  });
}

export const GENERATORS: readonly Verb[] = [
  binding('clusterrolebinding', 'ClusterRoleBinding'), role('clusterrole', 'ClusterRole'), configMap, deployment, job, namespace, role('role', 'Role'), binding('rolebinding', 'RoleBinding'), secret, service, serviceAccount,
];
