/** `kubectl config` (kubectl pkg/cmd/config, v0.37): what is in the kubeconfig, and changing its contexts. */
import type { Blocking } from '../../../linux/process/process-context.ts';
import { isErrno } from '../../../linux/errno.ts';
import { commandGroup } from './command-group.ts';
import { OUTPUT_FLAGS } from './common-flags.ts';
import { Failure, usageFailure } from './failure.ts';
import { flagsOf } from './flags.ts';
import { ColumnWriter } from './output/column-writer.ts';
import { objectPrinter } from './output/object-printer.ts';
import { fieldOf, isList, isMap, listAt, textAt } from './output/plain-value.ts';
import type { Plain, PlainMap } from './output/plain-value.ts';
import { yamlText } from './output/yaml.ts';
import type { Session } from './session.ts';
import type { Verb } from './verb.ts';

const SECRETS = new Set(['certificate-authority-data', 'client-certificate-data', 'client-key-data', 'token', 'password']);

function redacted(value: Plain): Plain {
  if (isList(value)) return value.map(redacted);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, each]) => !(key === 'preferences' && isMap(each) && Object.keys(each).length === 0))
      .map(([key, each]) => [key, SECRETS.has(key) ? (key.endsWith('-data') ? 'DATA+OMITTED' : 'REDACTED') : redacted(each)]),
  );
}

const EMPTY = { apiVersion: 'v1', clusters: null, contexts: null, 'current-context': '', kind: 'Config', users: null };

function* configMap(session: Session): Blocking<PlainMap> {
  const { value } = yield* session.config();
  return isMap(value) && Object.keys(value).length > 0 ? value : EMPTY;
}

function* save(session: Session, value: PlainMap): Blocking<void> {
  const { path } = yield* session.config();
  const problem = session.context.writeFile(path, yamlText(value), { mode: 0o600 });
  if (isErrno(problem)) throw new Failure(`open ${path}: ${problem.text.toLowerCase()}`);
}

function contextNamed(config: PlainMap, name: string): Plain {
  return listAt(config, 'contexts').find((entry) => textAt(entry, 'name') === name);
}

const view: Verb = {
  name: 'view',
  short: 'Display merged kubeconfig settings or a specified kubeconfig file',
  flags: [...OUTPUT_FLAGS, ...flagsOf('flatten!', 'merge!true', 'minify!', 'raw!')],
  *run(session, input) {
    const config = yield* configMap(session);
    const printer = yield* objectPrinter(session);
    const shown = input.flags.bool('raw') || input.flags.bool('flatten') ? config : redacted(config);
    session.out(printer === undefined ? yamlText(shown) : printer(shown));
    return 0;
  },
};

const currentContext: Verb = {
  name: 'current-context',
  short: 'Display the current-context',
  flags: [],
  *run(session) {
    const name = textAt(yield* configMap(session), 'current-context');
    if (name === '') throw new Failure('current-context is not set');
    session.out(`${name}\n`);
    return 0;
  },
};

const getContexts: Verb = {
  name: 'get-contexts',
  short: 'Describe one or many contexts',
  usage: '[(-o|--output=)name)]',
  flags: flagsOf('no-headers!', 'o|output='),
  *run(session, input) {
    const config = yield* configMap(session);
    const current = textAt(config, 'current-context');
    const wanted =
      input.args.length === 0
        ? listAt(config, 'contexts')
            .map((entry) => textAt(entry, 'name'))
            .sort()
        : input.args;
    if (input.flags.text('output') === 'name') {
      session.out(wanted.map((name) => `${name}\n`).join(''));
      return 0;
    }
    const rows = wanted.map((name) => {
      const entry = contextNamed(config, name);
      if (entry === undefined) throw new Failure(`context ${name} not found`);
      return [
        name === current ? '*' : '',
        name,
        textAt(entry, 'context', 'cluster'),
        textAt(entry, 'context', 'user'),
        textAt(entry, 'context', 'namespace'),
      ];
    });
    session.out(new ColumnWriter().lines(input.flags.bool('no-headers') ? rows : [['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE'], ...rows]));
    return 0;
  },
};

const useContext: Verb = {
  name: 'use-context',
  aliases: ['use'],
  short: 'Set the current-context in a kubeconfig file',
  usage: 'CONTEXT_NAME',
  flags: [],
  *run(session, input) {
    const [name = ''] = input.args;
    const config = yield* configMap(session);
    if (contextNamed(config, name) === undefined) throw new Failure(`no context exists with the name: "${name}"`);
    yield* save(session, { ...config, 'current-context': name });
    session.out(`Switched to context "${name}".\n`);
    return 0;
  },
};

