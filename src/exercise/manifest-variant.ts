/**
 * A manifest said as a change to one of the lesson's own: which settings stand below spec, which in the first container.
 * Works on the text of authors' manifests (two spaces per level, as in start.yaml), never on a learner's.
 */

type Scalar = string | number | boolean;
/** `undefined` takes the field out. Lists and maps are written as YAML flow. */
type FieldValue = Scalar | undefined | readonly unknown[] | { readonly [name: string]: unknown };

export interface ManifestVariant {
  /** The solution when absent. */
  readonly from?: 'start' | 'solution';
  /** Fields of the Pod's spec. */
  readonly spec?: { readonly [field: string]: FieldValue };
  /** Fields of its first container. */
  readonly container?: { readonly [field: string]: FieldValue };
  /** Takes the place of everything above: a manifest of another kind. */
  readonly text?: string;
}

export interface LessonManifests {
  readonly start: string;
  readonly solution: string;
}

/** The manifest's whole text. */
export function manifestVariant(variant: ManifestVariant, manifests: LessonManifests): string {
  if (variant.text !== undefined) return variant.text;
  let lines = manifests[variant.from ?? 'solution'].trimEnd().split('\n');
  for (const [name, value] of Object.entries(variant.spec ?? {})) lines = withField(lines, { name, value, indent: 2 });
  for (const [name, value] of Object.entries(variant.container ?? {})) lines = withField(lines, { name, value, indent: 4 });
  return `${lines.join('\n')}\n`;
}

interface Field {
  readonly name: string;
  readonly value: FieldValue;
  readonly indent: 2 | 4;
}

function withField(lines: readonly string[], { name, value, indent }: Field): string[] {
  const margin = ' '.repeat(indent);
  const at = lines.findIndex((line) => line.startsWith(`${margin}${name}:`));
  const kept = [...lines];
  if (at >= 0) {
    const after = lines.slice(at + 1).findIndex((line) => !line.startsWith(`${margin} `) && !line.startsWith(`${margin}- `));
    kept.splice(at, after < 0 ? lines.length - at : after + 1);
  }
  if (value === undefined) return kept;
  const written = `${margin}${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
  if (indent === 2) kept.splice(kept.indexOf('spec:') + 1, 0, written);
  else kept.push(written);
  return kept;
}
