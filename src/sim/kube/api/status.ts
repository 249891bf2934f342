// metav1.Status: how the API server answers a request it refuses, and what kubectl prints of it.
// Modelled on k8s.io/apimachinery pkg/api/errors/errors.go and kubectl pkg/cmd/util/helpers.go (v1.37); decides nothing.

import type { FieldError } from './field-error.ts';
import { causeTypeOf, fieldErrorBody, fieldErrorText, goQuote } from './field-error.ts';

export type StatusReason =
  | 'BadRequest'
  | 'Forbidden'
  | 'NotFound'
  | 'AlreadyExists'
  | 'Conflict'
  | 'Invalid'
  | 'MethodNotAllowed'
  | 'InternalError'
  | 'Timeout'
  | 'TooManyRequests'
  | 'RequestEntityTooLarge'
  | 'Unknown';

export interface StatusCause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly causes?: readonly StatusCause[];
}

export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly status: 'Failure';
  readonly reason: StatusReason;
  readonly code: number;
  readonly message: string;
  readonly details?: StatusDetails;
}

const CODE_BY_REASON: Readonly<Record<StatusReason, number>> = {
  BadRequest: 400,
  Forbidden: 403,
  NotFound: 404,
  AlreadyExists: 409,
  Conflict: 409,
  Invalid: 422,
  MethodNotAllowed: 405,
  InternalError: 500,
  Timeout: 504,
  TooManyRequests: 429,
  RequestEntityTooLarge: 413,
  Unknown: 500,
};

/** The cause that tells controllers not to try again (core/v1 NamespaceTerminatingCause). */
export const NAMESPACE_TERMINATING = 'NamespaceTerminating';

/** Which resource an answer is about: group is empty for core. */
export interface ResourceName {
  readonly group: string;
  readonly resource: string;
}

/** Which kind an answer is about: group is empty for core. */
export interface KindName {
  readonly group: string;
  readonly kind: string;
}

/** A failure with a given message and nothing derived. */
export function failure(reason: StatusReason, message: string, details?: StatusDetails): Status {
  const base = {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    reason,
    code: CODE_BY_REASON[reason],
    message,
  } as const;
  return details === undefined ? base : { ...base, details };
}

export function badRequest(message: string): Status {
  return failure('BadRequest', message);
}

/** `pods "p1" is forbidden: …`; without a name, `pods is forbidden: …` (errors.go NewForbidden). */
export function forbiddenStatus(resource: ResourceName, name: string, why: string): Status {
  const what = qualified(resource);
  const message = name === '' ? `${what} is forbidden: ${why}` : `${what} ${goQuote(name)} is forbidden: ${why}`;
  return failure('Forbidden', message, detailsOf(resource, name));
}

export function notFoundStatus(resource: ResourceName, name: string): Status {
  return failure('NotFound', `${qualified(resource)} ${goQuote(name)} not found`, detailsOf(resource, name));
}

export function alreadyExists(resource: ResourceName, name: string): Status {
  return failure('AlreadyExists', `${qualified(resource)} ${goQuote(name)} already exists`, detailsOf(resource, name));
}

export function conflict(resource: ResourceName, name: string, why: string): Status {
  const message = `Operation cannot be fulfilled on ${qualified(resource)} ${goQuote(name)}: ${why}`;
  return failure('Conflict', message, detailsOf(resource, name));
}

/** Validation found errors (errors.go NewInvalid): every error once, in order, in message and causes. */
export function invalidStatus(kind: KindName, name: string, errors: readonly FieldError[]): Status {
  const texts = [...new Set(errors.map(fieldErrorText))];
  const aggregate = texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
  const qualifiedKind = kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;
  const causes = errors.map((error) => ({
    reason: causeTypeOf(error),
    message: fieldErrorBody(error),
    field: error.field,
  }));
  return failure('Invalid', `${qualifiedKind} ${goQuote(name)} is invalid: ${aggregate}`, {
    name,
    ...(kind.group === '' ? {} : { group: kind.group }),
    kind: kind.kind,
    causes,
  });
}

function qualified(resource: ResourceName): string {
  return resource.group === '' ? resource.resource : `${resource.resource}.${resource.group}`;
}

function detailsOf(resource: ResourceName, name: string): StatusDetails {
  return {
    ...(name === '' ? {} : { name }),
    ...(resource.group === '' ? {} : { group: resource.group }),
    kind: resource.resource,
  };
}

/** What kubectl was doing when the answer came, e.g. `creating`, `manifest.yaml`. */
export interface RequestSource {
  readonly verb: 'creating' | 'replacing' | 'patching' | 'applying patch to' | 'retrieving current configuration of' | 'deleting';
  readonly source: string;
}

/**
 * What kubectl writes to standard error for a refused request, newline included; its exit code is 1.
 * With `request` the text names the file, as `kubectl create|replace -f` do (AddSourceToErr).
 */
export function kubectlErrorText(status: Status, request?: RequestSource): string {
  if (status.reason === 'Invalid') return invalidText(status);
  const message = request === undefined ? status.message : `error when ${request.verb} ${goQuote(request.source)}: ${status.message}`;
  if (status.reason === 'Unknown') return `Error from server: ${message}\n`;
  return `Error from server (${status.reason}): ${message}\n`;
}

function invalidText(status: Status): string {
  const details = status.details;
  if (details === undefined) return `The request is invalid: ${status.message}\n`;
  const kind = details.kind ?? '';
  const prefix = kind === '' ? 'The request is invalid' : `The ${kind} ${goQuote(details.name ?? '')} is invalid`;
  const causes = [...new Set((details.causes ?? []).map((cause) => `${cause.field}: ${cause.message}`))];
  if (causes.length === 0) return `${prefix}: ${status.message}\n`;
  if (causes.length === 1) return `${prefix}: ${causes[0] ?? ''}\n`;
  return `${prefix}: \n${causes.map((cause) => `* ${cause}\n`).join('')}`;
}

/** One thing that kept kubectl from finishing: the server's answer, or its own message without "error: ". */
export type KubectlError =
  { readonly kind: 'server'; readonly status: Status; readonly request?: RequestSource } | { readonly kind: 'client'; readonly message: string };

/** What kubectl writes to standard error at the end; several errors are told in a plainer form than one. */
export function kubectlErrorsText(errors: readonly KubectlError[]): string {
  const [first] = errors;
  if (first === undefined) return '';
  if (errors.length > 1) return errors.map((error) => `${plainText(error)}\n`).join('');
  return first.kind === 'server' ? kubectlErrorText(first.status, first.request) : `error: ${first.message}\n`;
}

function plainText(error: KubectlError): string {
  if (error.kind === 'client') return error.message;
  const { status, request } = error;
  const message = request === undefined ? status.message : `error when ${request.verb} ${goQuote(request.source)}: ${status.message}`;
  return status.reason === 'Unknown' ? `Error from server: ${message}` : `Error from server (${status.reason}): ${message}`;
}
