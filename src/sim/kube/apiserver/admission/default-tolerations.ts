// Lets every Pod stay five minutes on a node that stops answering.
// Modelled on plugin/pkg/admission/defaulttolerationseconds/admission.go (v1.37); evicts nobody.

import type { Pod, Toleration } from '../../api/types-pod.ts';
import type { Unchecked } from '../../api/unchecked.ts';

const TAINTS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];
const SECONDS = 300;

/** The Pod with the two default tolerations, unless it tolerates those taints in its own way. */
export function withDefaultTolerations(pod: Unchecked<Pod>): Unchecked<Pod> {
  const own = pod.spec?.tolerations ?? [];
  const added = TAINTS.filter((key) => !own.some((toleration) => concerns(toleration, key))).map((key) => ({
    key,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: SECONDS,
  }));
  return added.length === 0 ? pod : { ...pod, spec: { ...pod.spec, tolerations: [...own, ...added] } };
}

function concerns(toleration: Unchecked<Toleration>, taint: string): boolean {
  const { key = '', effect = '' } = toleration;
  return (key === taint || key === '') && (effect === 'NoExecute' || effect === '');
}
