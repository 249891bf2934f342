// Where in a manifest a line stands, told by indentation alone, so that it works on text that does not parse yet.
// Knows no fields.

export interface YamlPlace {
  /** `kind` of the document that the line is in, or undefined while nobody has written one. */
  readonly kind: string | undefined;
  /** Keys from the document's root down to the mapping that holds this line's key; list items leave no trace. */
  readonly path: readonly string[];
  /** The line's own key, when it has one. */
  readonly key: string | undefined;
  /** Keys that the same mapping has already. */
  readonly siblings: readonly string[];
}

interface KeyLine {
  readonly indent: number;
  readonly key: string;
  /** The line opens a list's item. */
  readonly dash: boolean;
}

const keyPattern = /^(?<blank> *)(?<dashes>(?:- +)*)(?<key>[\w./-]+|"[^"]*")\s*:(?:\s|$)/;

function keyLine(line: string): KeyLine | undefined {
  const { blank = '', dashes = '', key = '' } = keyPattern.exec(line)?.groups ?? {};
  return key === '' ? undefined : { indent: blank.length + dashes.length, key, dash: dashes !== '' };
}

/**
 * The place of line `index` (from 0). For a line that has no key yet, `column` tells how deep it is meant to be.
 */
export function yamlPlace(lines: readonly string[], index: number, column: number): YamlPlace {
  let first = index;
  while (first > 0 && !/^---(\s|$)/.test(lines[first - 1] ?? '')) first -= 1;
  let last = index;
  while (last + 1 < lines.length && !/^---(\s|$)/.test(lines[last + 1] ?? '')) last += 1;
  const kind = lines
    .slice(first, last + 1)
    .map((line) => /^kind: *["']?(\w+)/.exec(line)?.[1])
    .find((each) => each !== undefined);

  const own = keyLine(lines[index] ?? '');
  const typed = /^( *(?:- +)*)/.exec(lines[index] ?? '')?.[1]?.length ?? 0;
  const indent = own?.indent ?? Math.min(typed, column);
  const path: string[] = [];
  let limit = indent;
  for (let row = index - 1; row >= first && limit > 0; row -= 1) {
    const line = keyLine(lines[row] ?? '');
    if (!line || line.indent >= limit) {
      // A list may stand at the indentation of the key that holds it.
      continue;
    }
    path.unshift(line.key);
    limit = line.indent;
  }
  // `ports:` and its `- containerPort:` may begin in one column: then the dash alone says that it is inside.
  const dashColumn = (lines[index] ?? '').search(/- /);
  const siblings: string[] = [];
  for (const step of [-1, 1]) {
    for (let row = index + step; row >= first && row <= last; row += step) {
      const line = keyLine(lines[row] ?? '');
      if ((lines[row] ?? '').trim() === '') continue;
      if (!line) continue;
      if (line.indent < indent) break;
      if (line.indent > indent) continue;
      if (step === 1 && line.dash) break;
      siblings.push(line.key);
      if (step === -1 && (line.dash || dashColumn >= 0)) break;
    }
  }
  if (own) siblings.push(own.key);
  return { kind, path, key: own?.key, siblings };
}
