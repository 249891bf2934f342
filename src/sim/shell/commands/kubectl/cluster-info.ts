/** Subcommands about the server as a whole: cluster-info, version, api-resources, api-versions, top, options. */
import { apiVersionOf, RESOURCES } from '../../../kube/apiserver/resource.ts';
import { commandGroup } from './command-group.ts';
import { GLOBAL_FLAGS } from './common-flags.ts';
import { Failure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { ColumnWriter } from './output/column-writer.ts';
import { yamlText } from './output/yaml.ts';
import type { Session } from './session.ts';
import type { Verb, VerbRun } from './verb.ts';

const VERSION = 'v1.37.2';

export const clusterInfo: Verb = {
  name: 'cluster-info',
  group: 'Cluster Management Commands:',
  short: 'Display cluster information',
  long: "Display addresses of the control plane and services with label kubernetes.io/cluster-service=true. To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.",
  flags: [],
  *run(session) {
    const { server } = yield* session.chosen();
    const services = yield* session.demand((api, options) =>
      api.list('services', { namespace: 'kube-system', labelSelector: 'kubernetes.io/cluster-service=true' }, options),
    );
    session.out(`Kubernetes control plane is running at ${server}\n`);
    for (const { metadata, spec } of services.items) {
      const name = metadata.labels?.['kubernetes.io/name'] ?? metadata.name;
      const [port] = spec.ports ?? [];
      session.out(
        `${name} is running at ${server}/api/v1/namespaces/kube-system/services/${metadata.name}${port?.name === undefined ? '' : `:${port.name}`}/proxy\n`,
      );
    }
    session.out("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
    return 0;
  },
};

export const version: Verb = {
  name: 'version',
  group: 'Other Commands:',
  short: 'Print the client and server version information',
  long: 'Print the client and server version information for the current context.',
  flags: flagsOf('client!', 'o|output='),
  *run(session, input) {
    const output = input.flags.text('output');
    if (output !== '' && output !== 'json' && output !== 'yaml') throw new Failure("--output must be 'yaml' or 'json'");
    const own = { major: '1', minor: '37', gitVersion: VERSION, platform: 'linux/amd64' };
    const clientOnly = input.flags.bool('client');
    const tell = (server: boolean): void => {
      if (output === '') session.out(`Client Version: ${VERSION}\nKustomize Version: v5.8.1\n${server ? `Server Version: ${VERSION}\n` : ''}`);
      else {
        const value = { clientVersion: own, kustomizeVersion: 'v5.8.1', ...(server ? { serverVersion: own } : {}) };
        session.out(output === 'json' ? `${JSON.stringify(value, undefined, 2)}\n` : yamlText(value));
      }
    };
    if (clientOnly) {
      tell(false);
      return 0;
    }
    try {
      yield* session.server();
    } catch (failure) {
      tell(false);
      throw failure;
    }
    tell(true);
    return 0;
  },
};

export const apiResources: Verb = {
  name: 'api-resources',
  group: 'Other Commands:',
  short: 'Print the supported API resources on the server',
  long: 'Print the supported API resources on the server.',
  flags: flagsOf('api-group=', 'cached!', 'categories,', 'namespaced!true', 'no-headers!', 'o|output=', 'show-labels!', 'sort-by=', 'verbs,'),
  *run(session, input) {
    const { flags } = input;
    yield* session.server();
    const output = flags.text('output');
    if (output !== '' && output !== 'wide' && output !== 'name') throw new Failure(`--output ${output} is not available`);
    const group = flags.text('api-group');
    const found = RESOURCES.filter(
      (resource) =>
        (!flags.given('api-group') || resource.group === group) &&
        (!flags.given('namespaced') || resource.namespaced === flags.bool('namespaced')) &&
        flags.list('verbs').every((verb) => resource.verbs.includes(verb)) &&
        (!flags.list('categories').includes('all') || resource.inAll),
    );
    const sorted =
      flags.text('sort-by') === 'kind'
        ? [...found].sort((a, b) => (a.kind < b.kind ? -1 : 1))
        : flags.text('sort-by') === 'name'
          ? [...found].sort((a, b) => (a.plural < b.plural ? -1 : 1))
          : found;
    if (output === 'name') {
      session.out(sorted.map((resource) => `${resource.key}\n`).join(''));
      return 0;
    }
    const wide = output === 'wide';
    const rows = sorted.map((resource) => [
      resource.plural,
      resource.shortNames.join(','),
      apiVersionOf(resource),
      String(resource.namespaced),
      resource.kind,
      ...(wide ? [resource.verbs.join(','), resource.inAll ? 'all' : ''] : []),
    ]);
    const headers = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(wide ? ['VERBS', 'CATEGORIES'] : [])];
    session.out(new ColumnWriter().lines(flags.bool('no-headers') ? rows : [headers, ...rows]));
    return 0;
  },
};

export const apiVersions: Verb = {
  name: 'api-versions',
  group: 'Other Commands:',
  short: 'Print the supported API versions on the server, in the form of "group/version"',
  long: 'Print the supported API versions on the server, in the form of "group/version".',
  flags: [],
  *run(session) {
    yield* session.server();
    session.out(
      [...new Set([...RESOURCES.map(apiVersionOf), 'autoscaling/v1'])]
        .sort()
        .map((each) => `${each}\n`)
        .join(''),
    );
    return 0;
  },
};

function* noMetrics(session: Session): VerbRun {
  yield* session.server();
  throw new Failure('Metrics API not available');
}

export const top = commandGroup(
  {
    name: 'top',
    meantBy: ['stats'],
    group: 'Cluster Management Commands:',
    short: 'Display resource (CPU/memory) usage',
    long: 'Display resource (CPU/memory) usage.',
  },
  [
    {
      name: 'node',
      aliases: ['nodes', 'no'],
      short: 'Display resource (CPU/memory) usage of nodes',
      usage: '[NAME | -l label]',
      flags: flagsOf('l|selector=', 'no-headers!', 'sort-by='),
      run: noMetrics,
    },
    {
      name: 'pod',
      aliases: ['pods', 'po'],
      short: 'Display resource (CPU/memory) usage of pods',
      usage: '[NAME | -l label]',
      flags: flagsOf('A|all-namespaces!', 'containers!', 'field-selector=', 'l|selector=', 'no-headers!', 'sort-by=', 'sum!'),
      run: noMetrics,
    },
  ],
);

export const options: Verb = {
  name: 'options',
  short: 'List of global command-line options (applies to all commands)',
  flags: [],
  *run(session) {
    session.out(
      `The following options can be passed to any command:\n\n${GLOBAL_FLAGS.map((flag) => `    ${flag.short === undefined ? '    ' : `-${flag.short}, `}--${flag.name}=${flag.kind === 'bool' ? 'false' : "''"}\n`).join('')}`,
    );
    yield* session.context.checkpoint();
    return 0;
  },
};
