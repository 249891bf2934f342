// What admission may ask about the cluster. Whoever runs admission answers: the API server from its storage, the editor from its scene.

import type { Namespace, ServiceAccount } from '../../api/types-core.ts';
import type { Pod } from '../../api/types-pod.ts';

export interface AdmissionLookup {
  namespace(name: string): Pick<Namespace, 'metadata'> | undefined;
  serviceAccount(namespace: string, name: string): Pick<ServiceAccount, 'automountServiceAccountToken' | 'imagePullSecrets'> | undefined;
  podsIn(namespace: string): readonly Pod[];
  /** Random lower-case letters and digits for generated names. */
  randomName(length: number): string;
}
