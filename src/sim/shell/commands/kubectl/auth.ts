/** `kubectl auth can-i` and `whoami` (kubectl pkg/cmd/auth, v0.37). */
import { ADMIN, isAllowed } from '../../../kube/apiserver/authorization.ts';
import { resourceOfArgument } from '../../../kube/apiserver/resource.ts';
import { commandGroup } from './command-group.ts';
import { Failure, silentFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { ColumnWriter } from './output/column-writer.ts';
import type { Verb } from './verb.ts';

const VERBS = new Set([
  'get',
  'list',
  'watch',
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
  'use',
  'bind',
  'impersonate',
  '*',
  'approve',
  'sign',
  'escalate',
  'attest',
]);

/** What cluster roles bound to all who are known allow (system:basic-user, system:discovery, system:public-info-viewer). */
const EVERYBODYS_RIGHTS: readonly (readonly string[])[] = [
  ...['selfsubjectreviews.authentication', 'selfsubjectaccessreviews.authorization', 'selfsubjectrulesreviews.authorization'].map((name) => [
    `${name}.k8s.io`,
    '[]',
    '[]',
    '[create]',
  ]),
  ...['/api/*', '/api', '/apis/*', '/apis', '/healthz', '/healthz', '/livez', '/livez', '/openapi/*', '/openapi', '/readyz', '/readyz']
    .concat('/version/', '/version/', '/version', '/version')
    .map((path) => ['', `[${path}]`, '[]', '[get]']),
];

const canI: Verb = {
  name: 'can-i',
  short: 'Check whether an action is allowed',
  usage: 'VERB [TYPE | TYPE/NAME | NONRESOURCEURL]',
  flags: flagsOf('A|all-namespaces!', 'chunk-size#500', 'list!', 'no-headers!', 'q|quiet!', 'subresource='),
  *run(session, input) {
    const { args, flags } = input;
    const server = yield* session.server();
    const user = session.options().user ?? ADMIN;
    if (flags.bool('list')) {
      const rows = [
        ['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'],
        ['*.*', '[]', '[]', '[*]'],
        ['', '[*]', '[]', '[*]'],
      ];
      const [head = [], ...everything] = rows;
      session.out(new ColumnWriter().lines([head, ...(user === ADMIN ? everything : []), ...EVERYBODYS_RIGHTS]));
      return 0;
    }
    const [verb, target, name, ...more] = args;
    if (verb === undefined || target === undefined || more.length > 0)
      throw new Failure(
        "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
      );
    if (!VERBS.has(verb)) session.warn(`verb '${verb}' is not a known verb\n`);
    const [type = '', slashed = ''] = target.split('/');
    const resource = resourceOfArgument(type);
    if (resource === undefined && !target.startsWith('/') && type !== '*') session.warn(`the server doesn't have a resource type '${type}'\n`);
    const { name: namespace } = yield* session.namespace();
    if (resource !== undefined && !resource.namespaced)
      session.warn(
        resource.group === ''
          ? `resource '${resource.plural}' is not namespace scoped\n`
          : `resource '${resource.plural}' is not namespace scoped in group '${resource.group}'\n`,
      );
    yield* session.context.sleep(4);
    const everything = user.groups.includes('system:masters') || user.groups.includes('kubeadm:cluster-admins');
    const allowed =
      everything ||
      (resource !== undefined &&
        isAllowed(
          {
            user,
            verb,
            resource,
            subresource: flags.text('subresource'),
            namespace: resource.namespaced && !flags.bool('all-namespaces') ? namespace : '',
            name: name ?? slashed,
          },
          server.storage,
        ));
    if (!flags.bool('quiet')) session.out(allowed ? 'yes\n' : 'no\n');
    if (!allowed) throw silentFailure(1);
    return 0;
  },
};

const whoami: Verb = {
  name: 'whoami',
  short: 'Experimental: Check self subject attributes',
  flags: flagsOf('o|output='),
  *run(session) {
    yield* session.server();
    const { name, groups } = session.options().user ?? ADMIN;
    session.out(
      new ColumnWriter().lines([
        ['ATTRIBUTE', 'VALUE'],
        ['Username', name],
        ['Groups', `[${groups.join(' ')}]`],
        ...(session.options().user === undefined
          ? [
              [
                'Extra: authentication.kubernetes.io/credential-id',
                `[X509SHA256=${session.context.simulation.random.string(64, '0123456789abcdef')}]`,
              ],
            ]
          : []),
      ]),
    );
    return 0;
  },
};

export const auth = commandGroup({ name: 'auth', group: 'Troubleshooting and Debugging Commands:', short: 'Inspect authorization' }, [canI, whoami]);
