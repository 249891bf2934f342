// What the API server remarks on objects that it accepts, by their kind.
// Modelled on pkg/api/service/warnings.go and the strategies' WarningsOnCreate (v1.37).

import type { KubeObject } from '../types.ts';
import type { Service } from '../types-core.ts';
import type { Unchecked } from '../unchecked.ts';
import { nameWarnings, podWarnings, templateWarnings } from './pod-warnings.ts';
import { isHeadless } from './service-addresses.ts';
import { jsonOf, sameJson } from './workload.ts';

/** Warnings that come with every answer about a kind, good or bad. */
export function deprecationWarnings(object: KubeObject): string[] {
  return object.kind === 'Endpoints' ? ['v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice'] : [];
}

/** Warnings on a new object that passed validation. */
export function creationWarnings(object: KubeObject): string[] {
  const name = object.metadata.name;
  switch (object.kind) {
    case 'Pod':
      return podWarnings(object);
    case 'Deployment':
    case 'ReplicaSet':
    case 'Job':
      return [...nameWarnings(name, 'this is used in Pod names and hostnames'), ...templateWarnings(object.spec.template, 'spec.template.')];
    case 'CronJob':
      return templateWarnings(object.spec.jobTemplate.spec.template, 'spec.jobTemplate.spec.template.');
    case 'DaemonSet':
      return templateWarnings(object.spec.template, 'spec.template.');
    case 'StatefulSet':
      return [...templateWarnings(object.spec.template, 'spec.template.'), ...historyWarnings(object.spec.revisionHistoryLimit)];
    case 'Service':
      return serviceWarnings(object);
    default:
      return [];
  }
}

/** Warnings on a changed object; changes of Pods are passed over in silence. */
export function updateWarnings(object: KubeObject, old: KubeObject): string[] {
  switch (object.kind) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'DaemonSet':
    case 'StatefulSet': {
      const changed = !sameJson(jsonOf(object.spec), jsonOf((old as typeof object).spec));
      const remarks = changed ? templateWarnings(object.spec.template, 'spec.template.') : [];
      return object.kind === 'StatefulSet' ? [...remarks, ...historyWarnings(object.spec.revisionHistoryLimit)] : remarks;
    }
    case 'Service':
      return serviceWarnings(object);
    default:
      return [];
  }
}

function historyWarnings(limit: number | undefined): string[] {
  if (limit === undefined || limit >= 0) return [];
  return ['spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended'];
}

function serviceWarnings(service: Unchecked<Service>): string[] {
  const spec = service.spec ?? {};
  const headless = spec.type === 'ClusterIP' && isHeadless(spec);
  const external = (spec.externalIPs ?? []).length > 0;
  const named = spec.type === 'ExternalName';
  const warnings: string[] = [];
  if (headless) {
    if ((spec.loadBalancerIP ?? '') !== '') warnings.push('spec.loadBalancerIP is ignored for headless services');
    if (external) warnings.push('spec.externalIPs is ignored for headless services');
    if (spec.sessionAffinity !== 'None') warnings.push('spec.SessionAffinity is ignored for headless services');
  }
  if (external && !headless && !named) {
    warnings.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters');
  }
  if (named && external) warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  if (!named && (spec.externalName ?? '') !== '') warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  if (spec.trafficDistribution === 'PreferClose') {
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  }
  return warnings;
}
