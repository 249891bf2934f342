// Splits a manifest into documents as kubectl does: JSON values as long as they are JSON, then YAML between
// "---" lines. Knows nothing of Kubernetes objects.
// Models k8s.io/apimachinery v0.37, util/yaml/decoder.go (YAMLOrJSONDecoder, YAMLReader).

import type { DuplicateKey, SourceNode } from '../yaml/node.ts';
import { parseJson } from '../yaml/parse-json.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import type { Mark, SourceRange } from '../yaml/source.ts';
import { utf8Length } from '../yaml/utf8.ts';

export interface RawDocument {
  readonly root: SourceNode;
  readonly duplicates: readonly DuplicateKey[];
  readonly syntax: 'json' | 'yaml';
}

export interface ReadError {
  readonly code: 'separator' | 'yaml';
  readonly message: string;
  readonly range: SourceRange | undefined;
}

export interface ReadResult {
  /** The documents before the error, empty ones left out. */
  readonly documents: readonly RawDocument[];
  readonly error: ReadError | undefined;
}

type Add = (syntax: RawDocument['syntax'], document: { readonly root: SourceNode | undefined; readonly duplicates: readonly DuplicateKey[] }) => void;

const START: Mark = { offset: 0, line: 0, column: 0 };

/** What Go's scanner has read when it meets the character at `offset`: bytes, this one's first included. */
function bytesRead(text: string, offset: number): number {
  return utf8Length(text.slice(0, offset)) + 1;
}

const charAfter = (at: Mark): SourceRange => ({
  start: at,
  end: { ...at, offset: at.offset + 1, column: at.column + 1 },
});

/** What Go's unicode.IsSpace knows, a byte order mark not among it. */
const SPACE = '[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*';
const LOOKS_LIKE_JSON = new RegExp(`^\ufeff?${SPACE}\\{`);
/** kubectl looks so far for the brace that makes a manifest JSON. */
const GUESSED_FROM = 4096;
const BEHIND_SEPARATOR = new RegExp(`^---${SPACE}`);

/** Reads all documents of `text`. Never throws. */
export function readDocuments(text: string): ReadResult {
  const documents: RawDocument[] = [];
  const add: Add = (syntax, { root, duplicates }) => {
    if (root !== undefined && root.value !== null) documents.push({ root, duplicates, syntax });
  };
  // kubectl's reader takes a byte order mark away.
  let at = text.startsWith('\ufeff') ? { ...START, offset: 1 } : START;
  let jsonError: ReadError | undefined;
  if (LOOKS_LIKE_JSON.test(text.slice(0, GUESSED_FROM))) {
    let count = 0;
    for (;;) {
      const next = parseJson(text, at);
      if (next.kind === 'end') return { documents, error: undefined };
      if (next.kind === 'error') {
        const isSyntax = next.message !== 'unexpected EOF';
        const offset = isSyntax ? `json: offset ${bytesRead(text, next.at.offset)}: ` : '';
        // After two JSON values there is no going back to YAML.
        const message = count > 1 ? next.message : offset + next.message;
        jsonError = { code: 'yaml', message, range: charAfter(next.at) };
        if (count > 1) return { documents, error: jsonError };
        break;
      }
      count++;
      add('json', next);
      at = next.root.end;
    }
    at = skipToLine(text, at);
  }
  const error = readYaml(text, { at, add, jsonError });
  return { documents, error };
}

/** Past space up to and with the first line break. */
function skipToLine(text: string, at: Mark): Mark {
  const space = /^[^\S\n]*\n?/.exec(text.slice(at.offset))?.[0] ?? '';
  const offset = at.offset + space.length;
  return space.endsWith('\n') ? { offset, line: at.line + 1, column: 0 } : { ...at, offset, column: at.column + space.length };
}

function readYaml(
  text: string,
  context: {
    readonly at: Mark;
    readonly add: Add;
    readonly jsonError: ReadError | undefined;
  },
): ReadError | undefined {
  // The JSON decoder's error stands for the first YAML document's, should that fail too.
  let { jsonError } = context;
  let start = context.at;
  let offset = start.offset;
  let { line } = start;
  const finish = (end: number): ReadError | undefined => {
    if (end === start.offset) return undefined;
    const slice = text.slice(start.offset, end);
    const result = parseYaml(slice.endsWith('\n') ? slice : slice + '\n', start);
    if (result.kind === 'error')
      return (
        jsonError ?? {
          code: 'yaml',
          message: `error converting YAML to JSON: ${result.message}`,
          range: result.range,
        }
      );
    jsonError = undefined;
    context.add('yaml', result);
    return undefined;
  };
  while (offset < text.length) {
    const newline = text.indexOf('\n', offset);
    const end = newline < 0 ? text.length : newline + 1;
    if (text.startsWith('---', offset)) {
      const behind = text.slice(offset, end).replace(BEHIND_SEPARATOR, '').trimEnd();
      if (behind !== '' && !behind.startsWith('#')) {
        const from = { offset, line, column: 0 };
        const range = {
          start: from,
          end: { ...from, offset: offset + 3 + behind.length, column: 3 + behind.length },
        };
        return jsonError ?? { code: 'separator', message: `invalid Yaml document separator: ${behind}`, range };
      }
      if (offset > start.offset) {
        const error = finish(offset);
        if (error !== undefined) return error;
        start = { offset: end, line: line + 1, column: 0 };
      }
    }
    offset = end;
    line++;
  }
  return finish(text.length);
}
