/** `kubectl expose` (kubectl pkg/cmd/expose/expose.go, v0.37). */
import type { ApiObject } from '../../../kube/apiserver/object.ts';
import { FILE_FLAGS, WRITE_FLAGS } from './common-flags.ts';
import { Failure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { createObject } from './generate/create-object.ts';
import { withOverrides } from './generate/overrides.ts';
import { fieldOf, listAt, mapAt, numberAt, textAt } from './output/plain-value.ts';
import type { Plain } from './output/plain-value.ts';
import { fetchObjects } from './request/fetch.ts';
import type { FlagValues } from './flags.ts';
import type { Verb } from './verb.ts';

const EXPOSABLE = new Set(['pods', 'services', 'replicationcontrollers', 'deployments.apps', 'replicasets.apps']);

export const expose: Verb = {
  name: 'expose',
  group: 'Basic Commands (Beginner):',
  short: 'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service',
  long: 'Expose a resource as a new Kubernetes service.',
  usage:
    '(-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--external-ip=external-ip-of-service] [--type=type]',
  flags: [
    ...FILE_FLAGS,
    ...WRITE_FLAGS,
    ...flagsOf(
      'cluster-ip=',
      'external-ip=',
      'l|labels=',
      'load-balancer-ip=',
      'name=',
      'overrides=',
      'override-type=',
      'port=',
      'protocol=',
      'selector=',
      'session-affinity=',
      'target-port=',
      'type=',
    ),
  ],
  *run(session, input) {
    const { flags } = input;
    const fetched = yield* fetchObjects(session, input.args.length === 0 ? [] : input.args, { allowTypes: false });
    fetched.failures.throwAny();
    for (const { resource, object, name } of fetched.infos) {
      if (!EXPOSABLE.has(resource.key)) throw new Failure(`cannot expose a ${resource.kind}${resource.group === '' ? '' : `.${resource.group}`}`);
      const selector = flags.text('selector') === '' ? selectorOf(object) : pairs(flags.text('selector'));
      const ports = portsOf(object, flags);
      const labels = flags.text('labels') === '' ? (object.metadata.labels ?? {}) : pairs(flags.text('labels'));
      const [type, clusterIP, externalIP, affinity, loadBalancerIP] = [
        'type',
        'cluster-ip',
        'external-ip',
        'session-affinity',
        'load-balancer-ip',
      ].map((flag) => flags.text(flag));
      yield* createObject(
        session,
        withOverrides(
          {
            apiVersion: 'v1',
            kind: 'Service',
            metadata: {
              ...(Object.keys(labels).length === 0 ? {} : { labels }),
              name: flags.text('name') === '' ? name.slice(0, 63) : flags.text('name'),
            },
            spec: {
              ...(clusterIP === '' ? {} : { clusterIP }),
              ...(externalIP === '' ? {} : { externalIPs: [externalIP] }),
              ...(loadBalancerIP === '' ? {} : { loadBalancerIP }),
              ...(ports.length === 0 ? {} : { ports }),
              selector,
              ...(affinity === '' ? {} : { sessionAffinity: affinity }),
              ...(type === '' ? {} : { type }),
            },
            status: { loadBalancer: {} },
          },
          flags.text('overrides'),
        ),
        { operation: 'exposed' },
      );
    }
    return 0;
  },
};

function pairs(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [key = '', value] = pair.split('=');
      if (value === undefined) throw new Failure(`unexpected label spec: ${pair}`);
      return [key, value];
    }),
  );
}

function selectorOf(object: ApiObject): Plain {
  const unfit = (why: string): Failure => new Failure(`couldn't retrieve selectors via --selector flag or introspection: ${why}`);
  if (object.kind === 'Pod') {
    if (Object.keys(object.metadata.labels ?? {}).length === 0) throw unfit('the pod has no labels and cannot be exposed');
    return object.metadata.labels;
  }
  const spec = fieldOf(object, 'spec');
  if (object.kind === 'Service' || object.kind === 'ReplicationController') {
    const selector = mapAt(spec, 'selector');
    if (Object.keys(selector).length === 0) throw unfit('the service has no pod selector set');
    return selector;
  }
  if (listAt(spec, 'selector', 'matchExpressions').length > 0)
    throw unfit(
      `couldn't convert expressions - "${listAt(spec, 'selector', 'matchExpressions')
        .map((each) => JSON.stringify(each))
        .join(' ')}" to map-based selector format`,
    );
  return mapAt(spec, 'selector', 'matchLabels');
}

/** As strconv.Atoi reads it. */
function portNumber(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new Failure(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}

function portsOf(object: ApiObject, flags: FlagValues): readonly Readonly<Record<string, unknown>>[] {
  const own =
    object.kind === 'Service'
      ? listAt(object, 'spec', 'ports')
      : listAt(object, 'spec', ...(object.kind === 'Pod' ? [] : ['template', 'spec']), 'containers').flatMap((container) =>
          listAt(container, 'ports'),
        );
  const numberOf = (port: Plain): number => numberAt(port, 'containerPort') || numberAt(port, 'port');
  const given = flags.text('port');
  const numbers = given === '' ? own.map(numberOf) : given.split(',').map(portNumber);
  if (numbers.length === 0 && flags.text('cluster-ip') !== 'None') throw new Failure("couldn't find port via --port flag or introspection");
  const target = flags.text('target-port');
  const targetPort = target === '' ? undefined : /^\d+$/.test(target) ? Number(target) : target;
  return numbers.map((port, index) => {
    const protocol =
      flags.text('protocol').toUpperCase() ||
      textAt(
        own.find((each) => numberOf(each) === port),
        'protocol',
      ) ||
      'TCP';
    return { ...(numbers.length > 1 ? { name: `port-${String(index + 1)}` } : {}), port, protocol, targetPort: targetPort ?? port };
  });
}