const setContext: Verb = {
  name: 'set-context',
  short: 'Set a context entry in kubeconfig',
  usage: '[NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace]',
  flags: flagsOf('current!'),
  *run(session, input) {
    const config = yield* configMap(session);
    const current = input.flags.bool('current');
    const name = current ? textAt(config, 'current-context') : (input.args[0] ?? '');
    if (current && name === '') throw new Failure('no current context is set');
    if (name === '') throw usageFailure(input.path, `Unexpected args: [${input.args.join(' ')}]`);
    const before = contextNamed(config, name);
    const changes = Object.fromEntries(
      ['cluster', 'user', 'namespace'].filter((flag) => input.flags.given(flag)).map((flag) => [flag, input.flags.text(flag)]),
    );
    const entry = {
      name,
      context: { ...(isMap(fieldOf(before, 'context')) ? (fieldOf(before, 'context') as PlainMap) : { cluster: '', user: '' }), ...changes },
    };
    const others = listAt(config, 'contexts').filter((each) => each !== before);
    const contexts = before === undefined ? [...others, entry] : listAt(config, 'contexts').map((each) => (each === before ? entry : each));
    yield* save(session, { ...config, contexts });
    session.out(`Context "${name}" ${before === undefined ? 'created' : 'modified'}.\n`);
    return 0;
  },
};

const deleteContext: Verb = {
  name: 'delete-context',
  short: 'Delete the specified context from the kubeconfig',
  usage: 'NAME',
  flags: [],
  *run(session, input) {
    const [name, ...more] = input.args;
    if (name === undefined || more.length > 0) throw new Failure(`you must specify a context name to delete`);
    const config = yield* configMap(session);
    const { path } = yield* session.config();
    const found = contextNamed(config, name);
    if (found === undefined) throw new Failure(`cannot delete context ${name}, not in ${path}`);
    if (textAt(config, 'current-context') === name)
      session.err('warning: this removed your active context, use "kubectl config use-context" to select a different one\n');
    yield* save(session, { ...config, contexts: listAt(config, 'contexts').filter((each) => each !== found) });
    session.out(`deleted context ${name} from ${path}\n`);
    return 0;
  },
};

const renameContext: Verb = {
  name: 'rename-context',
  short: 'Rename a context from the kubeconfig file',
  usage: 'CONTEXT_NAME NEW_NAME',
  flags: [],
  *run(session, input) {
    const [from, to, ...more] = input.args;
    if (from === undefined || to === undefined || more.length > 0) throw usageFailure(input.path, `Unexpected args: [${input.args.join(' ')}]`);
    const config = yield* configMap(session);
    const { path } = yield* session.config();
    const found = contextNamed(config, from);
    if (found === undefined) throw new Failure(`cannot rename the context "${from}", it's not in ${path}`);
    if (contextNamed(config, to) !== undefined)
      throw new Failure(`cannot rename the context "${from}", the context "${to}" already exists in ${path}`);
    const renamed = { ...(found as PlainMap), name: to };
    const current = textAt(config, 'current-context') === from ? { 'current-context': to } : {};
    yield* save(session, { ...config, ...current, contexts: listAt(config, 'contexts').map((each) => (each === found ? renamed : each)) });
    session.out(`Context "${from}" renamed to "${to}".\n`);
    return 0;
  },
};

/** Of `current-context` and of `contexts.NAME` and its fields; other properties are left as they are. */
const unset: Verb = {
  name: 'unset',
  short: 'Unset an individual value in a kubeconfig file',
  usage: 'PROPERTY_NAME',
  flags: [],
  *run(session, input) {
    const [property, ...more] = input.args;
    if (property === undefined || more.length > 0) throw usageFailure(input.path, `Unexpected args: [${input.args.join(' ')}]`);
    const config = yield* configMap(session);
    const [list, name, field] = property.split('.');
    if (property === 'current-context') yield* save(session, { ...config, 'current-context': '' });
    else if (list === 'contexts' && name !== undefined)
      yield* save(session, { ...config, contexts: withoutProperty(listAt(config, 'contexts'), name, field) });
    session.out(`Property "${property}" unset.\n`);
    return 0;
  },
};

function withoutProperty(contexts: readonly Plain[], name: string, field: string | undefined): readonly Plain[] {
  return contexts.flatMap((entry) => {
    if (textAt(entry, 'name') !== name) return [entry];
    if (field === undefined) return [];
    const rest = Object.fromEntries(Object.entries((fieldOf(entry, 'context') ?? {}) as PlainMap).filter(([key]) => key !== field));
    return [{ ...(entry as PlainMap), context: rest }];
  });
}

function names(verb: string, list: string, short: string): Verb {
  return {
    name: verb,
    short,
    flags: [],
    *run(session) {
      const config = yield* configMap(session);
      session.out(new ColumnWriter().lines([['NAME'], ...listAt(config, list).map((entry) => [textAt(entry, 'name')])]));
      return 0;
    },
  };
}

export const config = commandGroup(
  {
    name: 'config',
    group: 'Other Commands:',
    short: 'Modify kubeconfig files',
    long: 'Modify kubeconfig files using subcommands like "kubectl config set current-context my-context".',
    usage: 'SUBCOMMAND',
  },
  [
    currentContext,
    deleteContext,
    names('get-clusters', 'clusters', 'Display clusters defined in the kubeconfig'),
    getContexts,
    names('get-users', 'users', 'Display users defined in the kubeconfig'),
    renameContext,
    setContext,
    unset,
    useContext,
    view,
  ],
);
