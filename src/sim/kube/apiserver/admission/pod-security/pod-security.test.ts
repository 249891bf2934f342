import { describe, expect, it } from 'vitest';
import type { PodSpec } from '../../../api/types-pod.ts';
import type { Unchecked } from '../../../api/unchecked.ts';
import type { AdmissionLookup } from '../admission-lookup.ts';
import { podSecurityPolicy } from './levels.ts';
import { admitNamespace, admitPod, admitTemplate } from './pod-security.ts';

type Labels = Readonly<Record<string, string>>;

function clusterWith(labels: Labels): AdmissionLookup {
  return {
    namespace: (name) => ({ metadata: { name, labels } }),
    serviceAccount: () => ({}),
    podsIn: () => [],
    randomName: () => 'bcdfg',
  };
}

function refusalOf(level: string, spec: Unchecked<PodSpec>): string | undefined {
  const lookup = clusterWith({ 'pod-security.kubernetes.io/enforce': level });
  return admitPod({ metadata: { name: 'p1' }, spec }, 'default', lookup).refused?.message;
}

const main = { name: 'main', image: 'alpine' };
const tight = {
  ...main,
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
};

describe('Pod Security', () => {
  it('lets everything pass where the namespace says nothing', () => {
    expect(admitPod({ spec: { hostPID: true, containers: [main] } }, 'default', clusterWith({}))).toEqual({
      refused: undefined,
      warnings: [],
    });
  });

  it('names all host namespaces at once', () => {
    expect(refusalOf('baseline', { hostNetwork: true, hostPID: true, hostIPC: true, containers: [main] })).toBe(
      'pods "p1" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true, hostPID=true, hostIPC=true)',
    );
  });

  it('names the container that has too much', () => {
    const spec = {
      containers: [{ ...main, securityContext: { privileged: true }, ports: [{ hostPort: 80 }] }],
    };
    expect(refusalOf('baseline', spec)).toBe(
      'pods "p1" is forbidden: violates PodSecurity "baseline:latest": hostPort (container "main" uses hostPort 80), privileged (container "main" must not set securityContext.privileged=true)',
    );
  });

  it('asks for four things where everything is restricted', () => {
    expect(refusalOf('restricted', { containers: [main] })).toBe(
      'pods "p1" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "main" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "main" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "main" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "main" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
    );
    const securityContext = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' as const } };
    expect(refusalOf('restricted', { securityContext, containers: [tight] })).toBeUndefined();
  });

  it('never refuses a workload, but warns', () => {
    const lookup = clusterWith({ 'pod-security.kubernetes.io/enforce': 'baseline' });
    const { refused, warnings } = admitTemplate({ spec: { hostPID: true, containers: [main] } }, 'default', lookup);
    expect(refused).toBeUndefined();
    expect(warnings).toEqual(['would violate PodSecurity "baseline:latest": host namespaces (hostPID=true)']);
  });

  it('refuses namespaces whose labels mean nothing', () => {
    const labels = { 'pod-security.kubernetes.io/enforce': 'strict' };
    const namespace = { metadata: { name: 'n', labels } };
    expect(admitNamespace(namespace, undefined, clusterWith({})).refused?.message).toContain(
      'metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "strict": must be one of privileged, baseline, restricted',
    );
  });

  it('warns about what it enforces unless told otherwise', () => {
    expect(podSecurityPolicy({ 'pod-security.kubernetes.io/enforce': 'baseline' }).warn.level).toBe('baseline');
    const both = {
      'pod-security.kubernetes.io/enforce': 'baseline',
      'pod-security.kubernetes.io/warn': 'restricted',
    };
    expect(podSecurityPolicy(both).warn.level).toBe('restricted');
  });
});
