// Which warnings reach the client: headers have little room.
// Models k8s.io/apiserver pkg/endpoints/filters/warning.go (v1.37): recorder.AddWarning.

const MOST_IN_ALL = 4 * 1024;
const MOST_OF_ONE = 256;

/** The warnings as they arrive: each once; where they are too long together, each is cut, and the last are left out. */
export function deliveredWarnings(warnings: readonly string[]): readonly string[] {
  const once = [...new Set(warnings)];
  if ([...once.join('')].length <= MOST_IN_ALL) return once;
  const kept: string[] = [];
  let written = 0;
  for (const text of once) {
    if (written >= MOST_IN_ALL) break;
    const cut = [...text].slice(0, MOST_OF_ONE);
    written += cut.length;
    kept.push(cut.join(''));
  }
  return kept;
}
