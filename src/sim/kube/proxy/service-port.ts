/** What kube-proxy keeps of a Service, one entry per port (pkg/proxy/serviceport.go, servicechangetracker.go, v1.37). */
import { remembered } from '../../engine/remembered.ts';
import type { Service, ServicePort as ApiServicePort } from '../api/types-core.ts';
import { base32, sha256 } from './sha256.ts';

export interface ServicePort {
  /** `namespace/name`, with `:port` where the port has a name; part of chain names and comments. */
  readonly name: string;
  /** `namespace/name` */
  readonly service: string;
  readonly portName: string;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  readonly clusterIP: string;
  readonly port: number;
  readonly nodePort: number;
  readonly externalIPs: readonly string[];
  readonly loadBalancerIPs: readonly string[];
  readonly healthCheckNodePort: number;
  readonly internalLocal: boolean;
  readonly externalLocal: boolean;
  /** Seconds, undefined without session affinity. */
  readonly stickySeconds: number | undefined;
}

/** Proxy modes leave Services with this label alone. */
const OTHER_PROXY = 'service.kubernetes.io/service-proxy-name';
const HEADLESS = 'service.kubernetes.io/headless';

/** The ports of a Service that kube-proxy looks after; none for headless and ExternalName Services. */
export function servicePorts(service: Service): readonly ServicePort[] {
  const { spec, metadata } = service;
  const labels = metadata.labels ?? {};
  if (spec.type === 'ExternalName' || spec.clusterIP === undefined || spec.clusterIP === '' || spec.clusterIP === 'None') return [];
  if (OTHER_PROXY in labels || HEADLESS in labels || spec.clusterIP.includes(':')) return [];
  const key = `${metadata.namespace ?? ''}/${metadata.name}`;
  const affinity = spec.sessionAffinity === 'ClientIP' ? (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800) : undefined;
  const ingress = (service.status.loadBalancer?.ingress ?? []).flatMap((each) => (each.ip === undefined ? [] : [each.ip]));
  return (spec.ports ?? []).map((port: ApiServicePort) => ({
    name: port.name === undefined || port.name === '' ? key : `${key}:${port.name}`,
    service: key,
    portName: port.name ?? '',
    protocol: (port.protocol ?? 'TCP').toLowerCase() as ServicePort['protocol'],
    clusterIP: spec.clusterIP ?? '',
    port: port.port,
    nodePort: port.nodePort ?? 0,
    externalIPs: spec.externalIPs ?? [],
    loadBalancerIPs: spec.type === 'LoadBalancer' ? ingress : [],
    healthCheckNodePort: spec.externalTrafficPolicy === 'Local' ? (spec.healthCheckNodePort ?? 0) : 0,
    internalLocal: spec.internalTrafficPolicy === 'Local',
    externalLocal: spec.externalTrafficPolicy === 'Local',
    stickySeconds: affinity,
  }));
}

export function isExternallyAccessible(port: ServicePort): boolean {
  return port.nodePort !== 0 || port.externalIPs.length > 0 || port.loadBalancerIPs.length > 0;
}

/** All nodes ask for the same names, again and again. */
const hash = remembered((text) => base32(sha256(text)).slice(0, 16));

/** @param kind SVC (endpoints anywhere), SVL (local endpoints), EXT (traffic from outside) */
export function serviceChain(kind: 'SVC' | 'SVL' | 'EXT', port: ServicePort): string {
  return `KUBE-${kind}-${hash(port.name + port.protocol)}`;
}

/** @param endpoint such as `10.244.1.5:8080` */
export function endpointChain(port: ServicePort, endpoint: string): string {
  return `KUBE-SEP-${hash(port.name + port.protocol + endpoint)}`;
}
