/** Finds and reads the kubeconfig: flag, KUBECONFIG, ~/.kube/config, and on a kubeadm control plane the administrator's own. */
import { isErrno } from '../../../../linux/errno.ts';
import type { Blocking, ProcessContext } from '../../../../linux/process/process-context.ts';
import { readDocuments } from '../../../../kube/api/decode/read-documents.ts';
import { Failure, plainFailure } from '../failure.ts';
import { fieldOf, listAt, textAt } from '../output/plain-value.ts';
import type { Plain } from '../output/plain-value.ts';

export interface Kubeconfig {
  /** Where changes are written. */
  readonly path: string;
  /** The file as a plain value; an empty object when there is none. */
  readonly value: Plain;
}

export interface ChosenContext {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string;
  /** `https://192.168.2.204:6443`; `http://localhost:8080` when nothing is configured. */
  readonly server: string;
}

const ADMINISTRATOR = '/etc/kubernetes/admin.conf';

/** Reads the kubeconfig that counts. Errors: a file named by flag that is not there */
export function* readKubeconfig(context: ProcessContext, explicit: string): Blocking<Kubeconfig> {
  if (explicit !== '') {
    const text = yield* context.readFile(explicit);
    if (isErrno(text)) throw new Failure(`${text.code === 'ENOENT' ? 'stat' : 'open'} ${explicit}: ${text.text.toLowerCase()}`);
    return { path: explicit, value: parsed(text, explicit) };
  }
  const home = context.env.get('HOME') ?? '/root';
  const fromEnvironment = (context.env.get('KUBECONFIG') ?? '').split(':').filter((path) => path !== '');
  const paths = fromEnvironment.length > 0 ? fromEnvironment : [`${home}/.kube/config`, ADMINISTRATOR];
  for (const path of paths) {
    const text = yield* context.readFile(path);
    if (!isErrno(text)) return { path, value: parsed(text, path) };
  }
  return { path: paths[0] ?? ADMINISTRATOR, value: {} };
}

function parsed(text: string, path: string): Plain {
  const { documents, error } = readDocuments(text);
  if (error !== undefined) throw new Failure(`error loading config file "${path}": ${error.message.replace(/^error converting YAML to JSON: /, '')}`);
  return documents[0]?.root.value ?? {};
}

/** The context that flags and file choose together. Errors: a context that does not exist */
export function chosenContext(
  config: Kubeconfig,
  wanted: { readonly context: string; readonly server: string; readonly cluster: string },
): ChosenContext {
  const name = wanted.context === '' ? textAt(config.value, 'current-context') : wanted.context;
  const context = named(config.value, 'contexts', name);
  if (context === undefined && wanted.context !== '')
    throw plainFailure(`Error in configuration: context was not found for specified context: ${wanted.context}`);
  const cluster = wanted.cluster === '' ? textAt(context, 'context', 'cluster') : wanted.cluster;
  const found = named(config.value, 'clusters', cluster);
  if (found === undefined && wanted.cluster !== '') throw new Failure(`cluster "${wanted.cluster}" does not exist`);
  const server = wanted.server === '' ? textAt(found, 'cluster', 'server') : wanted.server;
  return {
    name,
    cluster,
    user: textAt(context, 'context', 'user'),
    namespace: textAt(context, 'context', 'namespace'),
    server: server === '' ? 'http://localhost:8080' : server,
  };
}

function named(config: Plain, list: string, name: string): Plain {
  return listAt(config, list).find((entry) => fieldOf(entry, 'name') === name);
}
