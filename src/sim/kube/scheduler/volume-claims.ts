/** Refuses Pods whose PersistentVolumeClaims are missing or unbound; nothing provisions volumes in this cluster. Modelled on plugins/volumebinding PreFilter (v1.37). */
import type { Storage } from '../apiserver/storage.ts';
import type { Pod } from '../api/types-pod.ts';

/** The scheduler's reason, or undefined when the Pod's claims are in order. */
export function missingClaim(pod: Pod, storage: Storage): string | undefined {
  for (const volume of pod.spec.volumes ?? []) {
    const name = volume.persistentVolumeClaim?.claimName;
    if (name === undefined) continue;
    const claim = storage.get('persistentvolumeclaims', pod.metadata.namespace ?? '', name);
    if (claim === undefined) return `persistentvolumeclaim "${name}" not found`;
    if (claim.metadata.deletionTimestamp !== undefined) return `persistentvolumeclaim "${name}" is being deleted`;
    if (claim.status.phase !== 'Bound') return 'pod has unbound immediate PersistentVolumeClaims';
  }
  return undefined;
}
