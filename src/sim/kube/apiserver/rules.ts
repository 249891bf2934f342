/**
 * What the API server asks of an object before it is stored: defaulting, mutating admission, validation, validating
 * admission, as functions. The order is api-server.ts'; the rules themselves live in api/ and admission/.
 */
import type { Status } from '../api/status.ts';
import type { ApiObject } from './object.ts';
import type { Resource } from './resource.ts';
import type { Storage } from './storage.ts';

export interface RuleRequest {
  readonly resource: Resource;
  /** Empty for objects without a namespace. */
  readonly namespace: string;
  readonly subresource: string;
  readonly user: string;
  /** What admission may look up: namespaces, service accounts, existing Pods. */
  readonly storage: Storage;
  /** Collects warnings for the client. */
  readonly warn: (text: string) => void;
  /** Draws random characters for generated names (`kube-api-access-…`). */
  readonly randomName: (length: number) => string;
}

export interface ObjectRules {
  /** Defaulting and mutating admission of a new or changed object. */
  prepare(object: ApiObject, old: ApiObject | undefined, request: RuleRequest): ApiObject | Status;
  /** Validation (of a change when `old` is given), then validating admission; undefined when the object may be stored. */
  refuse(object: ApiObject, old: ApiObject | undefined, request: RuleRequest): Status | undefined;
}

/** Lets everything pass unchanged, for tests of parts that do not depend on rules. */
export const noRules: ObjectRules = { prepare: (object) => object, refuse: () => undefined };
