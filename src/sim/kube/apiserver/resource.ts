/**
 * The resources this API server serves, as discovery describes them (`kubectl api-resources`, v1.37 of the recordings).
 * Knows names only; objects live in storage.ts.
 */
export interface Resource {
  /** Key in storage: the plural, with its group unless that is core (`pods`, `deployments.apps`). */
  readonly key: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  /** Empty for core. */
  readonly group: string;
  readonly version: string;
  readonly namespaced: boolean;
  readonly kind: string;
  /** Member of the `all` category (`kubectl get all`). */
  readonly inAll: boolean;
  /** Accepts PUT/PATCH on these subresources. */
  readonly subresources: readonly string[];
  readonly verbs: readonly string[];
}

const ALL_VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const CREATE_ONLY = ['create'];

const IN_ALL = new Set([
  'pods',
  'replicationcontrollers',
  'services',
  'daemonsets.apps',
  'deployments.apps',
  'replicasets.apps',
  'statefulsets.apps',
  'horizontalpodautoscalers.autoscaling',
  'cronjobs.batch',
  'jobs.batch',
]);

const SUBRESOURCES: Readonly<Record<string, readonly string[]>> = {
  pods: ['attach', 'binding', 'ephemeralcontainers', 'eviction', 'exec', 'log', 'portforward', 'proxy', 'resize', 'status'],
  services: ['proxy', 'status'],
  nodes: ['proxy', 'status'],
  namespaces: ['finalize', 'status'],
  serviceaccounts: ['token'],
  persistentvolumeclaims: ['status'],
  'deployments.apps': ['scale', 'status'],
  'replicasets.apps': ['scale', 'status'],
  'statefulsets.apps': ['scale', 'status'],
  'daemonsets.apps': ['status'],
  'jobs.batch': ['status'],
  replicationcontrollers: ['scale', 'status'],
};

