// Where an object of each kind keeps its labels and the labels that it selects by. Knows neither form nor text.
import type { Path, SpecPlace } from './find-spec.ts';
import type { LabelsField } from './form-state.ts';

export interface LabelsPlace {
  readonly field: LabelsField;
  /** Path of the mapping. */
  readonly path: Path;
}

/** Kinds whose selector is a LabelSelector that the author writes (apps/v1). */
const labelSelectors = ['Deployment', 'DaemonSet', 'ReplicaSet', 'StatefulSet'];
/** Kinds whose selector is a plain mapping (core/v1). */
const plainSelectors = ['Service', 'ReplicationController'];
const replicated = ['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController'];

/** The mappings of labels that an object has or may have, in the order in which they stand in a manifest. */
export function labelsPlaces({ kindName, spec }: SpecPlace): readonly LabelsPlace[] {
  const selector: readonly Path[] = [
    ...(labelSelectors.includes(kindName) ? [['spec', 'selector', 'matchLabels']] : []),
    ...(plainSelectors.includes(kindName) ? [['spec', 'selector']] : []),
  ];
  const template = spec.includes('template') ? [[...spec.slice(0, -1), 'metadata', 'labels']] : [];
  return [
    { field: 'labels', path: ['metadata', 'labels'] },
    ...selector.map((path) => ({ field: 'selector' as const, path })),
    ...template.map((path) => ({ field: 'templateLabels' as const, path })),
  ];
}

/** Whether an object of this kind is asked for in a number. */
export function hasReplicas({ kindName }: SpecPlace): boolean {
  return replicated.includes(kindName);
}
