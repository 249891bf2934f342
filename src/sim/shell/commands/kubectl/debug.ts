/** `kubectl debug`: ephemeral containers, Pods on nodes, copies of Pods (kubectl pkg/cmd/debug/debug.go, v0.37). */
import type { Pod } from '../../../kube/api/types-pod.ts';
import type { ApiObject } from '../../../kube/apiserver/object.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { FILE_FLAGS } from './common-flags.ts';
import { attachWhenUp } from './debugging/attach-when-up.ts';
import type { Made } from './debugging/attach-when-up.ts';
import { containerFor, copiedSpec, nodePodSpec, PROFILES } from './debugging/profile.ts';
import { Failure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { isImageName } from './generate/image-name.ts';
import { isMap, listAt, mapAt, textAt } from './output/plain-value.ts';
import type { PlainMap } from './output/plain-value.ts';
import { hasContainer } from './request/containers.ts';
import { objectNamed } from './request/pod-of.ts';
import type { Session } from './session.ts';
import type { Invocation, Verb } from './verb.ts';

const SUFFIX = 'bcdfghjklmnpqrstvwxz2456789';

export const debug: Verb = {
  name: 'debug',
  group: 'Troubleshooting and Debugging Commands:',
  short: 'Create debugging sessions for troubleshooting workloads and nodes',
  long: 'Debug cluster resources using interactive debugging containers.',
  usage: '(POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ]',
  flags: [
    ...FILE_FLAGS,
    ...flagsOf(
      'arguments-only!',
      'attach!',
      'c|container=',
      'copy-to=',
      'custom=',
      'env,',
      'image=',
      'image-pull-policy=',
      'keep-annotations!',
      'keep-init-containers!true',
      'keep-labels!',
      'keep-liveness!',
      'keep-readiness!',
      'keep-startup!',
      'profile=general',
      'q|quiet!',
      'replace!',
      'same-node!',
      'set-image,',
      'share-processes!true',
      'i|stdin!',
      'target=',
      't|tty!',
    ),
  ],
  *run(session, input) {
    const { flags } = input;
    const names = input.dash === undefined ? input.args : input.args.slice(0, input.dash);
    const words = input.dash === undefined ? [] : input.args.slice(input.dash);
    refuse(session, input, { names, words });
    for (const name of names) {
      const { resource, object } = yield* objectNamed(session, name);
      let made: Made;
      if (resource.key === 'nodes') made = yield* debugNode(session, object, words);
      else if (resource.key !== 'pods')
        throw new Failure(`"${resource.group === '' ? '' : `${resource.group}/`}${resource.version}, Kind=${resource.kind}" not supported by debug`);
      else if (flags.text('copy-to') !== '') made = yield* debugCopy(session, object as Pod, words);
      else made = yield* debugPod(session, object as Pod, words);
      const attach = flags.given('attach') ? flags.bool('attach') : flags.bool('stdin');
      if (attach && made.container !== '') yield* attachWhenUp(session, made);
    }
    return 0;
  },
};

function refuse(
  session: Session,
  input: Invocation,
  { names, words }: { readonly names: readonly string[]; readonly words: readonly string[] },
): void {
  const { flags } = input;
  const image = flags.text('image');
  const profile = flags.text('profile');
  if (!PROFILES.includes(profile)) throw new Failure(`unknown profile: ${profile}`);
  if (flags.text('copy-to') !== '') {
    if (image === '' && flags.list('set-image').length === 0 && words.length === 0)
      throw new Failure('you must specify --image, --set-image or command arguments.');
    if (words.length > 0 && flags.text('container') === '' && image === '')
      throw new Failure('you must specify an existing container or a new image when specifying args.');
  } else {
    if (flags.bool('replace')) throw new Failure('--replace may only be used with --copy-to.');
    if (flags.bool('same-node')) throw new Failure('--same-node may only be used with --copy-to.');
    if (flags.list('set-image').length > 0) throw new Failure('--set-image may only be used with --copy-to.');
    if (image === '') throw new Failure('you must specify --image when not using --copy-to.');
  }
  if (image !== '' && !isImageName(image)) throw new Failure(`invalid image name "${image}": invalid reference format`);
  if (names.length === 0) throw new Failure('NAME or filename is required for debug');
  const target = flags.text('target');
  if (target !== '') {
    if (flags.text('copy-to') !== '') throw new Failure('--target is incompatible with --copy-to. Use --share-processes instead.');
    if (!flags.bool('quiet'))
      session.out(
        `Targeting container "${target}". If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
      );
  }
  if (flags.bool('tty') && !flags.bool('stdin')) throw new Failure('-i/--stdin is required for containers with -t/--tty=true');
  if (profile === 'legacy')
    session.err(
      '--profile=legacy is deprecated and planned to be removed in v1.39. It is recommended to specify other profile, for example "--profile=general".\n',
    );
}

function suffix(session: Session): string {
  return session.context.simulation.random.string(5, SUFFIX);
}

/** The container as the flags describe it, without rights. */
function baseContainer(session: Session, name: string, words: readonly string[]): PlainMap {
  const { flags } = session;
  const env = flags.list('env').map((pair) => ({ name: pair.split('=')[0] ?? '', value: pair.split('=').slice(1).join('=') }));
  const pull = flags.text('image-pull-policy');
  return {
    ...(words.length === 0 ? {} : flags.bool('arguments-only') ? { args: words } : { command: words }),
    ...(env.length === 0 ? {} : { env }),
    image: flags.text('image'),
    ...(pull === '' ? {} : { imagePullPolicy: pull }),
    name,
    ...(flags.bool('stdin') ? { stdin: true } : {}),
    terminationMessagePolicy: 'File',
    ...(flags.bool('tty') ? { tty: true } : {}),
  };
}

function containerName(session: Session, pod: Pod): string {
  const given = session.flags.text('container');
  if (given !== '') return given;
  let name = '';
  while (name === '' || hasContainer(pod, name)) name = `debugger-${suffix(session)}`;
  if (!session.flags.bool('quiet')) session.out(`Defaulting debug container name to ${name}.\n`);
  return name;
}

function* debugPod(session: Session, pod: Pod, words: readonly string[]): Blocking<Made> {
  const name = containerName(session, pod);
  const target = session.flags.text('target');
  const container = {
    ...containerFor(session.flags.text('profile'), 'ephemeral', baseContainer(session, name, words)),
    ...(target === '' ? {} : { targetContainerName: target }),
  };
  warnOfUser(session, pod, container);
  // The profile gives its rights to the first container of that name; of two in one patch the one that was there stays.
  const known = pod.spec.ephemeralContainers?.find((each) => each.name === name) as PlainMap | undefined;
  const body = { spec: { ephemeralContainers: [known === undefined ? container : containerFor(session.flags.text('profile'), 'ephemeral', known)] } };
  const { namespace = '' } = pod.metadata;
  const changed = yield* session.demand((server, options) =>
    server.patch('pods', { namespace, name: pod.metadata.name }, { type: 'strategic', body }, { ...options, subresource: 'ephemeralcontainers' }),
  );
  return { pod: changed, container: name };
}

/** The profiles that give rights say so where the Pod's user would not get them (profiles.go, debug.go displayWarning). */
function warnOfUser(session: Session, pod: Pod, container: PlainMap): void {
  if (!['general', 'netadmin', 'sysadmin'].includes(session.flags.text('profile'))) return;
  const user = textAt(container, 'securityContext', 'runAsUser') || textAt(pod, 'spec', 'securityContext', 'runAsUser');
  if (user === '' || user === '0') return;
  session.warn(
    'Non-root user is configured for the entire target Pod, and some capabilities granted by debug profile may not work. Please consider using "--custom" with a custom profile that specifies "securityContext.runAsUser: 0".',
  );
}

function* debugNode(session: Session, node: ApiObject, words: readonly string[]): Blocking<Made> {
  const { flags } = session;
  const container = flags.text('container') === '' ? 'debugger' : flags.text('container');
  const name = `node-debugger-${node.metadata.name}-${suffix(session)}`;
  if (!flags.bool('quiet')) session.out(`Creating debugging pod ${name} with container ${container} on node ${node.metadata.name}.\n`);
  const profile = flags.text('profile');
  const spec = nodePodSpec(profile, {
    containers: [containerFor(profile, 'node', baseContainer(session, container, words))],
    nodeName: node.metadata.name,
    restartPolicy: 'Never',
    tolerations: [{ operator: 'Exists' }],
  });
  const object = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { labels: { 'app.kubernetes.io/managed-by': 'kubectl-debug' }, name },
    spec,
  } as unknown as ApiObject;
  const { name: namespace } = yield* session.namespace();
  const pod = yield* session.demand((server, options) => server.create('pods', namespace, object, options));
  return { pod, container };
}

function* debugCopy(session: Session, pod: Pod, words: readonly string[]): Blocking<Made> {
  const { flags } = session;
  const spec = { ...(pod.spec as unknown as PlainMap) };
  const images = new Map(flags.list('set-image').map((pair) => [pair.split('=')[0] ?? '', pair.split('=').slice(1).join('=')]));
  const containers = listAt(spec, 'containers').map((container) => {
    const image = images.get(textAt(container, 'name')) ?? images.get('*');
    return isMap(container) && image !== undefined ? { ...container, image } : container;
  });
  const given = flags.text('container');
  const existing = containers.find((container) => textAt(container, 'name') === given);
  const profile = flags.text('profile');
  let name = given;
  if (existing === undefined && flags.text('image') !== '') {
    name = containerName(session, pod);
    containers.push(containerFor(profile, 'copy', baseContainer(session, name, words)));
  } else if (existing === undefined && images.size === 0) throw new Failure('you must specify image when creating new container');
  const changed = containers.map((container) => {
    if (!isMap(container) || container !== existing) return container;
    const image = flags.text('image');
    return {
      ...container,
      ...(words.length === 0 ? {} : flags.bool('arguments-only') ? { args: words } : { command: words, args: null }),
      ...(image === '' ? {} : { image }),
      ...(flags.bool('stdin') ? { stdin: true } : {}),
      ...(flags.bool('tty') ? { tty: true } : {}),
    };
  });
  const { ephemeralContainers: _none, nodeName, ...rest } = spec;
  const keep = {
    probes: ['liveness', 'readiness', 'startup'].filter((each) => flags.bool(`keep-${each}`)).map((each) => `${each}Probe`),
    init: flags.bool('keep-init-containers'),
  };
  const shared = flags.given('share-processes') ? { shareProcessNamespace: flags.bool('share-processes') } : {};
  const copied = copiedSpec(profile, { ...rest, ...shared, containers: changed, ...(flags.bool('same-node') ? { nodeName } : {}) }, keep);
  const metadata = {
    name: flags.text('copy-to'),
    ...(flags.bool('keep-labels') ? { labels: mapAt(pod, 'metadata', 'labels') } : {}),
    ...(flags.bool('keep-annotations') ? { annotations: mapAt(pod, 'metadata', 'annotations') } : {}),
  };
  const object = { apiVersion: 'v1', kind: 'Pod', metadata, spec: copied } as unknown as ApiObject;
  const { namespace = '' } = pod.metadata;
  const made = yield* session.demand((server, options) => server.create('pods', namespace, object, options));
  if (flags.bool('replace')) yield* session.demand((server, options) => server.delete('pods', namespace, pod.metadata.name, options));
  return { pod: made, container: name };
}
