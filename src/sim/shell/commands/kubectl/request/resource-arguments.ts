/**
 * What people write for objects: `po web`, `po,svc`, `deploy/x svc/y`, `all` (cli-runtime pkg/resource/builder.go, v0.37).
 * Reads words only; fetching is in fetch.ts.
 */
import { RESOURCES, resourceOfArgument } from '../../../../kube/apiserver/resource.ts';
import type { Resource } from '../../../../kube/apiserver/resource.ts';
import { Failure } from '../failure.ts';

export interface NamedTarget {
  readonly resource: Resource;
  readonly name: string;
}

export type ResourceArguments =
  | { readonly kind: 'none' }
  /** Types without names. */
  | { readonly kind: 'types'; readonly resources: readonly Resource[] }
  | { readonly kind: 'named'; readonly targets: readonly NamedTarget[]; readonly resources: readonly Resource[]; readonly slashed: boolean };

/** The resource of a type word. Errors: the server has no such type */
export function resourceNamed(word: string): Resource {
  const found = resourceOfArgument(word);
  // Short names are known as they are written only; full names and kinds in any case.
  if (found !== undefined && (word === word.toLowerCase() || !found.shortNames.includes(word.toLowerCase()))) return found;
  const [name = '', ...rest] = word.split('.');
  const group = rest.join('.');
  throw new Failure(
    group === '' ? `the server doesn't have a resource type "${name}"` : `the server doesn't have a resource type "${name}" in group "${group}"`,
  );
}

/** The types of a word such as `po,svc` or `all`. */
export function resourcesNamed(word: string): readonly Resource[] {
  return word.split(',').flatMap((each) => (each === 'all' ? RESOURCES.filter((resource) => resource.inAll) : [resourceNamed(each)]));
}

/** Reads the words behind a verb. Errors: as the builder words them */
export function resourceArguments(args: readonly string[]): ResourceArguments {
  const words = normalized(args);
  const [first] = words;
  if (first === undefined) return { kind: 'none' };
  if (words.some((word) => word.includes('/'))) {
    if (words.length > 1 && !words.every((word) => word.includes('/'))) {
      throw new Failure(
        "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
      );
    }
    const targets = words.map(slashedTarget);
    return { kind: 'named', targets, resources: targets.map((target) => target.resource), slashed: true };
  }
  const resources = resourcesNamed(first);
  if (words.length === 1) return { kind: 'types', resources };
  const [only] = resources;
  if (only === undefined || resources.length > 1) throw new Failure('you must specify only one resource');
  return { kind: 'named', targets: words.slice(1).map((name) => ({ resource: only, name })), resources, slashed: false };
}

/** `po,svc web` is `po/web svc/web`. */
function normalized(args: readonly string[]): readonly string[] {
  const [first = '', ...names] = args;
  const types = first.split(',');
  return names.length > 0 && types.length > 1 && types.every((type) => type !== '')
    ? types.flatMap((type) => names.map((name) => `${type}/${name}`))
    : args;
}

function slashedTarget(word: string): NamedTarget {
  const parts = word.split('/');
  if (parts.length !== 2) throw new Failure('arguments in resource/name form may not have more than one slash');
  const [type = '', name = ''] = parts;
  if (type === '' || name === '' || type.includes(',')) throw new Failure('arguments in resource/name form must have a single resource and name');
  return { resource: resourceNamed(type), name };
}
