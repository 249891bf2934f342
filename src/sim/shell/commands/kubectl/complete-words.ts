/** What Tab offers behind `kubectl`: subcommands, flags, types, and names of objects that exist (cobra's completion, kubectl pkg/util/completion). */
import { RESOURCES, resourceOfArgument } from '../../../kube/apiserver/resource.ts';
import type { ApiServer } from '../../../kube/apiserver/api-server.ts';
import { clusterOf } from '../../../kube/cluster.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import { GLOBAL_FLAGS } from './common-flags.ts';
import type { Verb } from './verb.ts';

const FORMATS = ['json', 'yaml', 'name', 'wide', 'jsonpath=', 'custom-columns=', 'go-template='];
/** Subcommands whose first word is a Pod, or TYPE/NAME. */
const ABOUT_PODS = new Set(['exec', 'logs', 'attach', 'port-forward', 'debug', 'cp']);
const ABOUT_NODES = new Set(['cordon', 'uncordon', 'drain']);
const WITHOUT_OBJECTS = new Set([
  'create',
  'apply',
  'replace',
  'run',
  'config',
  'version',
  'api-resources',
  'api-versions',
  'cluster-info',
  'options',
  'events',
  'auth',
]);

/** @param words the line from `kubectl` on; the last is the one to be completed */
export function completeWords(verbs: readonly Verb[], context: ProcessContext, words: readonly string[]): readonly string[] {
  const last = words.at(-1) ?? '';
  const before = words.slice(1, -1);
  if (before.includes('--')) return [];
  const { verb, children, args } = walk(verbs, before);
  if (last.startsWith('-')) return [...(verb?.flags ?? []), ...GLOBAL_FLAGS].map((flag) => `--${flag.name}${flag.bare === undefined ? '=' : ''}`);
  const server = clusterOf(context.kernel)?.apiServer;
  const previous = before.at(-1) ?? '';
  const namespace = valueOf(before, ['-n', '--namespace']) ?? 'default';
  if (previous === '-n' || previous === '--namespace') return names(server, 'namespaces', undefined);
  if (previous === '-o' || previous === '--output') return FORMATS;
  if (previous === '-c' || previous === '--container') return containers(server, namespace, args[0] ?? '');
  if (previous === '-f' || previous === '--filename') return [];
  if (verb === undefined || children.length > 0) return (verb === undefined ? verbs : children).map((each) => each.name);
  if (WITHOUT_OBJECTS.has(verb.name)) return [];
  if (ABOUT_NODES.has(verb.name)) return names(server, 'nodes', undefined);
  if (ABOUT_PODS.has(verb.name))
    return args.length > 0 ? [] : last.includes('/') ? slashed(server, namespace, last) : names(server, 'pods', namespace);
  if (last.includes('/')) return slashed(server, namespace, last);
  const [type] = args;
  if (type === undefined) return RESOURCES.filter((resource) => resource.verbs.includes('list')).map((resource) => resource.plural);
  return ofType(server, type, namespace);
}

function walk(
  verbs: readonly Verb[],
  words: readonly string[],
): { readonly verb: Verb | undefined; readonly children: readonly Verb[]; readonly args: readonly string[] } {
  let verb: Verb | undefined;
  let children = verbs;
  const args: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word.startsWith('-')) {
      const flag = [...(verb?.flags ?? []), ...GLOBAL_FLAGS].find((each) => word === `--${each.name}` || word === `-${each.short ?? ''}`);
      if (flag !== undefined && flag.bare === undefined) i++;
      continue;
    }
    const next = children.find((each) => each.name === word || (each.aliases ?? []).includes(word));
    if (next === undefined) args.push(word);
    else {
      verb = next;
      children = next.children ?? [];
    }
  }
  return { verb, children: verb === undefined ? [] : children, args };
}

function valueOf(words: readonly string[], flags: readonly string[]): string | undefined {
  const at = words.findIndex((word) => flags.includes(word));
  return at < 0 ? undefined : words[at + 1];
}

function names(server: ApiServer | undefined, key: string, namespace: string | undefined): readonly string[] {
  return server === undefined
    ? []
    : server.storage.sorted(key, namespace).map((object) => (object as { readonly metadata: { readonly name: string } }).metadata.name);
}

function ofType(server: ApiServer | undefined, type: string, namespace: string): readonly string[] {
  const resource = resourceOfArgument(type);
  return resource === undefined ? [] : names(server, resource.key, resource.namespaced ? namespace : undefined);
}

function slashed(server: ApiServer | undefined, namespace: string, word: string): readonly string[] {
  const type = word.slice(0, word.indexOf('/'));
  return ofType(server, type, namespace).map((name) => `${type}/${name}`);
}

function containers(server: ApiServer | undefined, namespace: string, pod: string): readonly string[] {
  const found = server?.storage.get('pods', namespace, pod.replace(/^pods?\/|^po\//, ''));
  return found === undefined
    ? []
    : [...found.spec.containers, ...(found.spec.initContainers ?? []), ...(found.spec.ephemeralContainers ?? [])].map((container) => container.name);
}
