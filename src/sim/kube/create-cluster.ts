/**
 * Assembles a cluster: machines on one LAN, the control plane, and on every node runtime, network, proxy and kubelet. The only
 * wiring. Can be done bit by bit; how much at a time is for others to say.
 */
import { wholeOf, type Pieces } from '../engine/pieces.ts';
import { Simulation } from '../engine/simulation.ts';
import { isErrno } from '../linux/errno.ts';
import { createMachine, rootCredentials, type Machine } from '../linux/machine.ts';
import { NullFile } from '../linux/fs/null-file.ts';
import type { OpenFile } from '../linux/fs/open-file.ts';
import { INITIAL_USER_INODE, NamespaceInodes } from '../linux/namespace/inode.ts';
import { attachDns, hostsZone } from '../linux/net/dns-service.ts';
import { acquaint, joinLan } from '../linux/net/join-lan.ts';
import { Lan } from '../linux/net/lan.ts';
import { NetworkNamespace } from '../linux/net/network-namespace.ts';
import { TraceLog } from '../linux/net/packet-trace.ts';
import type { ProgramTable } from '../linux/process/kernel.ts';
import { ApiServer } from './apiserver/api-server.ts';
import { objectRules } from './apiserver/admission/object-rules.ts';
import type { KubeletClient } from './apiserver/kubelet-client.ts';
import { PodStreams } from './apiserver/pod-streams.ts';
import { AssembledCluster } from './assembled-cluster.ts';
import { registerCluster, type Cluster } from './cluster.ts';
import { BridgeNetwork } from './cni/bridge-network.ts';
import { isReady } from './controllers/pod-readiness.ts';
import { startControllers } from './controllers/start-controllers.ts';
import { Containerd } from './cri/containerd.ts';
import { ImageStore } from './cri/image-store.ts';
import { Kubelet } from './kubelet/kubelet.ts';
import { clientRoot, nodeRoot } from './node-root.ts';
import { machineFiles } from './node/machine-files.ts';
import { machineProbes } from './node/machine-probes.ts';
import { readManifest } from './node/read-manifest.ts';
import { KubeProxy } from './proxy/kube-proxy.ts';
import { Scheduler } from './scheduler/scheduler.ts';
import { createDns, createProxy, createKubernetesService, createNamespaces, createNode, type NodeDescription } from './system-objects.ts';
import { CLIENT, FIRST_STARTS, GATEWAY, NODES, preloadedImages } from './default-machines.ts';

export interface ClusterOptions {
  readonly programs: ProgramTable;
  readonly seed: string;
  /** Unix milliseconds at which somebody enters the world; default the morning of the recordings. */
  readonly epoch?: number;
  /** Only the API server and the control plane's machine: no scheduler, controllers, kubelets. */
  readonly controlPlaneOnly?: boolean;
}

/** 2026-11-23 09:30 UTC. */
const EPOCH = 1_795_426_200_000;
/** How old the cluster is when somebody enters it, in milliseconds. */
const AGE = 48 * 60_000;
const BOOT_LIMIT = 60_000;
/** Static Pods and CoreDNS; kube-proxy comes once per node. */
const SYSTEM_PODS = 6;
const STATIC_PODS = 4;

const CLUSTER_CIDR = { address: '10.244.0.0', prefix: 16 } as const;

interface Wiring {
  readonly simulation: Simulation;
  readonly inodes: NamespaceInodes;
  readonly programs: ProgramTable;
  readonly lan: Lan;
  readonly traces: TraceLog;
}

/** @returns a cluster that has been running for a while, with everything of kube-system ready */
export function createCluster(options: ClusterOptions): Cluster {
  return wholeOf(bootCluster(options));
}

