/** The images of Kubernetes itself: pause, the control plane, kube-proxy, CoreDNS, etcd. */
import { DEBIAN_LAYOUT, debianConfiguration, MINIMAL_PACKAGES, packageFiles } from '../../../linux/distribution/debian-packages.ts';
import { fileTemplate, type DirectoryTemplate } from '../../../linux/fs/file-template.ts';
import { SMALL_ACCOUNTS } from './busybox-files.ts';
import { defineImage, type Image } from './image.ts';

/** A root file system with one static executable. */
function single(path: string, program: string, size: number): () => DirectoryTemplate {
  return () =>
    fileTemplate({
      '/dev': { directory: true },
      ...SMALL_ACCOUNTS,
      '/etc/ssl/certs': { directory: true },
      '/proc': { directory: true },
      '/run': { directory: true },
      '/sys': { directory: true },
      '/tmp': { directory: true, mode: 0o1777 },
      '/usr/local/bin': { directory: true },
      '/var': { directory: true },
      [path]: { program, size },
    });
}

const VERSION = 'v1.37.2';

function component(name: string, digest: string, size: number): Image {
  return defineImage({
    repository: `registry.k8s.io/${name}`,
    tags: [VERSION],
    digest,
    size,
    files: single(`/usr/local/bin/${name}`, `${name}/system`, size * 3),
  });
}

export const systemImages: readonly Image[] = [
  defineImage({
    repository: 'registry.k8s.io/pause',
    tags: ['3.10.2'],
    digest: '9f3e8a1d57c2b46e0a8d3517c9f60b28e4d7a1f5c3609b8e72d4fa1c650be937',
    size: 312_947,
    entrypoint: ['/pause'],
    user: '65535:65535',
    files: single('/pause', 'pause/system', 739_344),
  }),
  component('kube-apiserver', '54fe31de15bc7dd6a70e0033654c4ec27d0d49c09bcee2be6fd57ecdb60db6fc', 27_461_214),
  component('kube-controller-manager', '1b7d0e94c3a86f5d2e04b8a97c61f350d8e29a4b7f165c03d92ae8b4716fc05d', 23_022_761),
  component('kube-scheduler', '7e4a92c0d1b8f36e5a07c4d918b2f6e30c5d8a71b94ef2063d7ca85e1b90f426', 17_845_339),
  defineImage({
    repository: 'registry.k8s.io/kube-proxy',
    tags: [VERSION],
    digest: 'c20f8d6b3e917a45d08c2fb16e74a9350b8d1ce7f4a26903e5d78bc1f06a942e',
    size: 61_205_883,
    files: () =>
      fileTemplate({
        ...DEBIAN_LAYOUT,
        ...debianConfiguration(),
        ...packageFiles([...MINIMAL_PACKAGES, 'iptables', 'iproute2']),
        '/usr/local/bin/kube-proxy': { program: 'kube-proxy/system', size: 44_572_836 },
      }),
  }),
  defineImage({
    repository: 'registry.k8s.io/etcd',
    tags: ['3.7.0-0'],
    digest: 'e80b5c1fa7d3296480ce1d5bf720a8693c4eb07f1d59a2863be4c70fd9a518b2',
    size: 22_410_562,
    files: single('/usr/local/bin/etcd', 'etcd/system', 25_731_224),
  }),
  defineImage({
    repository: 'registry.k8s.io/coredns/coredns',
    tags: ['v1.14.6'],
    digest: '40d1b8e6f5a3c9720be4d81f6c09a537e2b8d46f0c715ea9382fd4c61b07e953',
    size: 22_148_405,
    entrypoint: ['/coredns'],
    files: single('/coredns', 'coredns/system', 70_148_280),
  }),
];
