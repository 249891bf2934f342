// Finds the objects of a text that the form shows, and where their settings are. Knows nothing of what they mean.
import { isMap, LineCounter, parseAllDocuments } from 'yaml';
import type { Document, ParsedNode } from 'yaml';

export type Path = readonly (string | number)[];

export interface SpecPlace {
  readonly document: Document<ParsedNode>;
  /** Path of the PodSpec or of the ServiceSpec. */
  readonly spec: Path;
  readonly kind: 'pod' | 'service';
  /** As the object itself says it, such as `Deployment`. */
  readonly kindName: string;
}

/** The line, from 1, where a text stops being YAML. */
export interface BrokenText {
  readonly brokenAt: number;
}

const podSpecs: readonly Path[] = [['spec', 'template', 'spec'], ['spec', 'jobTemplate', 'spec', 'template', 'spec'], ['spec']];

/** The objects that the form knows, in the text's order; others in the same text are passed over. */
export function findSpecs(text: string): readonly SpecPlace[] | BrokenText {
  const lineCounter = new LineCounter();
  // YAML 1.1 is what kubectl reads: `yes` is a boolean.
  const documents = parseAllDocuments(text, { lineCounter, uniqueKeys: false, version: '1.1' });
  if (!Array.isArray(documents)) return [];
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error) return { brokenAt: lineCounter.linePos(error.pos[0]).line };
  return documents.flatMap((document) => specOf(document) ?? []);
}

/** One of them, by its place among them; the last one where there are not so many. */
export function findSpec(text: string, object: number): SpecPlace | undefined {
  const places = findSpecs(text);
  return 'brokenAt' in places ? undefined : (places[object] ?? places.at(-1));
}

function specOf(document: Document<ParsedNode>): SpecPlace | undefined {
  const kind: unknown = document.getIn(['kind']);
  const kindName = typeof kind === 'string' ? kind : '';
  if (kind === 'Service') return { document, spec: ['spec'], kind: 'service', kindName };
  for (const spec of podSpecs) {
    const node: unknown = document.getIn(spec);
    if (isMap(node) && (spec.length > 1 || kind === 'Pod' || node.has('containers'))) return { document, spec, kind: 'pod', kindName };
  }
  return undefined;
}
