// The checks of the restricted level: what a Pod must say to show that it needs nothing special.
// Modelled on k8s.io/pod-security-admission policy/check_*.go (v1.37), by the ids used there.

import type { Volume } from '../../../api/types-volume.ts';
import type { Unchecked } from '../../../api/unchecked.ts';
import { anyProcMount, explicitSeccomp, isBadSeccomp } from './baseline-checks.ts';
import type { AnyContainer, Check, Subject } from './violation.ts';
import { containerWords, containersOf, plural, quoted, setters, sortedSet } from './violation.ts';

function isWindows(subject: Subject): boolean {
  return subject.spec?.os?.name === 'windows';
}

const allowPrivilegeEscalation: Check = (subject) => {
  const containers = containersOf(subject).filter((container) => container.securityContext?.allowPrivilegeEscalation !== false);
  if (containers.length === 0 || isWindows(subject)) return undefined;
  return {
    reason: 'allowPrivilegeEscalation != false',
    detail: `${containerWords(containers)} must set securityContext.allowPrivilegeEscalation=false`,
  };
};

const capabilities: Check = (subject) => {
  if (isWindows(subject)) return undefined;
  const added = (container: AnyContainer): readonly string[] =>
    (container.securityContext?.capabilities?.add ?? []).filter((name) => name !== 'NET_BIND_SERVICE');
  const keeping = containersOf(subject).filter((container) => !(container.securityContext?.capabilities?.drop ?? []).includes('ALL'));
  const adding = containersOf(subject).filter((container) => added(container).length > 0);
  const details: string[] = [];
  if (keeping.length > 0) details.push(`${containerWords(keeping)} must set securityContext.capabilities.drop=["ALL"]`);
  if (adding.length > 0) {
    const names = sortedSet(adding.flatMap(added));
    details.push(`${containerWords(adding)} must not include ${quoted(names)} in securityContext.capabilities.add`);
  }
  return details.length === 0 ? undefined : { reason: 'unrestricted capabilities', detail: details.join('; ') };
};

const ALLOWED_VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
] as const;
const OTHER_VOLUMES = [
  'hostPath',
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'gitRepo',
  'nfs',
  'iscsi',
  'glusterfs',
  'rbd',
  'flexVolume',
  'cinder',
  'cephfs',
  'flocker',
  'fc',
  'azureFile',
  'vsphereVolume',
  'quobyte',
  'azureDisk',
  'photonPersistentDisk',
  'portworxVolume',
  'scaleIO',
  'storageos',
] as const;

const restrictedVolumes: Check = (subject) => {
  const volumes = (subject.spec?.volumes ?? []).filter((volume) => ALLOWED_VOLUMES.every((kind) => volume[kind] === undefined));
  if (volumes.length === 0) return undefined;
  const kindOf = (volume: Unchecked<Volume>): string => OTHER_VOLUMES.find((kind) => volume[kind] !== undefined) ?? 'unknown';
  const kinds = sortedSet(volumes.map(kindOf));
  const verb = volumes.length === 1 ? 'uses' : 'use';
  const names = quoted(volumes.map((volume) => volume.name ?? ''));
  const detail = `${plural('volume', volumes.length)} ${names} ${verb} ${plural('restricted volume type', kinds.length)} ${quoted(kinds)}`;
  return { reason: 'restricted volume types', detail };
};

const runAsNonRoot: Check = (subject) => {
  if (subject.spec?.hostUsers === false) return undefined;
  const reason = 'runAsNonRoot != true';
  const forPod = subject.spec?.securityContext?.runAsNonRoot;
  const explicit = containersOf(subject).filter((container) => container.securityContext?.runAsNonRoot === false);
  if (forPod === false || explicit.length > 0) {
    return {
      reason,
      detail: `${setters(forPod === false, explicit)} must not set securityContext.runAsNonRoot=false`,
    };
  }
  const silent = containersOf(subject).filter((container) => container.securityContext?.runAsNonRoot === undefined);
  if (forPod === true || silent.length === 0) return undefined;
  return { reason, detail: `pod or ${containerWords(silent)} must set securityContext.runAsNonRoot=true` };
};

const runAsUser: Check = (subject) => {
  if (subject.spec?.hostUsers === false) return undefined;
  const pod = subject.spec?.securityContext?.runAsUser === 0;
  const containers = containersOf(subject).filter((container) => container.securityContext?.runAsUser === 0);
  if (!pod && containers.length === 0) return undefined;
  return { reason: 'runAsUser=0', detail: `${setters(pod, containers)} must not set runAsUser=0` };
};

const seccompProfile: Check = (subject) => {
  if (isWindows(subject)) return undefined;
  const explicit = explicitSeccomp(subject);
  if (explicit !== undefined) return explicit;
  const forPod = subject.spec?.securityContext?.seccompProfile?.type;
  const silent = containersOf(subject).filter((container) => container.securityContext?.seccompProfile === undefined);
  if ((forPod !== undefined && !isBadSeccomp(forPod)) || silent.length === 0) return undefined;
  return {
    reason: 'seccompProfile',
    detail: `pod or ${containerWords(silent)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
  };
};

export interface RestrictedCheck {
  readonly check: Check;
  /** The id of the baseline check that this one takes the place of. */
  readonly replaces?: string;
}

/** In the order of their ids, which is that of the messages. */
export const RESTRICTED_CHECKS: readonly RestrictedCheck[] = [
  { check: allowPrivilegeEscalation },
  { check: capabilities, replaces: 'capabilities_baseline' },
  { check: anyProcMount, replaces: 'procMount' },
  { check: restrictedVolumes, replaces: 'hostPathVolumes' },
  { check: runAsNonRoot },
  { check: runAsUser },
  { check: seccompProfile, replaces: 'seccompProfile_baseline' },
];
