/** `kubectl run` (kubectl pkg/cmd/run/run.go, v0.37), with attaching and --rm. */
import type { Pod } from '../../../kube/api/types-pod.ts';
import { isStatus } from '../../../kube/apiserver/object.ts';
import { resourceOfKey } from '../../../kube/apiserver/resource.ts';
import { isAgain } from '../../../linux/fs/open-file.ts';
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { attachTo } from './attach.ts';
import { WRITE_FLAGS } from './common-flags.ts';
import { Failure, plainFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { withOverrides } from './generate/overrides.ts';
import { createObject } from './generate/create-object.ts';
import { isImageName } from './generate/image-name.ts';
import { printLogs } from './logs.ts';
import { deletedText, waitUntilGone } from './request/deletion-wait.ts';
import { dryRunOf, klogLine } from './session.ts';
import type { Session } from './session.ts';
import { inputTerminal } from './stream/remote-process.ts';
import { awaitPod, hasEnded } from './stream/await-pod.ts';
import type { Invocation, Verb } from './verb.ts';

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];

export const run: Verb = {
  name: 'run',
  group: 'Basic Commands (Beginner):',
  short: 'Run a particular image on the cluster',
  long: 'Create and run a particular image in a pod.',
  usage:
    'NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]',
  flags: [
    ...WRITE_FLAGS,
    { name: 'image', kind: 'string', required: true },
    ...flagsOf(
      'annotations+',
      'attach!',
      'cascade=',
      'command!',
      'detach-keys=',
      'env+',
      'expose!',
      'force!',
      'grace-period#-1',
      'image-pull-policy=',
      'l|labels=',
      'leave-stdin-open!',
      'overrides=',
      'override-type=',
      'pod-running-timeout~1m',
      'port=',
      'privileged!',
      'q|quiet!',
      'restart=Always',
      'rm!',
      'i|stdin!',
      'timeout~',
      't|tty!',
      'wait!',
    ),
  ],
  *run(session, input) {
    const { flags } = input;
    const interactive = flags.bool('stdin');
    const attaching = flags.given('attach') ? flags.bool('attach') : interactive;
    refuse(session, input, attaching);
    const object = podOf(input);
    const stored = (yield* createObject(session, object, { silent: attaching })) as Pod;
    if (flags.bool('expose')) yield* createObject(session, serviceFor(input, object.metadata.labels));
    if (!attaching) return 0;
    let failed: unknown;
    try {
      yield* attachToNew(session, stored);
    } catch (failure) {
      failed = failure;
    }
    if (flags.bool('rm')) yield* removePod(session, stored);
    if (failed !== undefined) throw failed;
    return 0;
  },
};

function refuse(session: Session, input: Invocation, attaching: boolean): void {
  const { flags, args } = input;
  const before = input.dash === undefined ? args.length : input.dash;
  if (args.length === 0 || before === 0) throw new Failure('NAME is required for run');
  const image = flags.text('image');
  if (image === '') throw new Failure('--image is required');
  if (!isImageName(image)) throw new Failure(`invalid image name "${image}": invalid reference format`);
  if (flags.bool('tty') && !flags.bool('stdin')) throw new Failure('-i/--stdin is required for containers with -t/--tty=true');
  if (flags.bool('expose') && flags.text('port') === '') throw new Failure('--port must be set when exposing a service');
  const port = flags.text('port');
  if (port !== '' && !/^\d+$/.test(port)) throw new Failure('--port must be a number');
  if (flags.bool('rm') && !attaching) throw new Failure('--rm should only be used for attached containers');
  if (attaching && dryRunOf(session) !== 'none')
    throw new Failure("--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)");
  const restart = flags.text('restart');
  if (!RESTART_POLICIES.includes(restart)) throw new Failure(`invalid restart policy: ${restart}, valid values are: Always, OnFailure, Never`);
  const pull = flags.text('image-pull-policy');
  if (pull !== '' && !PULL_POLICIES.includes(pull))
    throw new Failure(`invalid image pull policy: ${pull}, valid values are: Always, IfNotPresent, Never`);
}

interface NewPod extends Readonly<Record<string, unknown>> {
  readonly metadata: { readonly labels: Readonly<Record<string, string>>; readonly name: string };
}

