/** What kubeadm leaves in a fresh cluster's API: namespaces, nodes, the system's Services, kube-proxy and CoreDNS (cmd/kubeadm/app/phases/addons, v1.37). */
import { wholeOf, type Pieces } from '../engine/pieces.ts';
import type { ApiServer } from './apiserver/api-server.ts';
import { SYSTEM } from './apiserver/authorization.ts';
import type { ApiObject } from './apiserver/object.ts';

export interface NodeDescription {
  readonly name: string;
  readonly address: string;
  readonly podCidr: string;
  readonly controlPlane: boolean;
  /** What its kernel drew at random for the order of listening sockets, by local address. */
  readonly hashSeeds: Readonly<Record<string, number>>;
}

export const KUBERNETES_VERSION = 'v1.37.2';
const DNS_ADDRESS = '10.96.0.10';

interface SystemObject extends Readonly<Record<string, unknown>> {
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string };
}

function create(server: ApiServer, [resource, namespace]: readonly [string, string], object: SystemObject): void {
  const created = server.create(resource, namespace, object as unknown as ApiObject, { user: SYSTEM });
  if ((created as { readonly kind: string }).kind === 'Status')
    throw new Error(`${resource}/${object.metadata.name}: ${(created as unknown as { readonly message: string }).message}`);
}

/** One namespace with what its controllers would have made by now. */
export function createNamespace(server: ApiServer, name: string, labels?: Readonly<Record<string, string>>): void {
  wholeOf(createNamespaceParts(server, name, labels));
}

function* createNamespaceParts(server: ApiServer, name: string, labels?: Readonly<Record<string, string>>): Pieces {
  create(server, ['namespaces', ''], { apiVersion: 'v1', kind: 'Namespace', metadata: { name, ...(labels === undefined ? {} : { labels }) } });
  yield;
  create(server, ['serviceaccounts', name], { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } });
  yield;
  create(server, ['configmaps', name], {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'kube-root-ca.crt',
      annotations: {
        'kubernetes.io/description':
          'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.',
      },
    },
    data: { 'ca.crt': '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n' },
  });
  yield;
}

/** The four that every cluster has. */
export function* createNamespaces(server: ApiServer): Pieces {
  for (const name of ['default', 'kube-node-lease', 'kube-public', 'kube-system']) yield* createNamespaceParts(server, name);
}

/** The API server's own Service and its endpoints. */
export function* createKubernetesService(server: ApiServer, address: string): Pieces {
  create(server, ['services', 'default'], {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kubernetes', labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: { clusterIP: '10.96.0.1', ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }], type: 'ClusterIP' },
  });
  yield;
  create(server, ['endpoints', 'default'], {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'kubernetes', labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
    subsets: [{ addresses: [{ ip: address }], ports: [{ name: 'https', port: 6443, protocol: 'TCP' }] }],
  });
  yield;
  create(server, ['endpointslices.discovery.k8s.io', 'default'], {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    addressType: 'IPv4',
    metadata: { name: 'kubernetes', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
    endpoints: [{ addresses: [address], conditions: { ready: true } }],
    ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
  });
  yield;
}

/** A node as its kubelet and the controllers have described it. */
export function createNode(server: ApiServer, node: NodeDescription): void {
  const roleLabels = node.controlPlane
    ? { 'node-role.kubernetes.io/control-plane': '', 'node.kubernetes.io/exclude-from-external-load-balancers': '' }
    : {};
  create(server, ['nodes', ''], {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: node.name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': node.name,
        'kubernetes.io/os': 'linux',
        ...roleLabels,
      },
      annotations: { 'node.alpha.kubernetes.io/ttl': '0', 'volumes.kubernetes.io/controller-managed-attach-detach': 'true' },
    },
    spec: {
      podCIDR: node.podCidr,
      podCIDRs: [node.podCidr],
      ...(node.controlPlane ? { taints: [{ effect: 'NoSchedule', key: 'node-role.kubernetes.io/control-plane' }] } : {}),
    },
  });
  server.setStatus('nodes', '', node.name, nodeStatus(server, node));
}