/** plural, short names, version of the group, namespaced, kind: the rows of `kubectl api-resources`. */
const ROWS: readonly (readonly [string, string, string, boolean, string])[] = [
  ['bindings', '', 'v1', true, 'Binding'],
  ['componentstatuses', 'cs', 'v1', false, 'ComponentStatus'],
  ['configmaps', 'cm', 'v1', true, 'ConfigMap'],
  ['endpoints', 'ep', 'v1', true, 'Endpoints'],
  ['events', 'ev', 'v1', true, 'Event'],
  ['limitranges', 'limits', 'v1', true, 'LimitRange'],
  ['namespaces', 'ns', 'v1', false, 'Namespace'],
  ['nodes', 'no', 'v1', false, 'Node'],
  ['persistentvolumeclaims', 'pvc', 'v1', true, 'PersistentVolumeClaim'],
  ['persistentvolumes', 'pv', 'v1', false, 'PersistentVolume'],
  ['pods', 'po', 'v1', true, 'Pod'],
  ['podtemplates', '', 'v1', true, 'PodTemplate'],
  ['replicationcontrollers', 'rc', 'v1', true, 'ReplicationController'],
  ['resourcequotas', 'quota', 'v1', true, 'ResourceQuota'],
  ['secrets', '', 'v1', true, 'Secret'],
  ['serviceaccounts', 'sa', 'v1', true, 'ServiceAccount'],
  ['services', 'svc', 'v1', true, 'Service'],
  ['mutatingadmissionpolicies', '', 'admissionregistration.k8s.io/v1', false, 'MutatingAdmissionPolicy'],
  ['mutatingadmissionpolicybindings', '', 'admissionregistration.k8s.io/v1', false, 'MutatingAdmissionPolicyBinding'],
  ['mutatingwebhookconfigurations', '', 'admissionregistration.k8s.io/v1', false, 'MutatingWebhookConfiguration'],
  ['validatingadmissionpolicies', '', 'admissionregistration.k8s.io/v1', false, 'ValidatingAdmissionPolicy'],
  ['validatingadmissionpolicybindings', '', 'admissionregistration.k8s.io/v1', false, 'ValidatingAdmissionPolicyBinding'],
  ['validatingwebhookconfigurations', '', 'admissionregistration.k8s.io/v1', false, 'ValidatingWebhookConfiguration'],
  ['customresourcedefinitions', 'crd,crds', 'apiextensions.k8s.io/v1', false, 'CustomResourceDefinition'],
  ['apiservices', '', 'apiregistration.k8s.io/v1', false, 'APIService'],
  ['controllerrevisions', '', 'apps/v1', true, 'ControllerRevision'],
  ['daemonsets', 'ds', 'apps/v1', true, 'DaemonSet'],
  ['deployments', 'deploy', 'apps/v1', true, 'Deployment'],
  ['replicasets', 'rs', 'apps/v1', true, 'ReplicaSet'],
  ['statefulsets', 'sts', 'apps/v1', true, 'StatefulSet'],
  ['selfsubjectreviews', '', 'authentication.k8s.io/v1', false, 'SelfSubjectReview'],
  ['tokenreviews', '', 'authentication.k8s.io/v1', false, 'TokenReview'],
  ['localsubjectaccessreviews', '', 'authorization.k8s.io/v1', true, 'LocalSubjectAccessReview'],
  ['selfsubjectaccessreviews', '', 'authorization.k8s.io/v1', false, 'SelfSubjectAccessReview'],
  ['selfsubjectrulesreviews', '', 'authorization.k8s.io/v1', false, 'SelfSubjectRulesReview'],
  ['subjectaccessreviews', '', 'authorization.k8s.io/v1', false, 'SubjectAccessReview'],
  ['horizontalpodautoscalers', 'hpa', 'autoscaling/v2', true, 'HorizontalPodAutoscaler'],
  ['cronjobs', 'cj', 'batch/v1', true, 'CronJob'],
  ['jobs', '', 'batch/v1', true, 'Job'],
  ['certificatesigningrequests', 'csr', 'certificates.k8s.io/v1', false, 'CertificateSigningRequest'],
  ['clustertrustbundles', '', 'certificates.k8s.io/v1', false, 'ClusterTrustBundle'],
  ['podcertificaterequests', '', 'certificates.k8s.io/v1', true, 'PodCertificateRequest'],
  ['leases', '', 'coordination.k8s.io/v1', true, 'Lease'],
  ['endpointslices', '', 'discovery.k8s.io/v1', true, 'EndpointSlice'],
  ['events', 'ev', 'events.k8s.io/v1', true, 'Event'],
  ['flowschemas', '', 'flowcontrol.apiserver.k8s.io/v1', false, 'FlowSchema'],
  ['prioritylevelconfigurations', '', 'flowcontrol.apiserver.k8s.io/v1', false, 'PriorityLevelConfiguration'],
  ['ingressclasses', '', 'networking.k8s.io/v1', false, 'IngressClass'],
  ['ingresses', 'ing', 'networking.k8s.io/v1', true, 'Ingress'],
  ['ipaddresses', 'ip', 'networking.k8s.io/v1', false, 'IPAddress'],
  ['networkpolicies', 'netpol', 'networking.k8s.io/v1', true, 'NetworkPolicy'],
  ['servicecidrs', '', 'networking.k8s.io/v1', false, 'ServiceCIDR'],
  ['runtimeclasses', '', 'node.k8s.io/v1', false, 'RuntimeClass'],
  ['poddisruptionbudgets', 'pdb', 'policy/v1', true, 'PodDisruptionBudget'],
  ['clusterrolebindings', '', 'rbac.authorization.k8s.io/v1', false, 'ClusterRoleBinding'],
  ['clusterroles', '', 'rbac.authorization.k8s.io/v1', false, 'ClusterRole'],
  ['rolebindings', '', 'rbac.authorization.k8s.io/v1', true, 'RoleBinding'],
  ['roles', '', 'rbac.authorization.k8s.io/v1', true, 'Role'],
  ['deviceclasses', '', 'resource.k8s.io/v1', false, 'DeviceClass'],
  ['devicetaintrules', '', 'resource.k8s.io/v1', false, 'DeviceTaintRule'],
  ['resourceclaims', '', 'resource.k8s.io/v1', true, 'ResourceClaim'],
  ['resourceclaimtemplates', '', 'resource.k8s.io/v1', true, 'ResourceClaimTemplate'],
  ['resourceslices', '', 'resource.k8s.io/v1', false, 'ResourceSlice'],
  ['priorityclasses', 'pc', 'scheduling.k8s.io/v1', false, 'PriorityClass'],
  ['csidrivers', '', 'storage.k8s.io/v1', false, 'CSIDriver'],
  ['csinodes', '', 'storage.k8s.io/v1', false, 'CSINode'],
  ['csistoragecapacities', '', 'storage.k8s.io/v1', true, 'CSIStorageCapacity'],
  ['storageclasses', 'sc', 'storage.k8s.io/v1', false, 'StorageClass'],
  ['volumeattachments', '', 'storage.k8s.io/v1', false, 'VolumeAttachment'],
  ['volumeattributesclasses', 'vac', 'storage.k8s.io/v1', false, 'VolumeAttributesClass'],
  ['storageversionmigrations', '', 'storagemigration.k8s.io/v1', false, 'StorageVersionMigration'],
];

