/** Finds the Pod in what a manifest describes, be it alone or the template of a workload. */
import type { KubeObject } from '../sim/kube/api/types.ts';
import type { PodSpec } from '../sim/kube/api/types-pod.ts';

export interface PodInManifest {
  readonly spec: PodSpec;
  /** Field path of the spec: `spec`, or `spec.template.spec` in workloads. */
  readonly path: string;
  readonly name: string;
}

/** @returns every Pod or Pod template, in the order of the manifest */
export function podsOf(objects: readonly KubeObject[]): readonly PodInManifest[] {
  return objects.flatMap((object): PodInManifest[] => {
    const name = object.metadata.name;
    switch (object.kind) {
      case 'Pod':
        return [{ spec: object.spec, path: 'spec', name }];
      case 'DaemonSet':
      case 'Deployment':
      case 'ReplicaSet':
      case 'StatefulSet':
      case 'Job': {
        const spec = object.spec.template?.spec;
        return spec ? [{ spec, path: 'spec.template.spec', name }] : [];
      }
      default:
        return [];
    }
  });
}
