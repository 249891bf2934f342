/** The machines of the course's cluster, as the recordings describe them. Knows no rules, only names and numbers. */
import { KUBERNETES_VERSION, type NodeDescription } from './system-objects.ts';

/** The static Pods of the recorded control plane came up side by side, their pause processes in another order than their shims. */
export const FIRST_STARTS = {
  'etcd-server4-master': { shim: 80, pause: 190 },
  'kube-controller-manager-server4-master': { shim: 100, pause: 160 },
  'kube-apiserver-server4-master': { shim: 120, pause: 130 },
  'kube-scheduler-server4-master': { shim: 140, pause: 100 },
};

/** The seed document's cluster. */
export const NODES: readonly NodeDescription[] = [
  {
    name: 'server4-master',
    address: '192.168.2.204',
    podCidr: '10.244.0.0/24',
    controlPlane: true,
    hashSeeds: { '192.168.2.204': 0x0004, '127.0.0.1': 0x0012, '0.0.0.0': 0x1000, '::': 0x2010 },
  },
  {
    name: 'server5-node1',
    address: '192.168.2.205',
    podCidr: '10.244.1.0/24',
    controlPlane: false,
    hashSeeds: { '127.0.0.1': 0x8001, '0.0.0.0': 0x0000, '::': 0x0010 },
  },
  {
    name: 'server6-node2',
    address: '192.168.2.206',
    podCidr: '10.244.2.0/24',
    controlPlane: false,
    hashSeeds: { '127.0.0.1': 0x0000, '0.0.0.0': 0xf000, '::': 0x2000 },
  },
];
export const CLIENT = { name: 'client', address: '192.168.2.100' } as const;
export const GATEWAY = '192.168.2.1';

/** What kubeadm has pulled before anything runs. */
export function preloadedImages(node: NodeDescription): readonly string[] {
  const system = ['registry.k8s.io/pause:3.10.2', `registry.k8s.io/kube-proxy:${KUBERNETES_VERSION}`, 'registry.k8s.io/coredns/coredns:v1.14.6'];
  if (!node.controlPlane) return system;
  return [
    ...system,
    'registry.k8s.io/etcd:3.7.0-0',
    ...['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map((name) => `registry.k8s.io/${name}:${KUBERNETES_VERSION}`),
  ];
}
