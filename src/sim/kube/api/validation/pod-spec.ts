// Checks a whole PodSpec, in a Pod or in a template, in the API server's order.
// Modelled on pkg/apis/core/validation/validation.go (v1.37): ValidatePodSpec.

import type { FieldError } from '../field-error.ts';
import { duplicate, forbidden, invalid, notFound, required, tooLong } from '../field-error.ts';
import type { PodSpec } from '../types-pod.ts';
import type { Unchecked } from '../unchecked.ts';
import { hostNetworkPortErrors } from './container-ports.ts';
import type { ContainerSurroundings } from './containers.ts';
import { choiceErrors, containerErrors, ephemeralContainerErrors, initContainerErrors } from './containers.ts';
import { DNS_POLICIES, dnsConfigErrors, hostAliasErrors } from './dns-config.ts';
import { labelErrors, labelKeyErrors } from './labels.ts';
import { byteLength, dnsLabelProblems, dnsSubdomainProblems, rangeMessage } from './names.ts';
import { hostProcessErrors, osErrors } from './pod-os.ts';
import { hostUsersErrors, podSecurityContextErrors } from './pod-security-context.ts';
import { resourceErrors } from './resources.ts';
import { tolerationErrors } from './tolerations.ts';
import type { VolumeByName } from './volumes.ts';
import { volumeFindings } from './volumes.ts';

type Spec = Unchecked<PodSpec>;

export interface PodSpecPlace {
  readonly field: string;
  /** True in a Pod, false in a template. */
  readonly isPod: boolean;
  /** The rules of affinity and spread; those who know that a spec has neither do without (`hasPlacement`). */
  readonly placement: PlacementRules | undefined;
}

export interface PlacementRules {
  readonly affinityErrors: (affinity: Spec['affinity'], field: string) => readonly FieldError[];
  readonly topologySpreadErrors: (constraints: NonNullable<Spec['topologySpreadConstraints']>, field: string) => readonly FieldError[];
}

/** Whether a spec says where its Pod should go in ways that need rules of their own. */
export function hasPlacement(spec: Spec): boolean {
  return spec.affinity !== undefined || spec.topologySpreadConstraints !== undefined;
}

const MAX_INT32 = 2147483647;

/** All errors of a defaulted PodSpec. */
export function podSpecErrors(spec: Spec, { field, isPod, placement }: PodSpecPlace): FieldError[] {
  const volumes = volumeFindings(spec.volumes ?? [], `${field}.volumes`);
  const around = surroundingsOf(spec, volumes.byName);
  return [
    ...(spec.terminationGracePeriodSeconds === undefined ? [required(`${field}.terminationGracePeriodSeconds`)] : []),
    ...volumes.errors,
    ...resourceClaimErrors(spec, `${field}.resourceClaims`),
    ...containerErrors(spec, around, `${field}.containers`),
    ...initContainerErrors(spec, around, `${field}.initContainers`),
    ...ephemeralContainerErrors(spec, around, `${field}.ephemeralContainers`),
    ...(spec.resources === undefined ? [] : resourceErrors(spec.resources, around.claimNames, `${field}.resources`)),
    ...hostNetworkPortErrors(spec, field, isPod),
    ...choiceErrors(spec.restartPolicy ?? '', ['Always', 'OnFailure', 'Never'], `${field}.restartPolicy`),
    ...choiceErrors(spec.dnsPolicy ?? '', DNS_POLICIES, `${field}.dnsPolicy`),
    ...labelErrors(spec.nodeSelector, `${field}.nodeSelector`),
    ...podSecurityContextErrors(spec, field),
    ...(placement?.affinityErrors(spec.affinity, `${field}.affinity`) ?? []),
    ...dnsConfigErrors(spec.dnsConfig, spec.dnsPolicy ?? '', `${field}.dnsConfig`),
    ...gateErrors(spec, field),
    ...(placement?.topologySpreadErrors(spec.topologySpreadConstraints ?? [], `${field}.topologySpreadConstraints`) ?? []),
    ...hostProcessErrors(spec, field),
    ...hostUsersErrors(spec, field),
    ...hostnameOverrideErrors(spec, field),
    ...placementErrors(spec, field),
    ...nameErrors(spec.priorityClassName, dnsSubdomainProblems, `${field}.priorityClassName`),
    ...(spec.runtimeClassName === undefined
      ? []
      : dnsSubdomainProblems(spec.runtimeClassName).map((problem) => invalid(`${field}.runtimeClassName`, spec.runtimeClassName ?? '', problem))),
    ...(spec.preemptionPolicy === undefined
      ? []
      : choiceErrors(spec.preemptionPolicy, ['PreemptLowerPriority', 'Never'], `${field}.preemptionPolicy`)),
    ...(spec.overhead === undefined ? [] : resourceErrors({ limits: spec.overhead }, new Set(), `${field}.overhead`)),
    ...osErrors(spec, field),
    ...fileKeyVolumeErrors(spec, field),
  ];
}

