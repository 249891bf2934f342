// Writes parts of a PodSpec in the API server's internal form, which its messages dump: every Go field, zero or not.
// Modelled on pkg/apis/core/types.go (v1.37); knows field order and zero values, and judges nothing.

import type { JsonObject, JsonValue } from '../types-meta.ts';

// One line per Go struct. A field is `Name` (null when unset), `Name=zero`, `Name:Type` (pointer to a struct),
// `Name:[Type` (slice of structs) or `Name:.Type` (struct by value).
const STRUCTS: Readonly<Record<string, string>> = {
  PodSpec:
    'Volumes:[Volume InitContainers:[Container Containers:[Container EphemeralContainers:[EphemeralContainer RestartPolicy= TerminationGracePeriodSeconds ActiveDeadlineSeconds DNSPolicy= NodeSelector ServiceAccountName= DeprecatedServiceAccount= AutomountServiceAccountToken NodeName= HostNetwork=f HostPID=f HostIPC=f ShareProcessNamespace SecurityContext:PodSecurityContext ImagePullSecrets:[LocalObjectReference Hostname= Subdomain= Affinity:Affinity SchedulerName= Tolerations:[Toleration HostAliases:[HostAlias PriorityClassName= Priority DNSConfig:DNSConfig ReadinessGates:[ReadinessGate RuntimeClassName EnableServiceLinks PreemptionPolicy Overhead TopologySpreadConstraints:[TopologySpreadConstraint SetHostnameAsFQDN OS:OS HostUsers SchedulingGates:[SchedulingGate ResourceClaims:[PodResourceClaim Resources:Resources HostnameOverride SchedulingGroup:SchedulingGroup EvictionResponders:[EvictionResponder',
  Container:
    'Name= Image= Command Args WorkingDir= Ports:[Port EnvFrom:[EnvFrom Env:[Env Resources:.Resources ResizePolicy:[ResizePolicy RestartPolicy RestartPolicyRules:[RestartRule VolumeMounts:[VolumeMount VolumeDevices:[VolumeDevice LivenessProbe:Probe ReadinessProbe:Probe StartupProbe:Probe Lifecycle:Lifecycle TerminationMessagePath= TerminationMessagePolicy= ImagePullPolicy= SecurityContext:SecurityContext Stdin=f StdinOnce=f TTY=f',
  Volume:
    'Name= HostPath:HostPath EmptyDir:EmptyDir GCEPersistentDisk AWSElasticBlockStore GitRepo:GitRepo Secret:SecretVolume NFS:NFS ISCSI Glusterfs PersistentVolumeClaim:ClaimVolume RBD FlexVolume Cinder CephFS Flocker DownwardAPI:DownwardAPI FC AzureFile ConfigMap:ConfigMapVolume VsphereVolume Quobyte AzureDisk PhotonPersistentDisk Projected:Projected PortworxVolume ScaleIO StorageOS CSI Ephemeral Image:ImageVolume',
  HostPath: 'Path= Type',
  EmptyDir: 'Medium= SizeLimit Mode',
  GitRepo: 'Repository= Revision= Directory=',
  NFS: 'Server= Path= ReadOnly=f',
  ClaimVolume: 'ClaimName= ReadOnly=f',
  SecretVolume: 'SecretName= Items:[KeyToPath DefaultMode Optional DefaultUser',
  ConfigMapVolume: 'Name= Items:[KeyToPath DefaultMode Optional DefaultUser',
  ImageVolume: 'Reference= PullPolicy=',
  DownwardAPI: 'Items:[DownwardFile DefaultMode DefaultUser',
  DownwardFile: 'Path= FieldRef:FieldRef ResourceFieldRef:ResourceFieldRef Mode User',
  FieldRef: 'APIVersion= FieldPath=',
  ResourceFieldRef: 'ContainerName= Resource= Divisor',
  KeyToPath: 'Key= Path= Mode User',
  Projected: 'Sources:[Projection DefaultMode DefaultUser',
  Projection:
    'Secret:KeyProjection DownwardAPI:DownwardProjection ConfigMap:KeyProjection ServiceAccountToken:TokenProjection ClusterTrustBundle PodCertificate',
  KeyProjection: 'Name= Items:[KeyToPath Optional',
  DownwardProjection: 'Items:[DownwardFile',
  TokenProjection: 'Audience= ExpirationSeconds=0 Path= User',
  Port: 'Name= HostPort=0 ContainerPort=0 Protocol= HostIP=',
  EnvFrom: 'Prefix= ConfigMapRef:NameOptional SecretRef:NameOptional',
  NameOptional: 'Name= Optional',
  Env: 'Name= Value= ValueFrom:EnvSource',
  EnvSource: 'FieldRef:FieldRef ResourceFieldRef:ResourceFieldRef ConfigMapKeyRef:KeySelector SecretKeyRef:KeySelector FileKeyRef:FileKey',
  KeySelector: 'Name= Key= Optional',
  FileKey: 'VolumeName= Path= Key= Optional',
  Resources: 'Limits Requests Claims:[Claim',
  Claim: 'Name= Request=',
  ResizePolicy: 'ResourceName= RestartPolicy=',
  RestartRule: 'Action= ExitCodes:ExitCodes',
  ExitCodes: 'Operator= Values',
  VolumeMount: 'Name= ReadOnly=f RecursiveReadOnly MountPath= SubPath= MountPropagation SubPathExpr= BindMountOptions',
  VolumeDevice: 'Name= DevicePath=',
  Probe:
    'Exec:Exec HTTPGet:HTTPGet TCPSocket:TCPSocket GRPC:GRPC InitialDelaySeconds=0 TimeoutSeconds=0 PeriodSeconds=0 SuccessThreshold=0 FailureThreshold=0 TerminationGracePeriodSeconds',
  Exec: 'Command',
  HTTPGet: 'Path= Port=0 Host= Scheme= HTTPHeaders:[Header Protocol',
  Header: 'Name= Value=',
  TCPSocket: 'Port=0 Host=',
  GRPC: 'Port=0 Service Mode',
  Lifecycle: 'PostStart:Handler PreStop:Handler StopSignal',
  Handler: 'Exec:Exec HTTPGet:HTTPGet TCPSocket:TCPSocket Sleep:Sleep',
  Sleep: 'Seconds=0',
  SecurityContext:
    'Capabilities:Capabilities Privileged SELinuxOptions:SELinux WindowsOptions:Windows RunAsUser RunAsGroup RunAsNonRoot ReadOnlyRootFilesystem AllowPrivilegeEscalation ProcMount SeccompProfile:Profile AppArmorProfile:Profile',
  PodSecurityContext:
    'SELinuxOptions:SELinux WindowsOptions:Windows RunAsUser RunAsGroup RunAsNonRoot SupplementalGroups SupplementalGroupsPolicy FSGroup Sysctls:[Header FSGroupChangePolicy SeccompProfile:Profile AppArmorProfile:Profile SELinuxChangePolicy',
  Capabilities: 'Add Drop',
  SELinux: 'User= Role= Type= Level=',
  Windows: 'GMSACredentialSpecName GMSACredentialSpec RunAsUserName HostProcess',
  Profile: 'Type= LocalhostProfile',
  LocalObjectReference: 'Name=',
  Toleration: 'Key= Operator= Value= Effect= TolerationSeconds',
  HostAlias: 'IP= Hostnames',
  DNSConfig: 'Nameservers Searches Options:[DNSOption',
  DNSOption: 'Name= Value',
  ReadinessGate: 'ConditionType=',
  OS: 'Name=',
  SchedulingGate: 'Name=',
  PodResourceClaim: 'Name= ResourceClaimName ResourceClaimTemplateName',
  SchedulingGroup: 'PodGroupName',
  EvictionResponder: 'Name= Priority',
  TopologySpreadConstraint: 'MaxSkew=0 TopologyKey= WhenUnsatisfiable= LabelSelector MinDomains NodeAffinityPolicy NodeTaintsPolicy MatchLabelKeys',
  Affinity: 'NodeAffinity:NodeAffinity PodAffinity:PodAffinity PodAntiAffinity:PodAffinity',
  NodeAffinity: 'RequiredDuringSchedulingIgnoredDuringExecution:NodeSelector PreferredDuringSchedulingIgnoredDuringExecution:[PreferredTerm',
  NodeSelector: 'NodeSelectorTerms:[NodeTerm',
  NodeTerm: 'MatchExpressions:[Requirement MatchFields:[Requirement',
  Requirement: 'Key= Operator= Values',
  PreferredTerm: 'Weight=0 Preference:.NodeTerm',
  PodAffinity: 'RequiredDuringSchedulingIgnoredDuringExecution:[PodTerm PreferredDuringSchedulingIgnoredDuringExecution:[WeightedTerm',
  WeightedTerm: 'Weight=0 PodAffinityTerm:.PodTerm',
  PodTerm: 'LabelSelector Namespaces TopologyKey= NamespaceSelector MatchLabelKeys MismatchLabelKeys',
};

