/** The root file systems of the machines of a cluster: nodes with what kubeadm puts on them, and the outside client. */
import { remembered } from '../engine/remembered.ts';
import { machineRoot } from '../linux/distribution/machine-root.ts';
import type { DirectoryTemplate, FileEntry, FileList } from '../linux/fs/file-template.ts';
import { staticPodManifests, type NodeAddress } from './static-pods.ts';

export interface NodeRootOptions {
  readonly name: string;
  /** All nodes, the control plane's first. */
  readonly nodes: readonly NodeAddress[];
  /** Range of the node's Pods. */
  readonly podCidr: string;
  readonly nameserver: string;
}

/** /etc/hosts of the machines, in the form of Red Hat's (as the seed document's nodes have it). */
export function hostsFile(nodes: readonly NodeAddress[]): string {
  return [
    '127.0.0.1   localhost localhost.localdomain localhost4 localhost4.localdomain4',
    '::1         localhost localhost.localdomain localhost6 localhost6.localdomain6',
    ...nodes.map(({ name, address }) => `${address} ${name}`),
    '',
  ].join('\n');
}

const EXECUTABLES: FileList = {
  '/usr/bin/containerd': { program: 'containerd/system', size: 42_995_896 },
  '/usr/bin/containerd-shim-runc-v2': { program: 'containerd-shim-runc-v2/system', size: 9_003_192 },
  '/usr/bin/kubelet': { program: 'kubelet/system', size: 58_102_948 },
  '/usr/local/bin/ctr': { program: 'ctr/system', size: 23_154_872 },
  '/usr/local/bin/kubeadm': { program: 'kubeadm/system', size: 71_422_116 },
  '/usr/local/bin/kubectl': { program: 'kubectl/kubectl', size: 58_642_596 },
  '/usr/sbin/runc': { program: 'runc/system', size: 12_301_448 },
};

function kubeconfig(server: string, user: string): FileEntry {
  return {
    mode: 0o600,
    text: `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: LS0tLS1CRUdJTg==
    server: https://${server}:6443
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: ${user}
  name: ${user}@kubernetes
current-context: ${user}@kubernetes
kind: Config
preferences: {}
users:
- name: ${user}
  user:
    client-certificate-data: LS0tLS1CRUdJTg==
    client-key-data: LS0tLS1CRUdJTg==
`,
  };
}

function kubeletConfig(): string {
  return `apiVersion: kubelet.config.k8s.io/v1beta1
cgroupDriver: cgroupfs
clusterDNS:
- 10.96.0.10
clusterDomain: cluster.local
enforceNodeAllocatable: []
failCgroupV1: false
failSwapOn: false
kind: KubeletConfiguration
resolvConf: /etc/resolv.conf
rotateCertificates: true
staticPodPath: /etc/kubernetes/manifests
`;
}

function bridgeConfig(podCidr: string): string {
  return `{"cniVersion":"1.0.0","name":"cbr0","plugins":[
 {"type":"bridge","bridge":"cni0","isGateway":true,"hairpinMode":true,"ipMasq":true,"ipam":{"type":"host-local","ranges":[[{"subnet":"${podCidr}"}]],"routes":[{"dst":"0.0.0.0/0"}]}},
 {"type":"portmap","capabilities":{"portMappings":true}}]}
`;
}

const PKI = [
  'apiserver.crt',
  'apiserver.key',
  'apiserver-etcd-client.crt',
  'apiserver-etcd-client.key',
  'apiserver-kubelet-client.crt',
  'apiserver-kubelet-client.key',
  'ca.crt',
  'ca.key',
  'etcd/ca.crt',
  'etcd/ca.key',
  'etcd/peer.crt',
  'etcd/peer.key',
  'etcd/server.crt',
  'etcd/server.key',
  'front-proxy-ca.crt',
  'front-proxy-ca.key',
  'front-proxy-client.crt',
  'front-proxy-client.key',
  'sa.key',
  'sa.pub',
];

/** What only the control plane's node has. */
function controlPlaneFiles(node: NodeAddress): FileList {
  const list: Record<string, FileEntry> = {
    '/etc/kubernetes/admin.conf': kubeconfig(node.address, 'kubernetes-admin'),
    '/etc/kubernetes/controller-manager.conf': kubeconfig(node.address, 'system:kube-controller-manager'),
    '/etc/kubernetes/scheduler.conf': kubeconfig(node.address, 'system:kube-scheduler'),
    '/etc/kubernetes/super-admin.conf': kubeconfig(node.address, 'kubernetes-super-admin'),
    '/root/.kube/config': kubeconfig(node.address, 'kubernetes-admin'),
    '/var/lib/etcd': { directory: true, mode: 0o700 },
  };
  for (const name of PKI)
    list[`/etc/kubernetes/pki/${name}`] = {
      text: name.endsWith('.key')
        ? '-----BEGIN RSA PRIVATE KEY-----\n-----END RSA PRIVATE KEY-----\n'
        : '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n',
      mode: name.endsWith('.key') ? 0o600 : 0o644,
    };
  for (const [name, text] of Object.entries(staticPodManifests(node))) list[`/etc/kubernetes/manifests/${name}.yaml`] = { text, mode: 0o600 };
  return list;
}