function podOf(input: Invocation): NewPod {
  const { flags, args } = input;
  const [name = '', ...words] = args;
  const port = flags.text('port');
  const pull = flags.text('image-pull-policy');
  const env = flags.list('env').map((text) => {
    const equals = text.indexOf('=');
    if (equals <= 0) throw new Failure(`invalid env: ${text}`);
    return { name: text.slice(0, equals), value: text.slice(equals + 1) };
  });
  const interactive = flags.bool('stdin');
  const container = {
    ...(words.length === 0 ? {} : flags.bool('command') ? { command: words } : { args: words }),
    ...(env.length === 0 ? {} : { env }),
    image: flags.text('image'),
    ...(pull === '' ? {} : { imagePullPolicy: pull }),
    name,
    ...(port === '' ? {} : { ports: [{ containerPort: Number(port) }] }),
    resources: {},
    ...(flags.bool('privileged') ? { securityContext: { privileged: true } } : {}),
    ...(interactive ? { stdin: true } : {}),
    ...(interactive && !flags.bool('leave-stdin-open') ? { stdinOnce: true } : {}),
    ...(flags.bool('tty') ? { tty: true } : {}),
  };
  const annotations = Object.fromEntries(
    flags.list('annotations').map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]),
  );
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...(flags.given('annotations') ? { annotations } : {}), labels: labelsOf(flags.text('labels'), name), name },
    spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy: flags.text('restart') },
    status: {},
  };
  return withOverrides(pod, flags.text('overrides'));
}

function labelsOf(text: string, name: string): Readonly<Record<string, string>> {
  if (text === '') return { run: name };
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [key, value, ...more] = pair.split('=');
      if (key === undefined || value === undefined || more.length > 0) throw new Failure(`unexpected label spec: ${pair}`);
      return [key, value];
    }),
  );
}

function serviceFor(input: Invocation, labels: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const port = Number(input.flags.text('port'));
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: input.args[0] ?? '' },
    spec: { ports: [{ port, protocol: 'TCP', targetPort: port }], selector: labels },
    status: { loadBalancer: {} },
  };
}

function* attachToNew(session: Session, created: Pod): Blocking<void> {
  const { flags } = session;
  const timeout = flags.duration('pod-running-timeout');
  const isUp = (pod: Pod): boolean =>
    hasEnded(pod) ||
    (pod.status.phase === 'Running' && (pod.status.conditions ?? []).some((condition) => condition.type === 'Ready' && condition.status === 'True'));
  const pod = yield* awaitPod(session, created, { until: isUp, timeout });
  const container = pod.spec.containers[0]?.name ?? '';
  if (hasEnded(pod)) yield* printLogs(session, [{ pod, container }]);
  else {
    yield* printLogs(session, [{ pod, container }]);
    const since = session.wallClock;
    try {
      yield* attachTo(session, { pod, container, stdin: flags.bool('stdin'), tty: flags.bool('tty'), quiet: flags.bool('quiet') });
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      session.err(`warning: couldn't attach to pod/${pod.metadata.name}, falling back to streaming logs: ${failure.message}\n`);
      yield* printLogs(session, [{ pod, container }], since);
    }
  }
  const restart = flags.text('restart');
  if (restart === 'Always' || flags.bool('leave-stdin-open')) return;
  const last = yield* awaitPod(session, created, {
    until: (each) => (restart === 'Never' ? hasEnded(each) : each.status.phase === 'Succeeded'),
    timeout,
  });
  if (last.status.phase !== 'Failed') return;
  const ended = last.status.containerStatuses?.[0]?.state?.terminated;
  const where = `${last.metadata.namespace ?? ''}/${last.metadata.name}`;
  if (ended === undefined || ended.exitCode === 0) throw new Failure(`pod ${where} failed with unknown exit code`);
  throw plainFailure(`pod ${where} terminated (${ended.reason ?? ''})\n${ended.message ?? ''}`, ended.exitCode);
}

function* removePod(session: Session, pod: Pod): Blocking<void> {
  const { name, namespace = '', uid = '' } = pod.metadata;
  const answer = yield* session.ask((server, options) => server.delete('pods', namespace, name, options));
  if (isStatus(answer)) return;
  swallowedInput(session);
  if (!session.flags.bool('quiet')) session.out(deletedText('pod', { name, namespace, force: false }));
  if (session.flags.bool('wait')) yield* waitUntilGone(session, { resource: resourceOfKey('pods'), namespace, name, uid }, undefined);
}

/** What was typed after the session had ended goes to a copy of standard input that nobody reads any more. */
function swallowedInput(session: Session): void {
  const { context } = session;
  const file = context.process.files.get(0);
  if (!session.flags.bool('stdin') || file === undefined || inputTerminal(context) === undefined) return;
  const text = file.read({ max: 65_536 });
  if (isErrno(text) || isAgain(text) || text === '') return;
  session.err(klogLine(session, 'v2.go:105] "Copying stdin failed" err="write on closed stream 0"'));
}
