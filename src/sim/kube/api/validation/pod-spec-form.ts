// The internal form of a whole PodSpec, which the API server dumps when a changed Pod or Job is refused.
// Modelled on pkg/apis/core/types.go (v1.37).

import type { JsonObject } from '../types-meta.ts';
import { internalForm, SECURITY_STRUCTS, type GoStructs } from './internal-form.ts';

const STRUCTS: GoStructs = {
  ...SECURITY_STRUCTS,
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
  PodSecurityContext:
    'SELinuxOptions:SELinux WindowsOptions:Windows RunAsUser RunAsGroup RunAsNonRoot SupplementalGroups SupplementalGroupsPolicy FSGroup Sysctls:[Header FSGroupChangePolicy SeccompProfile:Profile AppArmorProfile:Profile SELinuxChangePolicy',
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

/** An ephemeral container as Go prints it. */
export function ephemeralContainerForm(container: JsonObject): JsonObject {
  return internalForm(STRUCTS, 'EphemeralContainer', container);
}

/** A PodSpec as Go prints it: every field, zero or not. */
export function podSpecForm(spec: JsonObject): JsonObject {
  return internalForm(STRUCTS, 'PodSpec', spec);
}
