/**
 * The manifests that kubeadm writes to /etc/kubernetes/manifests (cmd/kubeadm/app/phases/controlplane/manifests.go and
 * phases/etcd/local.go, v1.37), as YAML texts. Certificates and flags are those of a default installation.
 */

/** A node and its address on the LAN. */
export interface NodeAddress {
  readonly name: string;
  readonly address: string;
}

interface Probe {
  readonly path: string;
  readonly host: string;
  readonly scheme: 'HTTP' | 'HTTPS';
}

interface Component {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly cpu: string;
  readonly memory?: string;
  readonly port: number;
  /** Further ports by name. */
  readonly ports?: Readonly<Record<string, number>>;
  readonly live: Probe;
  readonly ready: Probe;
  /** startupProbe, where it differs from the live one. */
  readonly start?: Probe;
  /** Volume name → path and type, in the order of kubeadm (sorted by name). */
  readonly volumes: readonly (readonly [string, string, 'DirectoryOrCreate' | 'FileOrCreate'])[];
  readonly writable?: readonly string[];
  readonly annotation?: readonly [string, string];
}

const VERSION = 'v1.37.2';

function probe(
  name: string,
  { path, host, scheme }: Probe,
  numbers: { readonly failures: number; readonly delay?: number; readonly period: number },
): string {
  return `    ${name}:
      failureThreshold: ${numbers.failures}
      httpGet:
        host: ${host}
        path: ${path}
        port: probe-port
        scheme: ${scheme}
${numbers.delay === undefined ? '' : `      initialDelaySeconds: ${numbers.delay}\n`}      periodSeconds: ${numbers.period}
      timeoutSeconds: 15
`;
}

function ports(component: Component): string {
  const all: readonly (readonly [string, number])[] = [...Object.entries(component.ports ?? {}), ['probe-port', component.port]];
  return all.map(([name, port]) => `    - containerPort: ${port}\n      name: ${name}\n      protocol: TCP\n`).join('');
}

function manifest(component: Component): string {
  const annotation = component.annotation ? `  annotations:\n    ${component.annotation[0]}: ${component.annotation[1]}\n` : '';
  const mounts = component.volumes
    .map(([name, path]) => `    - mountPath: ${path}\n      name: ${name}\n${component.writable?.includes(name) ? '' : '      readOnly: true\n'}`)
    .join('');
  const volumes = component.volumes
    .map(([name, path, type]) => `  - hostPath:\n      path: ${path}\n      type: ${type}\n    name: ${name}\n`)
    .join('');
  return `apiVersion: v1
kind: Pod
metadata:
${annotation}  labels:
    component: ${component.name}
    tier: control-plane
  name: ${component.name}
  namespace: kube-system
spec:
  containers:
  - command:
${component.command.map((word) => `    - ${word}\n`).join('')}    image: ${component.image}
    imagePullPolicy: IfNotPresent
${probe('livenessProbe', component.live, { failures: 8, delay: 10, period: 10 })}    name: ${component.name}
    ports:
${ports(component)}${probe('readinessProbe', component.ready, { failures: 3, period: 1 })}    resources:
      requests:
        cpu: ${component.cpu}
${component.memory === undefined ? '' : `        memory: ${component.memory}\n`}${probe('startupProbe', component.start ?? component.live, { failures: 24, delay: 10, period: 10 })}    volumeMounts:
${mounts}  hostNetwork: true
  priority: 2000001000
  priorityClassName: system-node-critical
  securityContext:
    seccompProfile:
      type: RuntimeDefault
  volumes:
${volumes}status: {}
`;
}

const PKI = '/etc/kubernetes/pki';

