// Takes an authored text (MDX with front matter) apart into what is translated piece by piece: front matter's texts by name,
// and the body's top-level blocks in order. Knows neither files nor languages.
import { createHash } from 'node:crypto';
import { mdxToMdast } from 'satteri';
import { parse } from 'yaml';

/** Front matter texts that no language translates. */
const notTranslated = /(?:^|\.)english$/;

export interface Block {
  /** The Markdown node's type, such as `paragraph`, `code` or `mdxJsxFlowElement`. */
  readonly kind: string;
  /** As written. */
  readonly text: string;
  readonly hash: string;
}

export interface Field {
  readonly text: string;
  readonly hash: string;
}

export interface TextParts {
  /** By path, such as `goals.node-port.hint.why`. */
  readonly fields: ReadonlyMap<string, Field>;
  readonly blocks: readonly Block[];
  /** The front matter with its fences and the blank lines after it, as written. */
  readonly head: string;
}

/**
 * @param text a whole file
 * @returns its parts; imports and comments are no blocks
 * @throws when the front matter is not YAML or the body is not MDX
 */
export function partsOf(text: string): TextParts {
  const head = /^---\n[\s\S]*?\n---\n\s*/.exec(text)?.[0] ?? '';
  const body = text.slice(head.length);
  const yaml = head.replace(/^---\n|\n---\n\s*$/g, '');
  const root = mdxToMdast(body);
  const nodes = 'children' in root ? root.children : [];
  return {
    head,
    fields: new Map(
      textsIn(yaml === '' ? {} : parse(yaml))
        .filter(([path]) => !notTranslated.test(path))
        .map(([path, value]) => [path, { text: value, hash: hashOf(value) }]),
    ),
    blocks: nodes.flatMap((node) => {
      if (node.type === 'mdxjsEsm' || node.type === 'mdxFlowExpression') return [];
      const written = body.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
      return [{ kind: node.type, text: written, hash: hashOf(written, node.type === 'code') }];
    }),
  };
}

/**
 * A text's mark: ten hexadecimal digits of SHA-256. Line breaks and repeated blanks do not count, so a paragraph may be set
 * anew.
 *
 * @param exact count every blank, as in a code block
 */
export function hashOf(text: string, exact = false): string {
  const plain = text.normalize('NFC');
  return createHash('sha256')
    .update(exact ? plain.replace(/[ \t]+$/gm, '').trim() : plain.replace(/\s+/g, ' ').trim())
    .digest('hex')
    .slice(0, 10);
}

function textsIn(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, path === '' ? key : `${path}.${key}`));
}
