// Finds the object of a text that the form shows, and where its settings are. Knows nothing of what they mean.
import { isMap, LineCounter, parseAllDocuments } from 'yaml';
import type { Document, ParsedNode } from 'yaml';

export type Path = readonly (string | number)[];

export interface SpecPlace {
  readonly document: Document<ParsedNode>;
  /** Path of the PodSpec or of the ServiceSpec. */
  readonly spec: Path;
  readonly kind: 'pod' | 'service';
}

const podSpecs: readonly Path[] = [['spec', 'template', 'spec'], ['spec', 'jobTemplate', 'spec', 'template', 'spec'], ['spec']];

/** The first object that the form knows; the line (from 1) where the text stops being YAML; or neither. */
export function findSpec(text: string): SpecPlace | { readonly brokenAt: number } | undefined {
  const lineCounter = new LineCounter();
  // YAML 1.1 is what kubectl reads: `yes` is a boolean.
  const documents = parseAllDocuments(text, { lineCounter, uniqueKeys: false, version: '1.1' });
  if (!Array.isArray(documents)) return undefined;
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error) return { brokenAt: lineCounter.linePos(error.pos[0]).line };
  for (const document of documents) {
    const kind: unknown = document.getIn(['kind']);
    if (kind === 'Service') return { document, spec: ['spec'], kind: 'service' };
    for (const spec of podSpecs) {
      const node: unknown = document.getIn(spec);
      if (isMap(node) && (spec.length > 1 || kind === 'Pod' || node.has('containers'))) return { document, spec, kind: 'pod' };
    }
  }
  return undefined;
}
