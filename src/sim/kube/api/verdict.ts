// What the cluster would say to a manifest, without doing anything: the editor asks on every keystroke.
// Runs the very functions that kubectl and the API server run. Knows no language and no goal of any exercise.

import type { AdmissionLookup } from '../apiserver/admission/admission-lookup.ts';
import { isRefusal, type AdmissionRequest } from '../apiserver/admission/admission-request.ts';
import { furtherRules } from '../apiserver/admission/further-rules.ts';
import { isPlainNewPod, newPodRules } from '../apiserver/admission/new-pod.ts';
import { decodeObject } from './decode/decode-object.ts';
import type { Finding, FindingCode } from './decode/finding.ts';
import type { Manifest, ManifestDocument } from './decode/manifest.ts';
import { rangeOf } from './decode/manifest.ts';
import { parseManifest } from './decode/parse-manifest.ts';
import type { FieldError, FieldErrorReason } from './field-error.ts';
import { fieldErrorText } from './field-error.ts';
import { genericPath } from './field-path.ts';
import type { KubectlError, Status } from './status.ts';
import { alreadyExists, badRequest, failure, kubectlErrorsText, notFoundStatus } from './status.ts';
import type { KubeObject } from './types.ts';
import type { SourceRange } from './yaml/source.ts';

/**
 * - a decoder's FindingCode;
 * - `field…`: a FieldError; params `field`, `path` (without indexes), `value` (JSON, when shown), `detail`;
 * - `refused`: admission's answer without a field; params `reason` of the Status;
 * - `remark`: a warning of the server.
 */
export type ProblemCode = FindingCode | 'noObjects' | `field${FieldErrorReason}` | 'refused' | 'remark';

