// Reads one YAML document. Everything that can be wrong with it comes back as data.

import { Composer } from './composer.ts';
import { Cursor } from './cursor.ts';
import type { DuplicateKey, SourceNode } from './node.ts';
import { Parser } from './parser.ts';
import { Scanner } from './scanner.ts';
import { YamlProblem } from './source.ts';
import type { Mark, SourceRange } from './source.ts';

export type YamlResult =
  | {
      readonly kind: 'document';
      readonly root: SourceNode | undefined;
      readonly duplicates: readonly DuplicateKey[];
    }
  | { readonly kind: 'error'; readonly message: string; readonly range: SourceRange | undefined };

/**
 * Parses the first document in `text`; `base` is where the text begins in the whole manifest.
 * An error's message is go-yaml's, "yaml: " included, as sigs.k8s.io/yaml v1.6 passes it on.
 */
export function parseYaml(text: string, base: Mark): YamlResult {
  const cursor = new Cursor(text, base);
  const composer = new Composer(cursor);
  try {
    new Parser({ cursor, scanner: new Scanner(cursor), composer }).parse();
    composer.finish();
    return { kind: 'document', root: composer.root, duplicates: composer.duplicates };
  } catch (problem) {
    if (!(problem instanceof YamlProblem)) throw problem;
    const fromYaml = !/^(?:json: |unsupported map key)/.test(problem.message);
    return { kind: 'error', message: (fromYaml ? 'yaml: ' : '') + problem.message, range: problem.range };
  }
}