const JSON_NAMES: Readonly<Record<string, string>> = {
  DeprecatedServiceAccount: 'serviceAccount',
  CephFS: 'cephfs',
  StorageOS: 'storageos',
};

/** The internal form of `value`, which is a Go struct named as in the table above. */
export function internalForm(structName: string, value: JsonObject): JsonValue {
  const form: Record<string, JsonValue> = {};
  for (const field of fieldsOf(structName)) form[field.name] = fieldForm(field, value[field.jsonName]);
  return form;
}

interface Field {
  readonly name: string;
  readonly jsonName: string;
  readonly zero: JsonValue;
  readonly type: string;
}

function fieldsOf(structName: string): readonly Field[] {
  const own = STRUCTS[structName === 'EphemeralContainer' ? 'Container' : structName] ?? '';
  const text = structName === 'EphemeralContainer' ? `${own} TargetContainerName=` : own;
  return text.split(' ').map((part) => {
    const name = /^\w+/.exec(part)?.[0] ?? part;
    const rest = part.slice(name.length);
    const zero = rest.startsWith('=') ? (rest === '=f' ? false : rest === '=0' ? 0 : '') : null;
    return {
      name,
      jsonName: JSON_NAMES[name] ?? lowerInitials(name),
      zero,
      type: rest.startsWith(':') ? rest.slice(1) : '',
    };
  });
}

/** DNSPolicy → dnsPolicy, HostPID → hostPID, TTY → tty: the leading capitals, but for the one that starts a word. */
function lowerInitials(name: string): string {
  return name.replace(/^[A-Z]+(?=[A-Z][a-z]|$)|^[A-Z]/, (initials) => initials.toLowerCase());
}

function fieldForm(field: Field, value: JsonValue | undefined): JsonValue {
  if (value === undefined || value === null) return field.type.startsWith('.') ? internalForm(field.type.slice(1), {}) : field.zero;
  if (field.type.startsWith('[')) {
    return isList(value) ? value.map((item) => (isObject(item) ? internalForm(field.type.slice(1), item) : item)) : value;
  }
  if (field.type !== '' && isObject(value)) return internalForm(field.type.replace('.', ''), value);
  return isObject(value) ? sorted(value) : value;
}

function sorted(map: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