function apiServer(address: string): Component {
  return {
    name: 'kube-apiserver',
    image: `registry.k8s.io/kube-apiserver:${VERSION}`,
    annotation: ['kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint', `${address}:6443`],
    command: [
      'kube-apiserver',
      `--advertise-address=${address}`,
      '--allow-privileged=true',
      '--authorization-mode=Node,RBAC',
      `--client-ca-file=${PKI}/ca.crt`,
      '--enable-admission-plugins=NodeRestriction',
      '--enable-bootstrap-token-auth=true',
      `--etcd-cafile=${PKI}/etcd/ca.crt`,
      `--etcd-certfile=${PKI}/apiserver-etcd-client.crt`,
      `--etcd-keyfile=${PKI}/apiserver-etcd-client.key`,
      '--etcd-servers=https://127.0.0.1:2379',
      `--kubelet-client-certificate=${PKI}/apiserver-kubelet-client.crt`,
      `--kubelet-client-key=${PKI}/apiserver-kubelet-client.key`,
      '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
      `--proxy-client-cert-file=${PKI}/front-proxy-client.crt`,
      `--proxy-client-key-file=${PKI}/front-proxy-client.key`,
      '--requestheader-allowed-names=front-proxy-client',
      `--requestheader-client-ca-file=${PKI}/front-proxy-ca.crt`,
      '--requestheader-extra-headers-prefix=X-Remote-Extra-',
      '--requestheader-group-headers=X-Remote-Group',
      '--requestheader-username-headers=X-Remote-User',
      '--secure-port=6443',
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-key-file=${PKI}/sa.pub`,
      `--service-account-signing-key-file=${PKI}/sa.key`,
      '--service-cluster-ip-range=10.96.0.0/12',
      `--tls-cert-file=${PKI}/apiserver.crt`,
      `--tls-private-key-file=${PKI}/apiserver.key`,
    ],
    cpu: '250m',
    port: 6443,
    live: { path: '/livez', host: address, scheme: 'HTTPS' },
    ready: { path: '/readyz', host: address, scheme: 'HTTPS' },
    volumes: [
      ['ca-certs', '/etc/ssl/certs', 'DirectoryOrCreate'],
      ['etc-ca-certificates', '/etc/ca-certificates', 'DirectoryOrCreate'],
      ['k8s-certs', PKI, 'DirectoryOrCreate'],
      ['usr-local-share-ca-certificates', '/usr/local/share/ca-certificates', 'DirectoryOrCreate'],
      ['usr-share-ca-certificates', '/usr/share/ca-certificates', 'DirectoryOrCreate'],
    ],
  };
}

const CONTROLLER_MANAGER: Component = {
  name: 'kube-controller-manager',
  image: `registry.k8s.io/kube-controller-manager:${VERSION}`,
  command: [
    'kube-controller-manager',
    '--allocate-node-cidrs=true',
    '--authentication-kubeconfig=/etc/kubernetes/controller-manager.conf',
    '--authorization-kubeconfig=/etc/kubernetes/controller-manager.conf',
    '--bind-address=127.0.0.1',
    `--client-ca-file=${PKI}/ca.crt`,
    '--cluster-cidr=10.244.0.0/16',
    '--cluster-name=kubernetes',
    `--cluster-signing-cert-file=${PKI}/ca.crt`,
    `--cluster-signing-key-file=${PKI}/ca.key`,
    '--controllers=*,bootstrapsigner,tokencleaner',
    '--kubeconfig=/etc/kubernetes/controller-manager.conf',
    '--leader-elect=true',
    `--requestheader-client-ca-file=${PKI}/front-proxy-ca.crt`,
    `--root-ca-file=${PKI}/ca.crt`,
    `--service-account-private-key-file=${PKI}/sa.key`,
    '--service-cluster-ip-range=10.96.0.0/12',
    '--use-service-account-credentials=true',
  ],
  cpu: '200m',
  port: 10257,
  live: { path: '/healthz', host: '127.0.0.1', scheme: 'HTTPS' },
  ready: { path: '/healthz', host: '127.0.0.1', scheme: 'HTTPS' },
  volumes: [
    ['ca-certs', '/etc/ssl/certs', 'DirectoryOrCreate'],
    ['etc-ca-certificates', '/etc/ca-certificates', 'DirectoryOrCreate'],
    ['flexvolume-dir', '/usr/libexec/kubernetes/kubelet-plugins/volume/exec', 'DirectoryOrCreate'],
    ['k8s-certs', PKI, 'DirectoryOrCreate'],
    ['kubeconfig', '/etc/kubernetes/controller-manager.conf', 'FileOrCreate'],
    ['usr-local-share-ca-certificates', '/usr/local/share/ca-certificates', 'DirectoryOrCreate'],
    ['usr-share-ca-certificates', '/usr/share/ca-certificates', 'DirectoryOrCreate'],
  ],
  writable: ['flexvolume-dir'],
};

const SCHEDULER: Component = {
  name: 'kube-scheduler',
  image: `registry.k8s.io/kube-scheduler:${VERSION}`,
  command: [
    'kube-scheduler',
    '--authentication-kubeconfig=/etc/kubernetes/scheduler.conf',
    '--authorization-kubeconfig=/etc/kubernetes/scheduler.conf',
    '--bind-address=127.0.0.1',
    '--kubeconfig=/etc/kubernetes/scheduler.conf',
    '--leader-elect=true',
  ],
  cpu: '100m',
  port: 10259,
  live: { path: '/livez', host: '127.0.0.1', scheme: 'HTTPS' },
  ready: { path: '/readyz', host: '127.0.0.1', scheme: 'HTTPS' },
  volumes: [['kubeconfig', '/etc/kubernetes/scheduler.conf', 'FileOrCreate']],
};

function etcd({ name, address }: NodeAddress): Component {
  const certificates = `${PKI}/etcd`;
  return {
    name: 'etcd',
    image: 'registry.k8s.io/etcd:3.7.0-0',
    annotation: ['kubeadm.kubernetes.io/etcd.advertise-client-urls', `https://${address}:2379`],
    command: [
      'etcd',
      `--advertise-client-urls=https://${address}:2379`,
      `--cert-file=${certificates}/server.crt`,
      '--client-cert-auth=true',
      '--data-dir=/var/lib/etcd',
      '--feature-gates=InitialCorruptCheck=true',
      `--initial-advertise-peer-urls=https://${address}:2380`,
      `--initial-cluster=${name}=https://${address}:2380`,
      `--key-file=${certificates}/server.key`,
      `--listen-client-urls=https://127.0.0.1:2379,https://${address}:2379`,
      '--listen-metrics-urls=http://127.0.0.1:2381',
      `--listen-peer-urls=https://${address}:2380`,
      `--name=${name}`,
      `--peer-cert-file=${certificates}/peer.crt`,
      '--peer-client-cert-auth=true',
      `--peer-key-file=${certificates}/peer.key`,
      `--peer-trusted-ca-file=${certificates}/ca.crt`,
      '--snapshot-count=10000',
      `--trusted-ca-file=${certificates}/ca.crt`,
      '--watch-progress-notify-interval=5s',
    ],
    cpu: '100m',
    memory: '100Mi',
    port: 2381,
    live: { path: '/livez', host: '127.0.0.1', scheme: 'HTTP' },
    ready: { path: '/readyz', host: '127.0.0.1', scheme: 'HTTP' },
    start: { path: '/readyz', host: '127.0.0.1', scheme: 'HTTP' },
    volumes: [
      ['etcd-certs', certificates, 'DirectoryOrCreate'],
      ['etcd-data', '/var/lib/etcd', 'DirectoryOrCreate'],
    ],
    writable: ['etcd-certs', 'etcd-data'],
  };
}

/** @returns file name without `.yaml` → text */
export function staticPodManifests(node: NodeAddress): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [etcd(node), apiServer(node.address), CONTROLLER_MANAGER, SCHEDULER].map((component) => [component.name, manifest(component)]),
  );
}
