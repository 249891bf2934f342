/** `kubectl logs` (kubectl pkg/cmd/logs/logs.go, v0.37). */
import type { Pod } from '../../../kube/api/types-pod.ts';
import { isStatus } from '../../../kube/apiserver/object.ts';
import type { OpenLog } from '../../../kube/apiserver/kubelet-client.ts';
import { WaitQueue } from '../../../engine/wait-queue.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { SELECTOR_FLAG } from './common-flags.ts';
import { Failure, StatusFailure, usageFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { chosenContainer } from './request/containers.ts';
import { objectNamed, podOf, selectorOf } from './request/pod-of.ts';
import type { NamedObject } from './request/pod-of.ts';
import type { Session } from './session.ts';
import { interruptible } from './stream/interruptible.ts';
import { logLines, timestampOf } from './stream/log-lines.ts';
import type { LogLine } from './stream/log-lines.ts';
import type { Verb } from './verb.ts';

const USAGE = "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command";

export const logs: Verb = {
  name: 'logs',
  group: 'Troubleshooting and Debugging Commands:',
  short: 'Print the logs for a container in a pod',
  long: 'Print the logs for a container in a pod or specified resource. If the pod has only one container, the container name is optional.',
  usage: '[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]',
  flags: [
    ...SELECTOR_FLAG,
    ...flagsOf(
      'all-containers!',
      'all-pods!',
      'c|container=',
      'f|follow!',
      'ignore-errors!',
      'insecure-skip-tls-verify-backend!',
      'limit-bytes#0',
      'max-log-requests#5',
      'pod-running-timeout~20s',
      'prefix!',
      'p|previous!',
      'since~',
      'since-time=',
      'tail#-1',
      'timestamps!',
    ),
  ],
  *run(session, input) {
    const { args, flags } = input;
    const selector = flags.text('selector');
    if ((args.length === 0 && selector === '') || args.length > 2) throw usageFailure(input.path, USAGE);
    if (args.length > 0 && selector !== '') throw usageFailure(input.path, 'only a selector (-l) or a POD name is allowed');
    const [word = '', inline = ''] = args;
    const container = inline === '' ? flags.text('container') : inline;
    if (flags.given('container') && args.length === 2) throw new Failure('only one of -c or an inline [CONTAINER] arg is allowed');
    if (flags.bool('all-containers') && container !== '')
      throw new Failure(`--all-containers=true should not be specified with container name ${container}`);
    if (flags.integer('tail') < -1) throw new Failure('--tail must be greater than or equal to -1');
    const sources = yield* sourcesOf(session, { word, selector, container });
    if (flags.bool('follow') && sources.length > flags.integer('max-log-requests')) {
      throw new Failure(
        `you are attempting to follow ${String(sources.length)} log streams, but maximum allowed concurrency is ${flags.text('max-log-requests')}, use --max-log-requests to increase the limit`,
      );
    }
    return yield* interruptible(session.context, printLogs(session, sources));
  },
};

/** One container whose log is wanted. */
export interface LogSource {
  readonly pod: Pod;
  readonly container: string;
}

function* sourcesOf(
  session: Session,
  wanted: { readonly word: string; readonly selector: string; readonly container: string },
): Blocking<readonly LogSource[]> {
  const { flags } = session;
  const { name: namespace } = yield* session.namespace();
  const allPods = flags.bool('all-pods');
  if (wanted.selector !== '') {
    const pods = yield* podsMatching(session, namespace, wanted.selector);
    if (pods.length === 0) session.err(`No resources found in ${namespace} namespace.\n`);
    return pods.flatMap((pod) => containersOf(session, pod, wanted.container));
  }
  const named = yield* objectOfLogs(session, wanted.word, namespace);
  const selector = named.resource.key === 'pods' ? undefined : selectorOf(named.object);
  if (allPods && selector !== undefined)
    return (yield* podsMatching(session, namespace, selector)).flatMap((pod) => containersOf(session, pod, wanted.container));
  const { pod, of } = yield* podOf(session, named, 'logging');
  if (of > 1) session.err(`Found ${String(of)} pods, using pod/${pod.metadata.name}\n`);
  return containersOf(session, pod, wanted.container);
}

function* objectOfLogs(session: Session, word: string, namespace: string): Blocking<NamedObject> {
  try {
    return yield* objectNamed(session, word);
  } catch (failure) {
    if (failure instanceof StatusFailure && failure.status.reason === 'NotFound')
      throw new Failure(`error from server (NotFound): ${failure.status.message} in namespace "${namespace}"`);
    throw failure;
  }
}

function* podsMatching(session: Session, namespace: string, labelSelector: string): Blocking<readonly Pod[]> {
  const list = yield* session.demand((server, options) => server.list('pods', { namespace, labelSelector }, options));
  return list.items;
}

function containersOf(session: Session, pod: Pod, container: string): readonly LogSource[] {
  if (!session.flags.bool('all-containers')) return [{ pod, container: chosenContainer(session, pod, container) }];
  const { containers, initContainers = [], ephemeralContainers = [] } = pod.spec;
  return [...initContainers, ...containers, ...ephemeralContainers].map((each) => ({ pod, container: each.name }));
}

/** Virtual milliseconds until the kubelet has noticed a new line and sent it. */
const FOLLOW_DELAY = 1;

interface Opened {
  readonly source: LogSource;
  readonly open: OpenLog;
  readonly wake: WaitQueue;
  printed: number;
}

/** Prints what there is, and with --follow what comes. Errors: those of the kubelet. @param since Unix milliseconds; older lines are left out */
export function* printLogs(session: Session, sources: readonly LogSource[], since = 0): Blocking<number> {
  const { flags } = session;
  const { streams } = yield* session.cluster();
  const opened: Opened[] = [];
  for (const source of sources) {
    yield* session.context.sleep(8);
    const request = { namespace: source.pod.metadata.namespace ?? '', pod: source.pod.metadata.name, container: source.container };
    const open = streams.logs(request, flags.bool('previous'));
    if (isStatus(open)) {
      if (!flags.bool('ignore-errors')) throw new StatusFailure(open);
      session.err(`error: ${open.message}\n`);
      continue;
    }
    const entry = { source, open, wake: new WaitQueue(), printed: 0 };
    const lines = linesOf(session, entry);
    const newer = lines.findIndex((line) => line.at > since);
    const from = Math.max(newer < 0 ? lines.length : newer, firstLine(session, lines, sources.length > 1 || flags.text('selector') !== ''));
    print(session, source, lines.slice(from));
    entry.printed = lines.length;
    opened.push(entry);
  }
  if (flags.bool('follow')) yield* follow(session, opened);
  return 0;
}

function linesOf(session: Session, { open }: Opened): readonly LogLine[] {
  return logLines(open.log, { epoch: session.context.simulation.epoch, ended: open.ended() });
}

function firstLine(session: Session, lines: readonly LogLine[], bySelector: boolean): number {
  const { flags } = session;
  const since = flags.duration('since');
  const sinceTime = flags.text('since-time');
  const earliest = sinceTime !== '' ? Date.parse(sinceTime) : since === 0 ? 0 : session.wallClock - since;
  const byTime = lines.findIndex((line) => line.at >= earliest);
  const tail = flags.given('tail') ? flags.integer('tail') : bySelector && flags.text('selector') !== '' ? 10 : -1;
  return Math.max(byTime < 0 ? lines.length : byTime, tail < 0 ? 0 : lines.length - tail);
}

function print(session: Session, source: LogSource, lines: readonly LogLine[]): void {
  const { flags } = session;
  const prefix = flags.bool('prefix') || flags.bool('all-pods') ? `[pod/${source.pod.metadata.name}/${source.container}] ` : '';
  const limit = flags.integer('limit-bytes');
  const text = lines.map((line) => `${prefix}${flags.bool('timestamps') ? timestampOf(line) : ''}${line.text}`).join('');
  session.out(limit > 0 ? text.slice(0, limit) : text);
}

function* follow(session: Session, opened: readonly Opened[]): Blocking<void> {
  const changed = new WaitQueue();
  const stops = opened.map(({ open }) =>
    open.log.subscribe(() => {
      changed.notify();
    }),
  );
  try {
    for (;;) {
      for (const entry of opened) {
        const lines = linesOf(session, entry);
        print(session, entry.source, lines.slice(entry.printed));
        entry.printed = lines.length;
      }
      if (opened.every(({ open }) => open.ended())) return;
      const reason = yield* session.context.waitFor([changed], session.deadline);
      if (reason === 'timeout') return;
      yield* session.context.sleep(FOLLOW_DELAY);
    }
  } finally {
    for (const stop of stops) stop();
  }
}