/** One thing to mark in the text. `message` is the real component's own text. */
export interface Problem {
  readonly code: ProblemCode;
  readonly params: Readonly<Record<string, string>>;
  readonly range: SourceRange | undefined;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

export interface VerdictContext {
  /** The namespace of the request, as `-n` or the context gives it. */
  readonly namespace: string;
  readonly lookup: AdmissionLookup;
  /** The stored object of that kind and name: it is then judged as a replacement. */
  readonly existing?: (kind: string, namespace: string, name: string) => KubeObject | undefined;
  /** The file's name in messages; default `manifest.yaml`. */
  readonly file?: string;
  /** Refuse objects that exist, as `kubectl create` does, instead of judging them as replacements. */
  readonly createOnly?: boolean;
  readonly dryRun?: boolean;
}

export interface Verdict {
  /** Objects as they would be stored, but for addresses, uids and times. */
  readonly accepted: readonly KubeObject[];
  readonly problems: readonly Problem[];
  /** What `kubectl create -f` would print. */
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Judges the text of a manifest. Never throws, whatever the text. */
export function verdictOf(text: string, context: VerdictContext): Verdict {
  const file = context.file ?? 'manifest.yaml';
  return verdictOnManifest(parseManifest(text, { file }), { ...context, file });
}

interface Tally {
  readonly accepted: KubeObject[];
  readonly problems: Problem[];
  readonly errors: KubectlError[];
  readonly warnings: string[];
  readonly lines: string[];
}

function verdictOnManifest(manifest: Manifest, context: VerdictContext & { readonly file: string }): Verdict {
  const tally: Tally = { accepted: [], problems: [], errors: [], warnings: [], lines: [] };
  for (const document of manifest.documents) {
    for (const notice of document.notices) tally.problems.push(problemOf(notice));
    if (document.kind === 'refused') {
      tally.problems.push(problemOf(document.finding));
      tally.errors.push({ kind: 'client', message: document.finding.message });
    } else judgeDocument(document, context, tally);
  }
  if (manifest.error !== undefined) {
    tally.problems.push(problemOf(manifest.error));
    tally.errors.push({ kind: 'client', message: manifest.error.message });
  }
  if (manifest.documents.length === 0 && manifest.error === undefined) {
    const message = 'no objects passed to create';
    tally.problems.push({ code: 'noObjects', params: {}, range: undefined, severity: 'error', message });
    tally.errors.push({ kind: 'client', message });
  }
  const warnings = [...new Set(tally.warnings)].map((warning) => `Warning: ${warning}\n`).join('');
  return {
    accepted: tally.accepted,
    problems: tally.problems,
    stdout: tally.lines.map((line) => `${line}\n`).join(''),
    stderr: warnings + kubectlErrorsText(tally.errors),
    exitCode: tally.errors.length > 0 ? 1 : 0,
  };
}

function judgeDocument(document: ManifestDocument, context: VerdictContext & { readonly file: string }, tally: Tally): void {
  const refuse = (status: Status): void => {
    tally.errors.push({ kind: 'server', status, request: { verb: 'creating', source: context.file } });
  };
  // Their fields come with their rules.
  if (document.resource.kind !== 'Pod') furtherRules();
  const decoded = decodeObject(document);
  for (const finding of decoded.findings) tally.problems.push(problemOf(finding));
  if (decoded.kind === 'refused') {
    refuse(decoded.reason === 'RequestEntityTooLarge' ? failure(decoded.reason, decoded.message) : badRequest(decoded.message));
    return;
  }
  const namespace = document.resource.namespaced ? (document.namespace === '' ? context.namespace : document.namespace) : '';
  const placed = withNamespace(decoded.object as unknown as KubeObject, namespace);
  const judged = judgePlaced(placed, document, { ...context, namespace });
  tally.warnings.push(...judged.warnings);
  for (const problem of judged.problems) tally.problems.push(problem);
  if (judged.status !== undefined) {
    refuse(judged.status);
    return;
  }
  tally.accepted.push(judged.object);
  tally.lines.push(createdLine(document, judged.object, context));
}

function withNamespace(object: KubeObject, namespace: string): KubeObject {
  if (namespace === '') return object;
  return {
    ...object,
    metadata: { ...(object.metadata as Partial<KubeObject['metadata']> | undefined), namespace },
  } as KubeObject;
}

interface Judged {
  readonly object: KubeObject;
  readonly status: Status | undefined;
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
}

function judgePlaced(placed: KubeObject, document: ManifestDocument, context: VerdictContext): Judged {
  const { namespace, lookup } = context;
  const refused = (status: Status, errors: readonly FieldError[] = []): Judged => ({
    object: placed,
    status,
    problems: errors.length > 0 ? errors.map((error) => fieldProblem(error, document)) : [refusal(status, document)],
    warnings: [],
  });
  if (namespace !== '' && lookup.namespace(namespace) === undefined) {
    return refused(notFoundStatus({ group: '', resource: 'namespaces' }, namespace));
  }
  const old = context.existing?.(placed.kind, namespace, document.name);
  if (old !== undefined && context.createOnly === true) {
    return refused(alreadyExists({ group: document.resource.group, resource: document.resource.name }, document.name));
  }
  const request: AdmissionRequest = { namespace, lookup, old };
  const { prepareObject, judgeObject } = isPlainNewPod(placed, request) ? newPodRules : furtherRules();
  const prepared = prepareObject(old === undefined ? placed : withIdentity(placed, old), request);
  if (isRefusal(prepared)) return refused(prepared, causesOf(prepared));
  const object = named(prepared, lookup);
  const { refused: status, errors, warnings } = judgeObject(object, request);
  if (status !== undefined) return { ...refused(status, errors), warnings };
  const remarks = warnings.map((message): Problem => ({
    code: 'remark',
    params: {},
    range: rangeOf(document, /^(?:spec|metadata)[^:]*(?=: )/.exec(message)?.[0] ?? 'kind'),
    severity: 'warning',
    message,
  }));
  return { object, status: undefined, problems: remarks, warnings };
}

/** A replacement keeps what only the server sets (apiserver registry/rest/update.go). */
function withIdentity(object: KubeObject, old: KubeObject): KubeObject {
  const { uid, creationTimestamp } = old.metadata;
  return { ...object, metadata: { ...object.metadata, uid, creationTimestamp } } as KubeObject;
}

/** The object with a generated name when it asks for one. */
function named(object: KubeObject, lookup: AdmissionLookup): KubeObject {
  const metadata = object.metadata as Partial<KubeObject['metadata']> | undefined;
  const prefix = metadata?.generateName ?? '';
  if ((metadata?.name ?? '') !== '' || prefix === '') return { ...object, metadata: { ...metadata, name: metadata?.name ?? '' } } as KubeObject;
  return {
    ...object,
    metadata: { ...metadata, name: `${prefix.slice(0, 58)}${lookup.randomName(5)}` },
  } as KubeObject;
}

function causesOf(status: Status): FieldError[] {
  if (status.reason !== 'Invalid') return [];
  return (status.details?.causes ?? []).map(({ field, message }) => ({
    reason: 'Invalid',
    field,
    detail: message.replace(/^Invalid value: /, ''),
  }));
}

function fieldProblem(error: FieldError, document: ManifestDocument): Problem {
  return {
    code: `field${error.reason}`,
    params: {
      field: error.field,
      path: genericPath(error.field),
      detail: error.detail,
      ...(error.badValue === undefined ? {} : { value: JSON.stringify(error.badValue) }),
    },
    range: rangeOf(document, error.field),
    severity: 'error',
    message: fieldErrorText(error),
  };
}

function refusal(status: Status, document: ManifestDocument): Problem {
  const { reason, message } = status;
  return {
    code: 'refused',
    params: { reason },
    range: rangeOf(document, 'kind'),
    severity: 'error',
    message,
  };
}

function problemOf(finding: Finding): Problem {
  return finding;
}

function createdLine(document: ManifestDocument, object: KubeObject, context: VerdictContext): string {
  const { group, kind } = document.resource;
  const singular = kind.toLowerCase();
  const what = group === '' ? singular : `${singular}.${group}`;
  const old = context.existing?.(object.kind, context.namespace, document.name);
  const suffix = context.dryRun === true ? ' (server dry run)' : '';
  return `${what}/${object.metadata.name} ${old === undefined ? 'created' : 'configured'}${suffix}`;
}
