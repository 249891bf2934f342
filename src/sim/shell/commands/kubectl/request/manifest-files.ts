/** Reads what -f names: files, directories, standard input; and takes their documents apart as kubectl does. */
import { decodeObject } from '../../../../kube/api/decode/decode-object.ts';
import type { FieldValidation } from '../../../../kube/api/decode/decode-object.ts';
import type { ManifestDocument } from '../../../../kube/api/decode/manifest.ts';
import { parseManifest } from '../../../../kube/api/decode/parse-manifest.ts';
import { apiVersionOf as versionOf } from '../../../../kube/api/schema/resources.ts';
import { badRequest, failure } from '../../../../kube/api/status.ts';
import type { Status } from '../../../../kube/api/status.ts';
import type { ApiObject } from '../../../../kube/apiserver/object.ts';
import { resourceOfKind } from '../../../../kube/apiserver/resource.ts';
import type { Resource } from '../../../../kube/apiserver/resource.ts';
import { isErrno } from '../../../../linux/errno.ts';
import type { Blocking } from '../../../../linux/process/process-context.ts';
import { Failure, plainFailure } from '../failure.ts';
import type { Session } from '../session.ts';

export interface ManifestObject {
  readonly kind: 'object';
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
  readonly document: ManifestDocument;
  /** The file, as messages name it. */
  readonly source: string;
}

export type ManifestEntry = ManifestObject | { readonly kind: 'failure'; readonly failure: Failure };

/** All objects that -f names, in order; documents that cannot be read are failures in their place. */
export function* readManifests(session: Session, options: { readonly validation: FieldValidation }): Blocking<readonly ManifestEntry[]> {
  const { name: namespace, explicit } = yield* session.namespace();
  const entries: ManifestEntry[] = [];
  for (const { source, text } of yield* readFiles(session)) {
    const manifest = parseManifest(text, { file: source, validate: options.validation !== 'Ignore' });
    for (const document of manifest.documents) {
      if (document.kind === 'refused') entries.push({ kind: 'failure', failure: new Failure(document.finding.message) });
      else entries.push(placed(document, { source, namespace, explicit }));
    }
    if (manifest.error !== undefined) entries.push({ kind: 'failure', failure: new Failure(manifest.error.message) });
  }
  return entries;
}

function placed(
  document: ManifestDocument,
  context: { readonly source: string; readonly namespace: string; readonly explicit: boolean },
): ManifestEntry {
  const { source } = context;
  const resource = resourceOfKind(versionOf(document.resource), document.resource.kind);
  if (resource === undefined)
    return { kind: 'failure', failure: new Failure(`the simulated cluster does not store kind "${document.resource.kind}"`) };
  if (context.explicit && resource.namespaced && document.namespace !== '' && document.namespace !== context.namespace) {
    const message = `the namespace from the provided object "${document.namespace}" does not match the namespace "${context.namespace}". You must pass '--namespace=${document.namespace}' to perform this operation.`;
    return { kind: 'failure', failure: new Failure(message) };
  }
  const namespace = !resource.namespaced ? '' : document.namespace === '' ? context.namespace : document.namespace;
  return { kind: 'object', resource, namespace, name: document.name, document, source };
}

/** The object as the server decodes it. @returns a Status where it refuses that */
export function decoded(session: Session, entry: ManifestObject, validation: FieldValidation): ApiObject | Status {
  const result = decodeObject(entry.document, validation);
  if (result.kind === 'refused') {
    if (result.reason === 'notModelled') throw new Failure(result.message);
    return result.reason === 'RequestEntityTooLarge' ? failure(result.reason, result.message) : badRequest(result.message);
  }
  for (const warning of result.warnings) session.warn(warning);
  return result.object as unknown as ApiObject;
}

/** That there is something to read: `-f` or `-k`. Errors: as FilenameOptions.validate and RequireFilenameOrKustomize word them */
export function demandFiles(session: Session): void {
  const [files, kustomization] = [session.flags.list('filename').length > 0, session.flags.text('kustomize') !== ''];
  if (!files && !kustomization) throw new Failure('must specify one of -f and -k');
  if (files && kustomization) throw new Failure('only one of -f or -k can be specified');
}

const KUSTOMIZATIONS = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Building a kustomization is not modelled; that there is none is said. */
export function refuseKustomization(session: Session, folder: string): Failure {
  const { context } = session;
  const path = folder.startsWith('/') ? folder : `${context.cwd}/${folder}`.replace(/(?:\/\.)?\/?$/, '');
  const found = KUSTOMIZATIONS.some((name) => !isErrno(context.kernel.vfs.stat(context.process, `${folder.replace(/\/$/, '')}/${name}`)));
  if (found) return new Failure('building a kustomization is not modelled in this simulated cluster');
  return new Failure(`unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${path}'`);
}

interface InputFile {
  readonly source: string;
  readonly text: string;
}

function* readFiles(session: Session): Blocking<readonly InputFile[]> {
  const files: InputFile[] = [];
  const folder = session.flags.text('kustomize');
  if (folder !== '') throw refuseKustomization(session, folder);
  for (const path of session.flags.list('filename')) {
    if (path === '-') {
      const text = yield* session.context.readAll(0);
      if (!isErrno(text)) files.push({ source: 'STDIN', text });
    } else if (/^https?:\/\//.test(path)) {
      const host = /^https?:\/\/([^/:]+)/.exec(path)?.[1] ?? '';
      if (host === '') throw new Failure('', { text: 'Unable to connect to the server: http: no Host in request URL\n' });
      if (/^\d+(?:\.\d+){3}$/.test(host)) {
        const address = /^https?:\/\/([^/]+)/.exec(path)?.[1] ?? host;
        throw plainFailure(`The connection to the server ${address} was refused - did you specify the right host or port?`);
      }
      throw new Failure('', { text: `Unable to connect to the server: dial tcp: lookup ${host} on 192.168.2.1:53: no such host\n` });
    } else files.push(...(yield* readPath(session, path)));
  }
  return files;
}

/** As Go's filepath.Join: `.` says nothing and one slash is enough. */
function joined(folder: string, name: string): string {
  const parts = `${folder}/${name}`.split('/').filter((part, index) => part !== '.' && (part !== '' || index === 0));
  return parts.join('/');
}

function* readPath(session: Session, path: string): Blocking<readonly InputFile[]> {
  const { context } = session;
  const { vfs } = context.kernel;
  const status = vfs.stat(context.process, path);
  if (isErrno(status))
    throw new Failure(
      status.code === 'ENOENT'
        ? `the path "${path}" does not exist`
        : `the path "${path}" cannot be accessed: stat ${path}: ${status.text.toLowerCase()}`,
    );
  if (status.kind !== 'directory') {
    const text = yield* context.readFile(path);
    if (isErrno(text)) throw new Failure(`open ${path}: ${text.text.toLowerCase()}`);
    return [{ source: path, text }];
  }
  const files: InputFile[] = [];
  const names = vfs.readdir(context.process, path);
  if (isErrno(names)) throw new Failure(`error reading "${path}": open ${path}: ${names.text.toLowerCase()}`);
  for (const name of names) {
    const inner = joined(path, name);
    const kind = vfs.stat(context.process, inner);
    if (isErrno(kind)) continue;
    if (kind.kind === 'directory' ? session.flags.bool('recursive') : /\.(?:json|yaml|yml)$/.test(name))
      files.push(...(yield* readPath(session, inner)));
  }
  if (files.length === 0) throw new Failure(`error reading [${path}]: recognized file extensions are [.json .yaml .yml]`);
  return files;
}
