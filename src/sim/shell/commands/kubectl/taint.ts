/** `kubectl taint` (kubectl pkg/cmd/taint, v0.37). */
import { isStatus } from '../../../kube/apiserver/object.ts';
import type { Node } from '../../../kube/api/types-core.ts';
import { labelKeyProblems, labelValueProblems } from '../../../kube/api/validation/names.ts';
import { SELECTOR_FLAG, VALIDATE_FLAG, WRITE_FLAGS } from './common-flags.ts';
import { Failure, FailureList, StatusFailure, usageFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { changePrinter } from './output/change-printer.ts';
import { resourceNamed } from './request/resource-arguments.ts';
import type { Verb } from './verb.ts';

const EFFECTS = new Set(['NoSchedule', 'PreferNoSchedule', 'NoExecute']);

export const taint: Verb = {
  name: 'taint',
  group: 'Cluster Management Commands:',
  short: 'Update the taints on one or more nodes',
  long: 'Update the taints on one or more nodes.',
  usage: 'NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N',
  flags: [...SELECTOR_FLAG, ...WRITE_FLAGS, ...VALIDATE_FLAG, ...flagsOf('all!', 'overwrite!')],
  *run(session, input) {
    const specs = input.args.filter((arg) => arg.includes('=') || arg.includes(':') || arg.endsWith('-'));
    const words = input.args.filter((arg) => !specs.includes(arg)).flatMap((arg) => arg.split('/'));
    const [type = '', ...names] = words;
    if (words.length === 0) throw new Failure('one or more resources must be specified as <resource> <name>');
    if (specs.length === 0) throw new Failure('at least one taint update is required');
    const { added, removed } = readTaints(specs, input.path);
    if (resourceNamed(type).key !== 'nodes') throw new Failure(`invalid resource type ${type}, only node types are supported`);
    const { print, dryRun } = yield* changePrinter(session);
    const failures = new FailureList();
    const selector = input.flags.text('selector');
    const nodes: Node[] = [];
    if (selector !== '' || input.flags.bool('all')) {
      const list = yield* session.demand((server, options) =>
        server.list('nodes', { namespace: undefined, ...(selector === '' ? {} : { labelSelector: selector }) }, options),
      );
      nodes.push(...list.items);
    } else {
      if (names.length === 0) throw new Failure("at least one resource name must be specified since 'all' parameter is not set");
      for (const name of names) {
        const node = yield* session.ask((server, options) => server.get('nodes', '', name, options));
        if (isStatus(node)) failures.add(new StatusFailure(node));
        else nodes.push(node);
      }
    }
    for (const node of nodes) {
      try {
        const { taints, operation } = changed(node, { added, removed, overwrite: input.flags.bool('overwrite') });
        const body = { spec: { taints: taints.length === 0 ? null : taints } };
        const object =
          dryRun === 'client'
            ? node
            : yield* session.demand(
                (server, options) => server.patch('nodes', { namespace: '', name: node.metadata.name }, { type: 'merge', body }, options),
                { dryRun },
              );
        print({ resource: resourceNamed('nodes'), object, operation });
      } catch (failure) {
        failures.add(failure);
      }
    }
    failures.throwAny();
    return 0;
  },
};

interface TaintChange {
  readonly key: string;
  /** Empty: any, for removals. */
  readonly effect: string;
  readonly value?: string;
}

/** A bad taint is a misuse of the command. */
function readTaints(specs: readonly string[], path: string): ReturnType<typeof parsedTaints> {
  try {
    return parsedTaints(specs);
  } catch (failure) {
    throw failure instanceof Failure ? usageFailure(path, failure.message) : failure;
  }
}

function parsedTaints(specs: readonly string[]): { readonly added: readonly TaintChange[]; readonly removed: readonly TaintChange[] } {
  const added: TaintChange[] = [];
  const removed: TaintChange[] = [];
  for (const spec of specs) {
    const removal = spec.endsWith('-');
    const text = removal ? spec.slice(0, -1) : spec;
    const parts = text.split(':');
    if (parts.length > 2) throw new Failure(`invalid taint spec: ${text}`);
    const [pair = '', effect = ''] = parts;
    const [key = '', value, ...more] = pair.split('=');
    if (more.length > 0) throw new Failure(`invalid taint spec: ${text}`);
    // Without an effect the whole text is taken for a key (taints.go parseTaint).
    const whole = parts.length === 1;
    const problems = [...labelKeyProblems(whole ? text : key), ...(value === undefined || whole ? [] : labelValueProblems(value))];
    if (problems.length > 0) throw new Failure(`invalid taint spec: ${text}, ${problems.join('; ')}`);
    if (effect === '' && !removal) throw new Failure(`invalid taint spec: ${text}`);
    if (effect !== '' && !EFFECTS.has(effect)) throw new Failure(`invalid taint effect: ${effect}, unsupported taint effect`);
    (removal ? removed : added).push({ key, effect, ...(value === undefined || value === '' ? {} : { value }) });
  }
  return { added, removed };
}

function changed(
  node: Node,
  wish: { readonly added: readonly TaintChange[]; readonly removed: readonly TaintChange[]; readonly overwrite: boolean },
): { readonly taints: readonly TaintChange[]; readonly operation: string } {
  const present = (node.spec.taints ?? []) as readonly TaintChange[];
  const same = (a: TaintChange, b: TaintChange): boolean => a.key === b.key && (b.effect === '' || a.effect === b.effect);
  if (!wish.overwrite) {
    const clashing = wish.added.filter((taint) => present.some((each) => same(each, taint))).map((taint) => taint.key);
    if (clashing.length > 0)
      throw new Failure(`node ${node.metadata.name} already has ${clashing.join(',')} taint(s) with same effect(s) and --overwrite is false`);
  }
  for (const taint of wish.removed) {
    if (!present.some((each) => same(each, taint)))
      throw new Failure(`taint "${taint.key}${taint.effect === '' ? '' : `:${taint.effect}`}" not found`);
  }
  const kept = present.filter((each) => !wish.removed.some((taint) => same(each, taint)) && !wish.added.some((taint) => same(each, taint)));
  const operation =
    wish.added.length === 0
      ? 'untainted'
      : wish.removed.length > 0 || wish.added.some((taint) => present.some((each) => same(each, taint)))
        ? 'modified'
        : 'tainted';
  return { taints: [...wish.added, ...kept], operation };
}