function resourceOfRow([plural, short, groupVersion, namespaced, kind]: (typeof ROWS)[number]): Resource {
  const slash = groupVersion.indexOf('/');
  const group = slash < 0 ? '' : groupVersion.slice(0, slash);
  const key = group === '' ? plural : `${plural}.${group}`;
  return {
    key,
    plural,
    singular: kind.toLowerCase(),
    shortNames: short === '' ? [] : short.split(','),
    group,
    version: slash < 0 ? groupVersion : groupVersion.slice(slash + 1),
    namespaced,
    kind,
    inAll: IN_ALL.has(key),
    subresources: SUBRESOURCES[key] ?? [],
    verbs: kind.endsWith('Review') || kind === 'Binding' ? CREATE_ONLY : ALL_VERBS,
  };
}

/** Every resource, in the order of `kubectl api-resources`. */
export const RESOURCES: readonly Resource[] = ROWS.map(resourceOfRow);

const RESOURCE_BY_KEY = new Map(RESOURCES.map((resource) => [resource.key, resource]));
const RESOURCE_BY_KIND = new Map(RESOURCES.map((resource) => [`${apiVersionOf(resource)}/${resource.kind}`, resource]));

/** `v1` or `apps/v1`. */
export function apiVersionOf(resource: Resource): string {
  return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
}

/** The resource of a storage key such as `pods` or `deployments.apps`; throws for a key that does not exist (our own mistake). */
export function resourceOfKey(key: string): Resource {
  const resource = RESOURCE_BY_KEY.get(key);
  if (resource === undefined) throw new Error(`no resource ${key}`);
  return resource;
}

/** The resource that stores objects of this apiVersion and kind. */
export function resourceOfKind(apiVersion: string, kind: string): Resource | undefined {
  return RESOURCE_BY_KIND.get(`${apiVersion}/${kind}`);
}

/**
 * What a person means by `po`, `pods`, `pod`, `deploy`, `deployments.apps`, `deployments.v1.apps` (RESTMapper and
 * ShortcutExpander of client-go); undefined when the server has no such type. Names are matched in lower case.
 */
export function resourceOfArgument(argument: string): Resource | undefined {
  const [name = '', ...rest] = argument.toLowerCase().split('.');
  const group = rest.join('.');
  const wanted = RESOURCES.filter((resource) => resource.plural === name || resource.singular === name || resource.shortNames.includes(name));
  if (group === '') return wanted[0];
  return wanted.find((resource) => resource.group === group || `${resource.version}.${resource.group}` === group);
}