function surroundingsOf(spec: Spec, volumes: VolumeByName): ContainerSurroundings {
  return {
    volumes,
    claimNames: new Set((spec.resourceClaims ?? []).map((claim) => claim.name ?? '').filter((name) => name !== '')),
    gracePeriod: spec.terminationGracePeriodSeconds,
    restartPolicy: spec.restartPolicy ?? '',
    hostUsers: spec.hostUsers !== false,
  };
}

function placementErrors(spec: Spec, field: string): FieldError[] {
  const deadline = spec.activeDeadlineSeconds;
  const late = deadline !== undefined && (deadline < 1 || deadline > MAX_INT32);
  return [
    ...nameErrors(spec.serviceAccountName, dnsSubdomainProblems, `${field}.serviceAccountName`),
    ...nameErrors(spec.nodeName, dnsSubdomainProblems, `${field}.nodeName`),
    ...(late ? [invalid(`${field}.activeDeadlineSeconds`, deadline, rangeMessage(1, MAX_INT32))] : []),
    ...nameErrors(spec.hostname, dnsLabelProblems, `${field}.hostname`),
    ...nameErrors(spec.subdomain, dnsLabelProblems, `${field}.subdomain`),
    ...tolerationErrors(spec.tolerations ?? [], `${field}.tolerations`),
    ...hostAliasErrors(spec.hostAliases ?? [], `${field}.hostAliases`),
  ];
}

function nameErrors(name: string | undefined, problems: (name: string) => readonly string[], field: string): FieldError[] {
  return name === undefined || name === '' ? [] : problems(name).map((problem) => invalid(field, name, problem));
}

function gateErrors(spec: Spec, field: string): FieldError[] {
  const seen = new Set<string>();
  return [
    ...(spec.readinessGates ?? []).flatMap((gate, index) =>
      labelKeyErrors(gate.conditionType ?? '', `${field}.readinessGates[${String(index)}].conditionType`),
    ),
    ...(spec.schedulingGates ?? []).flatMap((gate, index) => {
      const path = `${field}.schedulingGates[${String(index)}]`;
      const name = gate.name ?? '';
      const errors = labelKeyErrors(name, path);
      if (seen.has(name)) errors.push(duplicate(path, name));
      seen.add(name);
      return errors;
    }),
  ];
}

function resourceClaimErrors(spec: Spec, field: string): FieldError[] {
  const seen = new Set<string>();
  return (spec.resourceClaims ?? []).flatMap((claim, index) => {
    const path = `${field}[${String(index)}].name`;
    const name = claim.name ?? '';
    if (name === '') return [required(path)];
    if (seen.has(name)) return [duplicate(path, name)];
    seen.add(name);
    return dnsLabelProblems(name).map((problem) => invalid(path, name, problem));
  });
}

function hostnameOverrideErrors(spec: Spec, field: string): FieldError[] {
  const name = spec.hostnameOverride;
  if (name === undefined) return [];
  const path = `${field}.hostnameOverride`;
  return [
    ...(spec.setHostnameAsFQDN === true ? [forbidden(path, 'may not be specified when setHostnameAsFQDN is true')] : []),
    ...(spec.hostNetwork === true ? [forbidden(path, 'may not be specified when hostNetwork is true')] : []),
    ...(byteLength(name) > 64 ? [tooLong(path, 64)] : []),
    ...dnsSubdomainProblems(name).map((problem) => invalid(path, name, problem)),
  ];
}

function fileKeyVolumeErrors(spec: Spec, field: string): FieldError[] {
  return (['initContainers', 'containers'] as const).flatMap((list) =>
    (spec[list] ?? []).flatMap((container, index) =>
      (container.env ?? []).flatMap((variable, envIndex) => {
        const name = variable.valueFrom?.fileKeyRef?.volumeName;
        if (variable.valueFrom?.fileKeyRef === undefined) return [];
        const path = `${field}.${list}[${String(index)}].env[${String(envIndex)}].valueFrom.fileKeyRef.volumeName`;
        const volume = (spec.volumes ?? []).find((candidate) => candidate.name === name);
        if (volume === undefined) return [notFound(path, name ?? '')];
        return volume.emptyDir === undefined ? [invalid(path, name ?? '', 'referenced volume must be of type emptyDir')] : [];
      }),
    ),
  );
}
