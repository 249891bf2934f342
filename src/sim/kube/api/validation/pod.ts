// Checks Pods at creation.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): ValidatePodCreate.

import type { FieldError } from '../field-error.ts';
import { forbidden } from '../field-error.ts';
import type { Pod, PodSpec } from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';
import { imageSpaceErrors } from './containers.ts';
import { dnsSubdomainProblems } from './names.ts';
import { objectMetaErrors } from './object-meta.ts';
import { podSpecErrors, type PlacementRules } from './pod-spec.ts';
import { podAnnotationErrors } from './pod-annotations.ts';

type Spec = Unchecked<PodSpec>;
type AnyPod = Unchecked<Pod>;

/** The lists of containers that are checked here; ephemeral ones have rules of their own. */
export const LISTS = ['containers', 'initContainers'] as const;

/** All errors of a new, defaulted Pod that `hasPlacement` not, in upstream's order. */
export function newPodErrors(pod: AnyPod): FieldError[] {
  return [...objectMetaErrors(pod.metadata, { namespaced: true, nameProblems: dnsSubdomainProblems }), ...podErrors(pod, undefined)];
}

/** Errors of a Pod's spec beyond its metadata, at creation. */
export function podErrors(pod: AnyPod, placement: PlacementRules | undefined): FieldError[] {
  const spec = pod.spec ?? {};
  const gated = (spec.schedulingGates ?? []).length > 0;
  return [
    ...metadataAndSpecErrors(pod, placement),
    ...((spec.ephemeralContainers ?? []).length > 0 ? [forbidden('spec.ephemeralContainers', 'cannot be set on create')] : []),
    ...((spec.nodeName ?? '') !== '' && gated ? [forbidden('spec.nodeName', 'cannot be set until all schedulingGates have been cleared')] : []),
  ];
}

/** What a Pod's annotations, spec and images are refused for, new or changed. */
export function metadataAndSpecErrors(pod: AnyPod, placement: PlacementRules | undefined): FieldError[] {
  const spec = pod.spec ?? {};
  const nameless = (spec.serviceAccountName ?? '') === '';
  return [
    ...podAnnotationErrors(pod.metadata?.annotations, 'metadata.annotations'),
    ...podSpecErrors(spec, { field: 'spec', isPod: true, placement }),
    ...(nameless ? tokenErrors(spec) : []),
    ...LISTS.flatMap((list) => (spec[list] ?? []).flatMap((container, index) => imageSpaceErrors(container, `spec.${list}[${String(index)}]`))),
  ];
}

function tokenErrors(spec: Spec): FieldError[] {
  return (spec.volumes ?? []).flatMap((volume, index) =>
    (volume.projected?.sources ?? []).flatMap((source, place) => {
      if (source.serviceAccountToken === undefined) return [];
      const field = `spec.volumes[${String(index)}].projected.sources[${String(place)}].serviceAccountToken`;
      return [forbidden(field, 'must not be specified when serviceAccountName is not set')];
    }),
  );
}
