/**
 * Go's structs behind a Pod template: their fields in order, as the dump needs them that upstream hashes; a star marks pointers.
 * JSON names and types are those of the API's schema, but where `Name/json:type` says otherwise; an empty JSON name is an embedded
 * struct. Facts from k8s.io/api core/v1/types.go and apimachinery meta/v1/types.go (v0.37).
 */
export const GO_FIELDS = `
AWSElasticBlockStoreVolumeSource VolumeID FSType Partition ReadOnly
Affinity *NodeAffinity *PodAffinity *PodAntiAffinity
AppArmorProfile Type *LocalhostProfile
AzureDiskVolumeSource DiskName DataDiskURI/diskURI:string *CachingMode *FSType *ReadOnly *Kind
AzureFileVolumeSource SecretName ShareName ReadOnly
CSIVolumeSource Driver *ReadOnly *FSType VolumeAttributes *NodePublishSecretRef
Capabilities Add Drop
CephFSVolumeSource Monitors Path User SecretFile *SecretRef ReadOnly
CinderVolumeSource VolumeID FSType ReadOnly *SecretRef
ClusterTrustBundleProjection *Name *SignerName *LabelSelector *Optional Path *User
ConfigMapEnvSource LocalObjectReference/:v1.LocalObjectReference *Optional
ConfigMapKeySelector LocalObjectReference/:v1.LocalObjectReference Key *Optional
ConfigMapProjection LocalObjectReference/:v1.LocalObjectReference Items *Optional
ConfigMapVolumeSource LocalObjectReference/:v1.LocalObjectReference Items *DefaultMode *Optional *DefaultUser
Container Name Image Command Args WorkingDir Ports EnvFrom Env Resources ResizePolicy *RestartPolicy RestartPolicyRules VolumeMounts VolumeDevices *LivenessProbe *ReadinessProbe *StartupProbe *Lifecycle TerminationMessagePath TerminationMessagePolicy ImagePullPolicy *SecurityContext Stdin StdinOnce TTY
ContainerPort Name HostPort ContainerPort Protocol HostIP
ContainerResizePolicy ResourceName RestartPolicy
ContainerRestartRule Action *ExitCodes
ContainerRestartRuleOnExitCodes Operator Values
DownwardAPIProjection Items
DownwardAPIVolumeFile Path *FieldRef *ResourceFieldRef *Mode *User
DownwardAPIVolumeSource Items *DefaultMode *DefaultUser
EmptyDirVolumeSource Medium *SizeLimit *Mode
EnvFromSource Prefix *ConfigMapRef *SecretRef
EnvVar Name Value *ValueFrom
EnvVarSource *FieldRef *ResourceFieldRef *ConfigMapKeyRef *SecretKeyRef *FileKeyRef
EphemeralContainer EphemeralContainerCommon/:v1.EphemeralContainerCommon TargetContainerName
EphemeralContainerCommon Name Image Command Args WorkingDir Ports EnvFrom Env Resources ResizePolicy *RestartPolicy RestartPolicyRules VolumeMounts VolumeDevices *LivenessProbe *ReadinessProbe *StartupProbe *Lifecycle TerminationMessagePath TerminationMessagePolicy ImagePullPolicy *SecurityContext Stdin StdinOnce TTY
EphemeralVolumeSource *VolumeClaimTemplate
EvictionResponder Name *Priority
ExecAction Command
FCVolumeSource TargetWWNs *Lun FSType ReadOnly WWIDs
FileKeySelector VolumeName Path Key *Optional
FlexVolumeSource Driver FSType *SecretRef ReadOnly Options
FlockerVolumeSource DatasetName DatasetUUID
GCEPersistentDiskVolumeSource PDName FSType Partition ReadOnly
GRPCAction Port *Service *Mode
GitRepoVolumeSource Repository Revision Directory
GlusterfsVolumeSource EndpointsName/endpoints:string Path ReadOnly
HTTPGetAction Path Port Host Scheme HTTPHeaders *Protocol
HTTPHeader Name Value
HostAlias IP Hostnames
HostPathVolumeSource Path *Type
ISCSIVolumeSource TargetPortal IQN Lun ISCSIInterface FSType ReadOnly Portals DiscoveryCHAPAuth/chapAuthDiscovery:bool SessionCHAPAuth/chapAuthSession:bool *SecretRef *InitiatorName
ImageVolumeSource Reference PullPolicy
KeyToPath Key Path *Mode *User
LabelSelector MatchLabels MatchExpressions
LabelSelectorRequirement Key Operator Values
Lifecycle *PostStart *PreStop *StopSignal
LifecycleHandler *Exec *HTTPGet *TCPSocket *Sleep
LocalObjectReference Name
NFSVolumeSource Server Path ReadOnly
NodeAffinity *RequiredDuringSchedulingIgnoredDuringExecution PreferredDuringSchedulingIgnoredDuringExecution
NodeSelector NodeSelectorTerms
NodeSelectorRequirement Key Operator Values
NodeSelectorTerm MatchExpressions MatchFields
ObjectFieldSelector APIVersion FieldPath
ObjectMeta Name GenerateName Namespace SelfLink UID ResourceVersion Generation CreationTimestamp *DeletionTimestamp *DeletionGracePeriodSeconds Labels Annotations OwnerReferences Finalizers ManagedFields
OwnerReference APIVersion Kind Name UID *Controller *BlockOwnerDeletion
PersistentVolumeClaimSpec AccessModes *Selector Resources VolumeName *StorageClassName *VolumeMode *DataSource *DataSourceRef *VolumeAttributesClassName
PersistentVolumeClaimTemplate ObjectMeta/metadata:v1.ObjectMeta Spec
PersistentVolumeClaimVolumeSource ClaimName ReadOnly
PhotonPersistentDiskVolumeSource PdID FSType
PodAffinity RequiredDuringSchedulingIgnoredDuringExecution PreferredDuringSchedulingIgnoredDuringExecution
PodAffinityTerm *LabelSelector Namespaces TopologyKey *NamespaceSelector MatchLabelKeys MismatchLabelKeys
PodAntiAffinity RequiredDuringSchedulingIgnoredDuringExecution PreferredDuringSchedulingIgnoredDuringExecution
PodCertificateProjection SignerName KeyType *MaxExpirationSeconds CredentialBundlePath KeyPath CertificateChainPath UserAnnotations *User
PodDNSConfig Nameservers Searches Options
PodDNSConfigOption Name *Value
PodOS Name
PodReadinessGate ConditionType
PodResourceClaim Name *ResourceClaimName *ResourceClaimTemplateName
PodSchedulingGate Name
PodSchedulingGroup *PodGroupName
PodSecurityContext *SELinuxOptions *WindowsOptions *RunAsUser *RunAsGroup *RunAsNonRoot SupplementalGroups *SupplementalGroupsPolicy *FSGroup Sysctls *FSGroupChangePolicy *SeccompProfile *AppArmorProfile *SELinuxChangePolicy
PodSpec Volumes InitContainers Containers EphemeralContainers RestartPolicy *TerminationGracePeriodSeconds *ActiveDeadlineSeconds DNSPolicy NodeSelector ServiceAccountName DeprecatedServiceAccount/serviceAccount:string *AutomountServiceAccountToken NodeName HostNetwork HostPID HostIPC *ShareProcessNamespace *SecurityContext ImagePullSecrets Hostname Subdomain *Affinity SchedulerName Tolerations HostAliases PriorityClassName *Priority *DNSConfig ReadinessGates *RuntimeClassName *EnableServiceLinks *PreemptionPolicy Overhead TopologySpreadConstraints *SetHostnameAsFQDN *OS *HostUsers SchedulingGates ResourceClaims *Resources *HostnameOverride *SchedulingGroup EvictionResponders
PodTemplateSpec ObjectMeta/metadata:v1.ObjectMeta Spec/spec:v1.PodSpec
PortworxVolumeSource VolumeID FSType ReadOnly
PreferredSchedulingTerm Weight Preference
Probe ProbeHandler/:v1.ProbeHandler InitialDelaySeconds TimeoutSeconds PeriodSeconds SuccessThreshold FailureThreshold *TerminationGracePeriodSeconds
ProbeHandler *Exec *HTTPGet *TCPSocket *GRPC
ProjectedVolumeSource Sources *DefaultMode *DefaultUser
QuobyteVolumeSource Registry Volume ReadOnly User Group Tenant
RBDVolumeSource CephMonitors/monitors:[]string RBDImage/image:string FSType RBDPool/pool:string RadosUser/user:string Keyring *SecretRef ReadOnly
ResourceClaim Name Request
ResourceFieldSelector ContainerName Resource Divisor
ResourceRequirements Limits Requests Claims
SELinuxOptions User Role Type Level
ScaleIOVolumeSource Gateway System *SecretRef SSLEnabled ProtectionDomain StoragePool StorageMode VolumeName FSType ReadOnly
SeccompProfile Type *LocalhostProfile
SecretEnvSource LocalObjectReference/:v1.LocalObjectReference *Optional
SecretKeySelector LocalObjectReference/:v1.LocalObjectReference Key *Optional
SecretProjection LocalObjectReference/:v1.LocalObjectReference Items *Optional
SecretVolumeSource SecretName Items *DefaultMode *Optional *DefaultUser
SecurityContext *Capabilities *Privileged *SELinuxOptions *WindowsOptions *RunAsUser *RunAsGroup *RunAsNonRoot *ReadOnlyRootFilesystem *AllowPrivilegeEscalation *ProcMount *SeccompProfile *AppArmorProfile
ServiceAccountTokenProjection Audience *ExpirationSeconds Path *User
SleepAction Seconds
StorageOSVolumeSource VolumeName VolumeNamespace FSType ReadOnly *SecretRef
Sysctl Name Value
TCPSocketAction Port Host
Toleration Key Operator Value Effect *TolerationSeconds
TopologySpreadConstraint MaxSkew TopologyKey WhenUnsatisfiable *LabelSelector *MinDomains *NodeAffinityPolicy *NodeTaintsPolicy MatchLabelKeys
TypedLocalObjectReference *APIGroup Kind Name
TypedObjectReference *APIGroup Kind Name *Namespace
Volume Name VolumeSource/:v1.VolumeSource
VolumeDevice Name DevicePath
VolumeMount Name ReadOnly *RecursiveReadOnly MountPath SubPath *MountPropagation SubPathExpr BindMountOptions
VolumeProjection *Secret *DownwardAPI *ConfigMap *ServiceAccountToken *ClusterTrustBundle *PodCertificate
VolumeResourceRequirements Limits Requests
VolumeSource *HostPath *EmptyDir *GCEPersistentDisk *AWSElasticBlockStore *GitRepo *Secret *NFS *ISCSI *Glusterfs *PersistentVolumeClaim *RBD *FlexVolume *Cinder *CephFS *Flocker *DownwardAPI *FC *AzureFile *ConfigMap *VsphereVolume *Quobyte *AzureDisk *PhotonPersistentDisk *Projected *PortworxVolume *ScaleIO *StorageOS *CSI *Ephemeral *Image
VsphereVirtualDiskVolumeSource VolumePath FSType StoragePolicyName StoragePolicyID
WeightedPodAffinityTerm Weight PodAffinityTerm
WindowsSecurityContextOptions *GMSACredentialSpecName *GMSACredentialSpec *RunAsUserName *HostProcess
`;

/** Embedded structs, and those whose schema has their fields. */
export const EMBEDDED_IN: Readonly<Record<string, string>> = {
  EphemeralContainerCommon: 'EphemeralContainer',
  ProbeHandler: 'Probe',
  VolumeSource: 'Volume',
};

/** Named types that are not strings underneath. */
export const GO_ALIASES: Readonly<Record<string, string>> = {
  ResourceList: 'map[v1.ResourceName]resource.Quantity',
};
