/** Roles and their bindings (kubectl pkg/cmd/create/create_role.go, create_rolebinding.go, v0.37). */
import type { Resource } from '../../../../kube/apiserver/resource.ts';
import { Failure, plainFailure } from '../failure.ts';
import { flagsOf } from '../flags.ts';
import { resourceNamed } from '../request/resource-arguments.ts';
import type { Invocation, Verb } from '../verb.ts';
import { generator, nameOf } from './generator.ts';

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

/** Its absence is told without kubectl's "error:" (a RESTMapper's error that CheckErr knows). */
function knownResource(type: string): Resource {
  try {
    return resourceNamed(type);
  } catch (failure) {
    throw failure instanceof Failure ? plainFailure(failure.message) : failure;
  }
}

const VERBS = new Set('* get delete list create update patch watch proxy deletecollection use bind escalate impersonate'.split(' '));

/** `role` or `clusterrole`. */
export function role(name: string, kind: string): Verb {
  return generator(
    name,
    {
      short: `Create a ${name === 'role' ? 'role with single rule' : 'cluster role'}`,
      usage: 'NAME --verb=verb --resource=resource.group/subresource',
      flags: flagsOf('verb,', 'resource,', 'resource-name,'),
    },
    (input, _sources, session) => {
      const verbs = input.flags.list('verb');
      if (verbs.length === 0) throw new Failure('at least one verb must be specified');
      if (input.flags.list('resource').length === 0) throw new Failure('at least one resource must be specified');
      for (const verb of verbs) if (!VERBS.has(verb)) session.err(`Warning: '${verb}' is not a standard resource verb\n`);
      const resourceNames = input.flags.list('resource-name');
      const byGroup = new Map<string, string[]>();
      for (const word of input.flags.list('resource')) {
        const [type = '', sub] = word.split('/');
        const resource = type === '*' ? undefined : knownResource(type);
        const group = resource?.group ?? '';
        byGroup.set(group, [...(byGroup.get(group) ?? []), `${resource?.plural ?? '*'}${sub === undefined ? '' : `/${sub}`}`]);
      }
      const rules = [...byGroup].map(([group, resources]) => ({
        apiGroups: [group],
        ...(resourceNames.length === 0 ? {} : { resourceNames }),
        resources,
        verbs,
      }));
      return { apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata: { name: nameOf(input) }, rules };
    },
  );
}

/** `rolebinding` or `clusterrolebinding`. */
export function binding(name: string, kind: string): Verb {
  return generator(
    name,
    {
      short: `Create a ${name === 'rolebinding' ? 'role binding for a particular role or cluster role' : 'cluster role binding for a particular cluster role'}`,
      failing: `${name}:`,
      usage: 'NAME --clusterrole=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname]',
      flags: flagsOf('clusterrole=', 'role=', 'user+', 'group+', 'serviceaccount+'),
    },
    (input) => {
      const [cluster, own] = [input.flags.text('clusterrole'), input.flags.text('role')];
      if ((cluster === '') === (own === '')) throw new Failure('exactly one of clusterrole or role must be specified');
      const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: cluster === '' ? 'Role' : 'ClusterRole', name: cluster === '' ? own : cluster };
      const subjects = subjectsOf(input);
      return {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind,
        metadata: { name: nameOf(input) },
        roleRef,
        ...(subjects.length === 0 ? {} : { subjects }),
      };
    },
  );
}