/** What Debian's containernetworking-plugins 1.1.1 has beside those that are used. */
const OTHER_PLUGINS = ['bandwidth', 'dhcp', 'firewall', 'host-device', 'ipvlan', 'macvlan', 'ptp', 'sbr', 'static', 'tuning', 'vlan', 'vrf'];

const CPU_STATE = '{"policyName":"none","defaultCpuSet":"","checksum":1353318690}';
const MEMORY_STATE = '{"policyName":"None","machineState":{},"checksum":4236770233}';

/** What kubeadm and the kubelet leave in the kubelet's directory; the state of Pods themselves is not kept there. */
const KUBELET_FILES = {
  '/var/lib/kubelet/actuated_pods_state': { text: '{}', mode: 0o600 },
  '/var/lib/kubelet/allocated_pods_state': { text: '{}', mode: 0o600 },
  '/var/lib/kubelet/checkpoints': { directory: true, mode: 0o700 },
  '/var/lib/kubelet/cpu_manager_state': { text: CPU_STATE, mode: 0o600 },
  '/var/lib/kubelet/device-plugins': { directory: true },
  '/var/lib/kubelet/dra_manager_state': { text: '{}', mode: 0o600 },
  '/var/lib/kubelet/image_manager': { directory: true, mode: 0o700 },
  '/var/lib/kubelet/instance-config.yaml': 'containerRuntimeEndpoint: "unix:///run/containerd/containerd.sock"\n',
  '/var/lib/kubelet/kubeadm-flags.env': 'KUBELET_KUBEADM_ARGS=""\n',
  '/var/lib/kubelet/memory_manager_state': { text: MEMORY_STATE, mode: 0o600 },
  '/var/lib/kubelet/pki': { directory: true },
  '/var/lib/kubelet/plugins': { directory: true, mode: 0o750 },
  '/var/lib/kubelet/plugins_registry': { directory: true, mode: 0o750 },
  '/var/lib/kubelet/pod-resources': { directory: true, mode: 0o750 },
  '/var/lib/kubelet/pods-api': { directory: true, mode: 0o750 },
} as const;

/** The root file system of a node; the first of `nodes` is the control plane's. Every world begins with the same ones. */
export function nodeRoot(options: NodeRootOptions): DirectoryTemplate {
  return rootOf(JSON.stringify(options));
}

const rootOf = remembered((text) => composed(JSON.parse(text) as NodeRootOptions), 20);

function composed(options: NodeRootOptions): DirectoryTemplate {
  const [first] = options.nodes;
  if (!first) throw new Error('a cluster has at least one node');
  const isControlPlane = first.name === options.name;
  return machineRoot({
    hostname: options.name,
    hosts: hostsFile(options.nodes),
    nameservers: [options.nameserver],
    files: {
      ...EXECUTABLES,
      '/etc/cni/net.d/10-bridge.conflist': bridgeConfig(options.podCidr),
      '/etc/containerd/config.toml': 'version = 3\n',
      '/etc/kubernetes/kubelet.conf': kubeconfig(first.address, `system:node:${options.name}`),
      ...Object.fromEntries(OTHER_PLUGINS.map((name) => [`/opt/cni/bin/${name}`, { program: 'unmodelled/system' }])),
      '/opt/cni/bin/bridge': { program: 'bridge-plugin/system' },
      '/opt/cni/bin/host-local': { program: 'host-local-plugin/system' },
      '/opt/cni/bin/loopback': { program: 'loopback-plugin/system' },
      '/opt/cni/bin/portmap': { program: 'portmap-plugin/system' },
      ...KUBELET_FILES,
      '/var/lib/kubelet/config.yaml': kubeletConfig(),
      '/var/lib/kubelet/pods': { directory: true, mode: 0o750 },
      '/var/lib/containerd': { directory: true, mode: 0o711 },
      ...(isControlPlane
        ? controlPlaneFiles(first)
        : { '/etc/kubernetes/pki/ca.crt': '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n', '/root/go': { directory: true } }),
    },
  });
}

/** The root file system of the machine outside: the same Debian without Kubernetes. */
export function clientRoot(options: {
  readonly name: string;
  readonly nodes: readonly NodeAddress[];
  readonly nameserver: string;
}): DirectoryTemplate {
  return machineRoot({
    hostname: options.name,
    hosts: `127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n`,
    nameservers: [options.nameserver],
  });
}