const CONDITIONS = [
  ['MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  ['DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  ['PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
  ['Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'],
] as const;

/** /etc/machine-id of the recorded nodes; another one gets a random id. */
const MACHINE_IDS: Readonly<Record<string, string>> = {
  'server4-master': '45722fba1577d499ef3eca185b46ea22',
  'server5-node1': '7e242daa456910cd119294c5a30c83ed',
};

function nodeStatus(server: ApiServer, node: NodeDescription): unknown {
  const now = server.now();
  const common = { cpu: '2', 'hugepages-1Gi': '0', 'hugepages-2Mi': '0', pods: '110' };
  const id = MACHINE_IDS[node.name] ?? server.simulation.random.string(32, '0123456789abcdef');
  return {
    addresses: [
      { address: node.address, type: 'InternalIP' },
      { address: node.name, type: 'Hostname' },
    ],
    allocatable: { ...common, 'ephemeral-storage': '243497856212', memory: '24581684Ki' },
    capacity: { ...common, 'ephemeral-storage': '270553174016', memory: '24684084Ki' },
    conditions: CONDITIONS.map(([type, status, reason, message]) => ({
      lastHeartbeatTime: now,
      lastTransitionTime: now,
      message,
      reason,
      status,
      type,
    })),
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    nodeInfo: {
      architecture: 'amd64',
      bootID: '84e86e81-cecc-4afa-ac16-043b2fb928a8',
      containerRuntimeVersion: 'containerd://2.4.2',
      kernelVersion: '6.18.44',
      kubeProxyVersion: '',
      kubeletVersion: KUBERNETES_VERSION,
      machineID: id,
      operatingSystem: 'linux',
      osImage: 'Debian GNU/Linux 12 (bookworm)',
      systemUUID: id,
    },
  };
}

/** kube-proxy on every node. */
export function createProxy(server: ApiServer): void {
  create(server, ['serviceaccounts', 'kube-system'], { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'kube-proxy' } });
  create(server, ['configmaps', 'kube-system'], {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kube-proxy', labels: { app: 'kube-proxy' } },
    data: {
      'config.conf': 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nclusterCIDR: 10.244.0.0/16\nkind: KubeProxyConfiguration\nmode: iptables\n',
      'kubeconfig.conf': '',
    },
  });
  create(server, ['daemonsets.apps', 'kube-system'], kubeProxy());
}

/** CoreDNS twice, and its Service. */
export function createDns(server: ApiServer): void {
  create(server, ['serviceaccounts', 'kube-system'], { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'coredns' } });
  create(server, ['configmaps', 'kube-system'], { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'coredns' }, data: { Corefile: COREFILE } });
  create(server, ['services', 'kube-system'], {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'kube-dns',
      labels: { 'k8s-app': 'kube-dns', 'kubernetes.io/cluster-service': 'true', 'kubernetes.io/name': 'CoreDNS' },
      annotations: { 'prometheus.io/port': '9153', 'prometheus.io/scrape': 'true' },
    },
    spec: {
      clusterIP: DNS_ADDRESS,
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
        { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
        { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153 },
      ],
      selector: { 'k8s-app': 'kube-dns' },
      type: 'ClusterIP',
    },
  });
  create(server, ['deployments.apps', 'kube-system'], coreDns());
}

const COREFILE = `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30 {
       disable success cluster.local
       disable denial cluster.local
    }
    loop
    reload
    loadbalance
}
`;

function kubeProxy(): SystemObject {
  const labels = { 'k8s-app': 'kube-proxy' };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'kube-proxy', labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'kube-proxy',
              image: `registry.k8s.io/kube-proxy:${KUBERNETES_VERSION}`,
              imagePullPolicy: 'IfNotPresent',
              command: ['/usr/local/bin/kube-proxy', '--config=/var/lib/kube-proxy/config.conf', '--hostname-override=$(NODE_NAME)'],
              env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'spec.nodeName' } } }],
              securityContext: { privileged: true },
              volumeMounts: [
                { mountPath: '/var/lib/kube-proxy', name: 'kube-proxy' },
                { mountPath: '/run/xtables.lock', name: 'xtables-lock' },
                { mountPath: '/lib/modules', name: 'lib-modules', readOnly: true },
              ],
            },
          ],
          hostNetwork: true,
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          priorityClassName: 'system-node-critical',
          serviceAccountName: 'kube-proxy',
          tolerations: [{ operator: 'Exists' }],
          volumes: [
            { configMap: { name: 'kube-proxy' }, name: 'kube-proxy' },
            { hostPath: { path: '/run/xtables.lock', type: 'FileOrCreate' }, name: 'xtables-lock' },
            { hostPath: { path: '/lib/modules', type: '' }, name: 'lib-modules' },
          ],
        },
      },
      updateStrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }, type: 'RollingUpdate' },
    },
  };
}

function coreDns(): SystemObject {
  const labels = { 'k8s-app': 'kube-dns' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'coredns', labels },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      strategy: { rollingUpdate: { maxUnavailable: 1 }, type: 'RollingUpdate' },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'coredns',
              image: 'registry.k8s.io/coredns/coredns:v1.14.6',
              imagePullPolicy: 'IfNotPresent',
              args: ['-conf', '/etc/coredns/Corefile'],
              ports: [
                { containerPort: 53, name: 'dns', protocol: 'UDP' },
                { containerPort: 53, name: 'dns-tcp', protocol: 'TCP' },
                { containerPort: 9153, name: 'metrics', protocol: 'TCP' },
                { containerPort: 8080, name: 'liveness-probe', protocol: 'TCP' },
                { containerPort: 8181, name: 'readiness-probe', protocol: 'TCP' },
              ],
              livenessProbe: {
                failureThreshold: 5,
                httpGet: { path: '/health', port: 'liveness-probe', scheme: 'HTTP' },
                initialDelaySeconds: 60,
                successThreshold: 1,
                timeoutSeconds: 5,
              },
              readinessProbe: { httpGet: { path: '/ready', port: 'readiness-probe', scheme: 'HTTP' } },
              resources: { limits: { memory: '170Mi' }, requests: { cpu: '100m', memory: '70Mi' } },
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
                readOnlyRootFilesystem: true,
              },
              volumeMounts: [{ mountPath: '/etc/coredns', name: 'config-volume', readOnly: true }],
            },
          ],
          // With one node at the time of `kubeadm init`, both replicas landed on the control plane.
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          dnsPolicy: 'Default',
          priorityClassName: 'system-cluster-critical',
          serviceAccountName: 'coredns',
          tolerations: [
            { key: 'CriticalAddonsOnly', operator: 'Exists' },
            { effect: 'NoSchedule', key: 'node-role.kubernetes.io/control-plane' },
          ],
          volumes: [{ configMap: { items: [{ key: 'Corefile', path: 'Corefile' }], name: 'coredns' }, name: 'config-volume' }],
        },
      },
    },
  };
}
