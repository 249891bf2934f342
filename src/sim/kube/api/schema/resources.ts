// Every kind that a kubeadm cluster of v1.37 serves, as `kubectl api-resources` lists them.
// Says nothing of which of them this cluster can store.

export interface ApiResource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The plural in URLs: "pods". */
  readonly name: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
}

// A line for each group and version; "-" marks kinds without a namespace; name, short names and kind by colons.
const TABLE = `
v1 bindings::Binding -componentstatuses:cs:ComponentStatus configmaps:cm:ConfigMap endpoints:ep:Endpoints events:ev:Event limitranges:limits:LimitRange -namespaces:ns:Namespace -nodes:no:Node persistentvolumeclaims:pvc:PersistentVolumeClaim -persistentvolumes:pv:PersistentVolume pods:po:Pod podtemplates::PodTemplate replicationcontrollers:rc:ReplicationController resourcequotas:quota:ResourceQuota secrets::Secret serviceaccounts:sa:ServiceAccount services:svc:Service
admissionregistration.k8s.io/v1 -mutatingadmissionpolicies::MutatingAdmissionPolicy -mutatingadmissionpolicybindings::MutatingAdmissionPolicyBinding -mutatingwebhookconfigurations::MutatingWebhookConfiguration -validatingadmissionpolicies::ValidatingAdmissionPolicy -validatingadmissionpolicybindings::ValidatingAdmissionPolicyBinding -validatingwebhookconfigurations::ValidatingWebhookConfiguration
apiextensions.k8s.io/v1 -customresourcedefinitions:crd,crds:CustomResourceDefinition
apiregistration.k8s.io/v1 -apiservices::APIService
apps/v1 controllerrevisions::ControllerRevision daemonsets:ds:DaemonSet deployments:deploy:Deployment replicasets:rs:ReplicaSet statefulsets:sts:StatefulSet
authentication.k8s.io/v1 -selfsubjectreviews::SelfSubjectReview -tokenreviews::TokenReview
authorization.k8s.io/v1 localsubjectaccessreviews::LocalSubjectAccessReview -selfsubjectaccessreviews::SelfSubjectAccessReview -selfsubjectrulesreviews::SelfSubjectRulesReview -subjectaccessreviews::SubjectAccessReview
autoscaling/v2 horizontalpodautoscalers:hpa:HorizontalPodAutoscaler
autoscaling/v1 horizontalpodautoscalers:hpa:HorizontalPodAutoscaler
batch/v1 cronjobs:cj:CronJob jobs::Job
certificates.k8s.io/v1 -certificatesigningrequests:csr:CertificateSigningRequest -clustertrustbundles::ClusterTrustBundle podcertificaterequests::PodCertificateRequest
coordination.k8s.io/v1 leases::Lease
discovery.k8s.io/v1 endpointslices::EndpointSlice
events.k8s.io/v1 events:ev:Event
flowcontrol.apiserver.k8s.io/v1 -flowschemas::FlowSchema -prioritylevelconfigurations::PriorityLevelConfiguration
networking.k8s.io/v1 -ingressclasses::IngressClass ingresses:ing:Ingress -ipaddresses:ip:IPAddress networkpolicies:netpol:NetworkPolicy -servicecidrs::ServiceCIDR
node.k8s.io/v1 -runtimeclasses::RuntimeClass
policy/v1 poddisruptionbudgets:pdb:PodDisruptionBudget
rbac.authorization.k8s.io/v1 -clusterrolebindings::ClusterRoleBinding -clusterroles::ClusterRole rolebindings::RoleBinding roles::Role
resource.k8s.io/v1 -deviceclasses::DeviceClass -devicetaintrules::DeviceTaintRule resourceclaims::ResourceClaim resourceclaimtemplates::ResourceClaimTemplate -resourceslices::ResourceSlice
scheduling.k8s.io/v1 -priorityclasses:pc:PriorityClass
storage.k8s.io/v1 -csidrivers::CSIDriver -csinodes::CSINode csistoragecapacities::CSIStorageCapacity -storageclasses:sc:StorageClass -volumeattachments::VolumeAttachment -volumeattributesclasses:vac:VolumeAttributesClass
storagemigration.k8s.io/v1 -storageversionmigrations::StorageVersionMigration
`;

function readLine(line: string): ApiResource[] {
  const [groupVersion = '', ...entries] = line.split(' ');
  const [version = '', group = ''] = groupVersion.split('/').reverse();
  return entries.map((entry) => {
    const [name = '', shortNames = '', kind = ''] = entry.replace(/^-/, '').split(':');
    return {
      group,
      version,
      kind,
      name,
      shortNames: shortNames === '' ? [] : shortNames.split(','),
      namespaced: !entry.startsWith('-'),
    };
  });
}

/** All resources, in the order of `kubectl api-resources`. */
export const API_RESOURCES: readonly ApiResource[] = TABLE.trim().split('\n').flatMap(readLine);

/** "v1" for the core group, else "group/version". */
export function apiVersionOf(resource: { readonly group: string; readonly version: string }): string {
  return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
}