/** The same in small pieces. */
export function* bootCluster(options: ClusterOptions): Pieces<Cluster> {
  const epoch = options.epoch ?? EPOCH;
  const simulation = new Simulation({ seed: options.seed, epoch: epoch - AGE });
  const wiring: Wiring = {
    simulation,
    inodes: new NamespaceInodes(),
    programs: options.programs,
    lan: new Lan('192.168.2.0/24'),
    traces: new TraceLog(),
  };
  const machines = new Map<string, Machine>();
  for (const node of options.controlPlaneOnly ? NODES.slice(0, 1) : NODES) {
    machines.set(node.name, yield* bootNode(wiring, node));
    yield;
  }
  if (!options.controlPlaneOnly) machines.set(CLIENT.name, bootClient(wiring));
  openGateway(wiring);
  introduce(wiring.lan);
  const apiServer = new ApiServer({ simulation, rules: objectRules });
  yield* createNamespaces(apiServer);
  yield* createKubernetesService(apiServer, NODES[0]?.address ?? '');
  const runtimes = new Map<string, Containerd>();
  const kubelets = new Map<string, KubeletClient>();
  const cluster = new AssembledCluster({
    simulation,
    machines,
    apiServer,
    runtimes,
    traces: wiring.traces,
    streams: new PodStreams(apiServer, kubelets),
  });
  for (const machine of machines.values()) registerCluster(machine.kernel, cluster);
  if (options.controlPlaneOnly) {
    startDaemons(machines);
    return cluster;
  }
  yield;
  startControlPlane(apiServer);
  for (const node of NODES) {
    yield;
    const machine = machines.get(node.name);
    if (!machine) throw new Error(`${node.name} has no machine`);
    createNode(apiServer, node);
    const network = new BridgeNetwork({ simulation, node: machine.kernel.initial.net, subnet: cidr(node.podCidr) });
    const runtime = new Containerd({
      machine,
      images: new ImageStore(simulation, preloadedImages(node)),
      network,
      firstStarts: node.controlPlane ? FIRST_STARTS : {},
    });
    runtime.booting = true;
    runtimes.set(node.name, runtime);
    startProxy(apiServer, machine);
    yield;
    const kubelet = new Kubelet({
      simulation,
      server: apiServer,
      runtime,
      files: machineFiles(machine),
      network: machineProbes(machine),
      nodeName: node.name,
      hostIp: node.address,
      readManifest,
    });
    kubelets.set(node.name, kubelet);
    // The addons come while the control plane is the only node, so CoreDNS stays there.
    if (node.controlPlane) {
      startDaemons(new Map([[node.name, machine]]));
      yield;
      yield* kubelet.start();
      yield* untilSettled(apiServer, STATIC_PODS);
      createProxy(apiServer);
      yield* untilSettled(apiServer, STATIC_PODS + 1);
      createDns(apiServer);
      yield* untilSettled(apiServer, SYSTEM_PODS + 1);
    } else {
      startDaemons(new Map([[node.name, machine]]));
      yield;
      yield* kubelet.start();
    }
  }
  yield* untilSettled(apiServer, NODES.length + SYSTEM_PODS);
  for (const runtime of runtimes.values()) runtime.booting = false;
  simulation.leap(Math.max(0, AGE - simulation.now));
  for (const node of NODES) countThePast(machines.get(node.name), node.controlPlane);
  for (const machine of machines.values()) machine.kernel.initial.pid.skip(PIDS_OF_THE_PAST);
  return cluster;
}

/** Lets time pass until at least `least` Pods are there and all are ready; looks at them only after one has changed. */
function* untilSettled({ simulation, storage }: ApiServer, least: number): Pieces {
  const end = simulation.now + BOOT_LIMIT;
  let changed = true;
  const stop = storage.watch('pods', () => {
    changed = true;
  });
  for (;;) {
    if (changed) {
      changed = false;
      const pods = [...storage.objects('pods')];
      if (pods.length >= least && pods.every(isReady)) break;
    }
    const next = simulation.nextAt;
    if (next === undefined || next > end) break;
    simulation.step();
    yield;
  }
  stop();
}

function startControlPlane(server: ApiServer): void {
  new Scheduler(server).start();
  startControllers(server);
}

function cidr(text: string): { readonly address: string; readonly prefix: number } {
  const [address = '', prefix = ''] = text.split('/');
  return { address, prefix: Number(prefix) };
}

function* bootNode(wiring: Wiring, node: NodeDescription): Pieces<Machine> {
  const addresses = NODES.map(({ name, address }) => ({ name, address }));
  const root = nodeRoot({ name: node.name, nodes: addresses, podCidr: node.podCidr, nameserver: GATEWAY });
  yield;
  const machine = createMachine({ ...wiring, hostname: node.name, root });
  yield;
  const net = machine.kernel.initial.net;
  net.sockets.hashSeeds = node.hashSeeds;
  plugIn(wiring, net, node.address);
  net.sysctls.set('net.ipv4.ip_forward', '1');
  for (const other of NODES) if (other !== node) net.routes.add({ destination: cidr(other.podCidr), gateway: other.address });
  return machine;
}

function bootClient(wiring: Wiring): Machine {
  const machine = createMachine({ ...wiring, hostname: CLIENT.name, root: clientRoot({ name: CLIENT.name, nodes: NODES, nameserver: GATEWAY }) });
  plugIn(wiring, machine.kernel.initial.net, CLIENT.address);
  return machine;
}

/** The router of the LAN: no machine to type at, but it forwards and answers DNS. */
function openGateway(wiring: Wiring): void {
  const user = { kind: 'user', inode: INITIAL_USER_INODE, parent: undefined, uidMap: [], gidMap: [] } as const;
  const net = new NetworkNamespace({
    inode: wiring.inodes.next(),
    owner: user,
    simulation: wiring.simulation,
    host: 'gateway',
    traces: wiring.traces,
  });
  plugIn(wiring, net, GATEWAY);
  const names = new Map([...NODES, CLIENT].map(({ name, address }) => [name, address]));
  const failed = attachDns(net, GATEWAY, hostsZone(names));
  if (failed) throw new Error(`the gateway cannot answer DNS: ${failed.code}`);
}

