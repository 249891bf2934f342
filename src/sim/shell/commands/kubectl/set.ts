/** `kubectl set image`, `env`, `resources` (kubectl pkg/cmd/set, v0.37). */
import { parseQuantity } from '../../../kube/api/decode/quantity.ts';
import { commandGroup } from './command-group.ts';
import { FILE_FLAGS, SELECTOR_FLAG, WRITE_FLAGS } from './common-flags.ts';
import { Failure, FailureList, plainFailure, StatusFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { changePrinter } from './output/change-printer.ts';
import { fieldOf, isMap, listAt, mapAt, textAt } from './output/plain-value.ts';
import type { Plain } from './output/plain-value.ts';
import { fetchObjects } from './request/fetch.ts';
import type { Info } from './request/fetch.ts';
import { resourceArguments } from './request/resource-arguments.ts';
import { changeWords } from './request/key-value-changes.ts';
import type { Session } from './session.ts';
import type { Invocation, VerbRun } from './verb.ts';

const FLAGS = [...FILE_FLAGS, ...SELECTOR_FLAG, ...WRITE_FLAGS, ...flagsOf('all!')];

/** kubectl's own, stricter rule for names of variables (apimachinery validation.IsEnvVarName). */
const ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const ENV_NAME_RULE =
  "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')";

interface Change {
  readonly operation: string;
  /** What stands before a refusal of the server. */
  readonly failing: string;
  /** A container as it is to be; the same value when nothing changes. */
  readonly change: (container: Plain) => Plain;
  /** Told when no container fits. */
  readonly missing?: ((names: readonly string[]) => string | undefined) | undefined;
}

/** Where an object keeps its containers. */
function podSpecPath(info: Info): readonly string[] {
  if (info.resource.key === 'pods') return ['spec'];
  if (info.resource.key === 'cronjobs.batch') return ['spec', 'jobTemplate', 'spec', 'template', 'spec'];
  return ['spec', 'template', 'spec'];
}

function nested(path: readonly string[], value: Plain): Plain {
  return path.reduceRight((inner: Plain, key) => ({ [key]: inner }), value);
}

function* changeContainers(session: Session, words: readonly string[], how: Change): VerbRun {
  const { flags } = session;
  if (words.length === 0 && flags.list('filename').length === 0)
    throw new Failure('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  const { print, dryRun } = yield* changePrinter(session);
  const fetched = yield* fetchObjects(session, words, { allowTypes: false, all: flags.bool('all') });
  fetched.failures.throwAny();
  const failures = new FailureList();
  for (const info of fetched.infos) {
    try {
      const { resource, namespace, name, object } = info;
      const path = podSpecPath(info);
      const before = [...listAt(object, ...path, 'containers')];
      const initial = [...listAt(object, ...path, 'initContainers')];
      const problem = how.missing?.([...before, ...initial].map((container) => textAt(container, 'name')));
      if (problem !== undefined) throw plainFailure(problem);
      const after = before.map(how.change);
      const afterInit = initial.map(how.change);
      if (after.every((each, index) => each === before[index]) && afterInit.every((each, index) => each === initial[index])) continue;
      const body = nested(path, { containers: after, ...(initial.length === 0 ? {} : { initContainers: afterInit }) });
      const changed = yield* session.demand((server, options) => server.patch(resource.key, { namespace, name }, { type: 'merge', body }, options), {
        dryRun: dryRun === 'client' ? 'server' : dryRun,
      });
      print({ resource, object: changed, operation: how.operation });
    } catch (failure) {
      failures.add(failure instanceof StatusFailure ? new Failure(`${how.failing} ${failure.status.message}`) : failure);
    }
  }
  failures.throwAny();
  return 0;
}

function* setImage(session: Session, input: Invocation): VerbRun {
  const { resources, pairs } = changeWords(input.args, 'image');
  if (pairs.length === 0) {
    // The words are read as objects before it is seen that none is an image.
    resourceArguments(resources);
    throw new Failure('at least one image update is required');
  }
  const images = new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
  if (images.has('*') && images.size > 1)
    throw new Failure('all containers are already specified by *, but saw more than one container_name=container_image pairs');
  return yield* changeContainers(session, resources, {
    operation: 'image updated',
    failing: 'failed to patch image update to pod template:',
    change: (container) => {
      const image = images.get(textAt(container, 'name')) ?? images.get('*');
      return image === undefined || image === textAt(container, 'image') ? container : { ...(container as object), image };
    },
    missing: (names) => {
      const unknown = [...images.keys()].filter((name) => name !== '*' && !names.includes(name));
      return unknown.length === 0 ? undefined : unknown.map((name) => `error: unable to find container named "${name}"`).join('\n');
    },
  });
}

/** Whether `-c` (with `*` for all) means a container. */
function isMeant(session: Session, container: Plain): boolean {
  const wanted = session.flags.text('containers');
  if (wanted === '' || wanted === '*') return true;
  const pattern = new RegExp(
    `^${wanted
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
  return pattern.test(textAt(container, 'name'));
}

function* setEnv(session: Session, input: Invocation): VerbRun {
  const { resources, pairs } = changeWords(input.args, 'environment');
  const variables = [...pairs, ...input.flags.list('env')];
  const removed = new Set(variables.filter((word) => !word.includes('=')).map((word) => word.slice(0, -1)));
  const added = new Map(
    variables.filter((word) => word.includes('=')).map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  );
  for (const name of added.keys()) {
    if (!ENV_NAME.test(name)) throw new Failure(`${JSON.stringify(name)} is not a valid key name: ${ENV_NAME_RULE}`);
  }
  if (input.flags.bool('list')) return yield* listEnv(session, resources);
  if (variables.length === 0) throw new Failure('at least one environment variable must be provided');
  return yield* changeContainers(session, resources, {
    operation: 'env updated',
    failing: 'failed to patch env update to pod template:',
    change: (container) => {
      if (!isMeant(session, container)) return container;
      const env = listAt(container, 'env').filter((variable) => !removed.has(textAt(variable, 'name')));
      const changed = env.map((variable) =>
        added.has(textAt(variable, 'name')) ? { name: textAt(variable, 'name'), value: added.get(textAt(variable, 'name')) } : variable,
      );
      const fresh = [...added]
        .filter(([name]) => !env.some((variable) => textAt(variable, 'name') === name))
        .map(([name, value]) => ({ name, value }));
      const all = [...changed, ...fresh];
      return { ...(container as object), env: all.length === 0 ? null : all };
    },
  });
}

function* listEnv(session: Session, words: readonly string[]): VerbRun {
  const fetched = yield* fetchObjects(session, words, { allowTypes: false, all: session.flags.bool('all') });
  fetched.failures.throwAny();
  for (const info of fetched.infos) {
    for (const container of listAt(info.object, ...podSpecPath(info), 'containers')) {
      session.out(`# ${info.resource.kind} ${info.name}, container ${textAt(container, 'name')}\n`);
      for (const variable of listAt(container, 'env')) {
        const from = fieldOf(variable, 'valueFrom');
        session.out(
          isMap(from)
            ? `# ${textAt(variable, 'name')} from ${Object.keys(from)[0] ?? ''}\n`
            : `${textAt(variable, 'name')}=${textAt(variable, 'value')}\n`,
        );
      }
    }
  }
  return 0;
}

function quantities(text: string): Readonly<Record<string, string>> {
  if (text === '') return {};
  return Object.fromEntries(
    text.split(',').map((statement) => {
      const [name, value, ...more] = statement.split('=');
      if (name === undefined || value === undefined || more.length > 0)
        throw new Failure(`invalid argument syntax ${statement}, expected <resource>=<value>`);
      const read = parseQuantity(value);
      if (read.kind !== 'quantity') throw new Failure("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
      return [name, value];
    }),
  );
}

function* setResources(session: Session, input: Invocation): VerbRun {
  const [limits, requests] = [quantities(input.flags.text('limits')), quantities(input.flags.text('requests'))];
  if (Object.keys(limits).length === 0 && Object.keys(requests).length === 0)
    throw new Failure('you must specify an update to requests or limits (in the form of --requests/--limits)');
  return yield* changeContainers(session, input.args, {
    operation: 'resource requirements updated',
    failing: 'failed to patch resources update to pod template',
    change: (container) => {
      if (!isMeant(session, container)) return container;
      const resources = mapAt(container, 'resources');
      const merged = {
        ...resources,
        ...(Object.keys(limits).length === 0 ? {} : { limits: { ...mapAt(resources, 'limits'), ...limits } }),
        ...(Object.keys(requests).length === 0 ? {} : { requests: { ...mapAt(resources, 'requests'), ...requests } }),
      };
      return { ...(container as object), resources: merged };
    },
  });
}

function* setServiceAccount(session: Session, input: Invocation): VerbRun {
  const account = input.args.at(-1);
  if (account === undefined) throw new Failure('serviceaccount is required');
  return yield* changeObjects(session, input.args.slice(0, -1), {
    operation: 'serviceaccount updated',
    body: (info) => nested(podSpecPath(info), { serviceAccountName: account }),
  });
}

function* setSelector(session: Session, input: Invocation): VerbRun {
  const { resources, pairs } = changeWords(input.args, 'selector');
  const selector = Object.fromEntries(pairs.flatMap((pair) => pair.split(',')).map((pair) => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? '']));
  if (pairs.length === 0) throw new Failure('one or more selectors must be specified');
  return yield* changeObjects(session, resources, {
    operation: 'selector updated',
    body: ({ object, resource }) => {
      if (resource.key !== 'services') throw new Failure(`setting a selector is only supported for Services`);
      const gone = Object.fromEntries(Object.keys(mapAt(object, 'spec', 'selector')).map((key) => [key, null]));
      return nested(['spec', 'selector'], { ...gone, ...selector });
    },
  });
}

/** One merge patch for each object. */
function* changeObjects(
  session: Session,
  words: readonly string[],
  how: { readonly operation: string; readonly body: (info: Info) => Plain },
): VerbRun {
  const { print, dryRun } = yield* changePrinter(session);
  const fetched = yield* fetchObjects(session, words, { allowTypes: false, all: session.flags.bool('all') });
  fetched.failures.throwAny();
  for (const info of fetched.infos) {
    const { resource, namespace, name } = info;
    const body = how.body(info);
    const changed = yield* session.demand((server, options) => server.patch(resource.key, { namespace, name }, { type: 'merge', body }, options), {
      dryRun: dryRun === 'client' ? 'server' : dryRun,
    });
    print({ resource, object: changed, operation: how.operation });
  }
  return 0;
}

export const set = commandGroup(
  {
    name: 'set',
    group: 'Basic Commands (Beginner):',
    short: 'Set specific features on objects',
    long: 'Configure application resources.',
    usage: 'SUBCOMMAND',
  },
  [
    {
      name: 'env',
      short: 'Update environment variables on a pod template',
      usage: 'RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N',
      flags: [...FLAGS, ...flagsOf('c|containers=', 'e|env+', 'from=', 'keys,', 'list!', 'overwrite!true', 'prefix=', 'resolve!')],
      run: setEnv,
    },
    {
      name: 'image',
      short: 'Update the image of a pod template',
      usage: '(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N',
      flags: FLAGS,
      run: setImage,
    },
    {
      name: 'resources',
      short: 'Update resource requests/limits on objects with pod templates',
      usage: '(-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]',
      flags: [...FLAGS, ...flagsOf('c|containers=', 'limits=', 'requests=')],
      run: setResources,
    },
    {
      name: 'selector',
      short: 'Set the selector on a resource',
      usage: '(-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]',
      flags: [...FLAGS, ...flagsOf('resource-version=')],
      run: setSelector,
    },
    {
      name: 'serviceaccount',
      aliases: ['sa'],
      short: 'Update the service account of a resource',
      usage: '(-f FILENAME | TYPE NAME) SERVICE_ACCOUNT',
      flags: FLAGS,
      run: setServiceAccount,
    },
  ],
);
