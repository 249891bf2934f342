// Checks the metadata of an object at creation and at update.
// Modelled on k8s.io/apimachinery pkg/api/validation/objectmeta.go (v1.37); the kind decides which names are allowed.

import type { FieldError } from '../field-error.ts';
import { forbidden, invalid, required } from '../field-error.ts';
import type { ObjectMeta, OwnerReference } from '../types-meta.ts';
import type { Unchecked } from '../unchecked.ts';
import { annotationErrors, labelErrors } from './labels.ts';
import { dnsLabelProblems, labelKeyProblems, withoutTrailingDash } from './names.ts';

type Meta = Unchecked<ObjectMeta> | undefined;

export interface ObjectMetaRules {
  readonly namespaced: boolean;
  /** Problems of a name of this kind. */
  readonly nameProblems: (name: string) => readonly string[];
}

/** Errors of the metadata of an object that is being created; its name was generated before. */
export function objectMetaErrors(meta: Meta, rules: ObjectMetaRules): FieldError[] {
  return [
    ...nameErrors(meta, rules),
    ...namespaceErrors(meta?.namespace ?? '', rules.namespaced),
    ...labelErrors(meta?.labels, 'metadata.labels'),
    ...annotationErrors(meta?.annotations, 'metadata.annotations'),
    ...(meta?.ownerReferences ?? []).flatMap(ownerReferenceErrors),
    ...finalizerErrors(meta?.finalizers ?? []),
    ...unknownFinalizerErrors(meta?.finalizers ?? []),
  ];
}

/** Errors of changed metadata: identity is immutable, the rest is judged as at creation. */
export function objectMetaUpdateErrors(meta: Meta, old: Meta): FieldError[] {
  const fixed = ['name', 'namespace', 'uid', 'creationTimestamp'] as const;
  return [
    ...fixed.flatMap((key) => {
      const value = meta?.[key] ?? '';
      return value === (old?.[key] ?? '') ? [] : [invalid(`metadata.${key}`, value, 'field is immutable')];
    }),
    ...labelErrors(meta?.labels, 'metadata.labels'),
    ...annotationErrors(meta?.annotations, 'metadata.annotations'),
    ...(meta?.ownerReferences ?? []).flatMap(ownerReferenceErrors),
    ...unknownFinalizerErrors(meta?.finalizers ?? []),
  ];
}

function nameErrors(meta: Meta, rules: ObjectMetaRules): FieldError[] {
  const name = meta?.name ?? '';
  const prefix = meta?.generateName ?? '';
  const errors =
    prefix === '' ? [] : rules.nameProblems(withoutTrailingDash(prefix)).map((problem) => invalid('metadata.generateName', prefix, problem));
  if (name === '') return [...errors, required('metadata.name', 'name or generateName is required')];
  return [...errors, ...rules.nameProblems(name).map((problem) => invalid('metadata.name', name, problem))];
}

function namespaceErrors(namespace: string, namespaced: boolean): FieldError[] {
  if (!namespaced) return namespace === '' ? [] : [forbidden('metadata.namespace', 'not allowed on this type')];
  if (namespace === '') return [required('metadata.namespace')];
  return dnsLabelProblems(namespace).map((problem) => invalid('metadata.namespace', namespace, problem));
}

function ownerReferenceErrors(reference: Unchecked<OwnerReference>, index: number): FieldError[] {
  const field = `metadata.ownerReferences[${String(index)}]`;
  return (['apiVersion', 'kind', 'name', 'uid'] as const).flatMap((key) =>
    (reference[key] ?? '') === '' ? [required(`${field}.${key}`, 'must not be empty')] : [],
  );
}

function finalizerErrors(finalizers: readonly string[]): FieldError[] {
  return finalizers.flatMap((name) => labelKeyProblems(name).map((problem) => invalid('metadata.finalizers', name, problem)));
}

const STANDARD_FINALIZERS: readonly string[] = ['kubernetes', 'orphan', 'foregroundDeletion'];

/** Whoever adds a finalizer of their own must put their domain before it (core's validateKubeFinalizerName). */
function unknownFinalizerErrors(finalizers: readonly string[]): FieldError[] {
  return finalizers.flatMap((name, index) =>
    name.includes('/') || STANDARD_FINALIZERS.includes(name)
      ? []
      : [invalid(`metadata.finalizers[${String(index)}]`, name, 'name is neither a standard finalizer name nor is it fully qualified')],
  );
}