/** One card on the LAN; hardware addresses of nodes count up from 00:0c:29:fb:af:1d. */
function plugIn(wiring: Wiring, net: NetworkNamespace, address: string): void {
  const last = Number(address.split('.')[3]);
  const mac =
    address === GATEWAY
      ? '0e:f9:07:d1:09:42'
      : address === CLIENT.address
        ? 'e6:09:c1:f8:e9:59'
        : `00:0c:29:fb:af:${(last - 204 + 0x1d).toString(16)}`;
  joinLan(net, { lan: wiring.lan, device: 'ens37', mac, address: { address, prefix: 24 }, ...(address === GATEWAY ? {} : { gateway: GATEWAY }) });
}

/** Nodes that have run for a while have met everybody; with the gateway (image pulls, names) and the API server they are always in touch. */
function introduce(lan: Lan): void {
  const cards = [...lan.stations()];
  for (const card of cards) {
    const { namespace } = card;
    if (!(namespace instanceof NetworkNamespace) || !NODES.some((node) => node.name === namespace.host)) continue;
    const [gateway, ...others] = [GATEWAY, ...NODES.filter((node) => node.name !== namespace.host).map((node) => node.address)];
    const master = NODES[0]?.address;
    acquaint(
      namespace,
      card,
      [gateway, others[0], CLIENT.address, ...others.slice(1)].flatMap((address) => {
        const mac = cards.find((each) => address !== undefined && each.hasAddress(address))?.mac;
        if (address === undefined || mac === undefined) return [];
        const busy = address === GATEWAY || address === master || (card.hasAddress(master ?? '') && address !== CLIENT.address);
        return [{ address, mac, busy, probes: address === master ? 4 : 1 }];
      }),
    );
  }
}

/** Numbers that threads and short-lived processes of the past hour used up, so that new ones have five digits. */
const PIDS_OF_THE_PAST = 54_000;

/** Numbers that booting used up before the first daemon. */
const PIDS_OF_BOOT = 60;

/** The processes that a node runs outside of Pods. */
function startDaemons(machines: ReadonlyMap<string, Machine>): void {
  for (const [name, machine] of machines) {
    const { kernel, init } = machine;
    kernel.initial.pid.skip(PIDS_OF_BOOT);
    const address = NODES.find((node) => node.controlPlane && node.name === name)?.address;
    const kubelet = [
      '/usr/bin/kubelet',
      '--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf',
      '--kubeconfig=/etc/kubernetes/kubelet.conf',
      '--config=/var/lib/kubelet/config.yaml',
    ];
    const commands = [['/usr/bin/containerd'], address === undefined ? kubelet : [...kubelet, `--node-ip=${address}`], ['/usr/sbin/sshd', '-D']];
    for (const argv of commands) {
      const process = kernel.spawn({
        parent: init,
        run: { path: argv[0] ?? '' },
        argv,
        env: new Map([['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin']]),
        files: new Map<number, OpenFile>([
          [0, new NullFile()],
          [1, new NullFile()],
          [2, new NullFile()],
        ]),
        credentials: rootCredentials(kernel.initial.user),
        namespaces: kernel.initial,
        fs: { root: '/', cwd: '/' },
        newSession: true,
      });
      if (isErrno(process)) throw new Error(`${argv[0]} does not start: ${process.text}`);
    }
  }
}

function startProxy(server: ApiServer, machine: Machine): void {
  const proxy = new KubeProxy({
    simulation: machine.kernel.simulation,
    node: machine.kernel.initial.net,
    nodeName: machine.name,
    clusterCidr: CLUSTER_CIDR,
  });
  const { storage } = server;
  for (const service of storage.objects('services')) proxy.setService(service);
  for (const slice of storage.objects('endpointslices.discovery.k8s.io')) proxy.setEndpointSlice(slice);
  storage.watch('services', ({ type, object }) => {
    if (type === 'DELETED') proxy.removeService({ namespace: object.metadata.namespace ?? '', name: object.metadata.name });
    else proxy.setService(object);
  });
  storage.watch('endpointslices.discovery.k8s.io', ({ type, object }) => {
    if (type === 'DELETED') proxy.removeEndpointSlice(object);
    else proxy.setEndpointSlice(object);
  });
  proxy.start();
}

/** What the background traffic of `AGE` would have counted up: it is not simulated packet by packet, but counters of a node are not zero. */
function countThePast(machine: Machine | undefined, controlPlane: boolean): void {
  if (!machine) return;
  const { random } = machine.kernel.simulation;
  const { interfaces } = machine.kernel.initial.net;
  const some = (least: number): number => random.integer(least, Math.floor(least * 1.3));
  const card = interfaces.find('ens37')?.counters;
  if (card) {
    card.rxPackets += some(controlPlane ? 42_000 : 20_000);
    card.txPackets += some(controlPlane ? 38_000 : 21_000);
    card.rxBytes += some(controlPlane ? 240_000_000 : 190_000_000);
    card.txBytes += some(controlPlane ? 21_000_000 : 6_400_000);
  }
  const packets = some(controlPlane ? 840_000 : 84_000);
  const bytes = packets * (controlPlane ? 307 : 65) + random.integer(0, 999);
  const { counters } = interfaces.loopback;
  counters.rxPackets += packets;
  counters.txPackets += packets;
  counters.rxBytes += bytes;
  counters.txBytes += bytes;
}
