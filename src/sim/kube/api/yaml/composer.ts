// Builds values with their places from the nodes a YAML parser finds: resolves scalars, aliases and merge
// keys, and makes every key a string. Knows no grammar and no Kubernetes.
// Models go.yaml.in/yaml v2.4 (decode.go) and sigs.k8s.io/yaml v1.6 (convertToJSONableObject).

import type { Cursor } from './cursor.ts';
import { formatFloat, goSyntax } from './go-text.ts';
import type { DuplicateKey, MappingNode, PlainObject, PlainValue, ScalarNode, SequenceNode, SourceEntry, SourceNode } from './node.ts';
import { resolveScalar } from './resolve-scalar.ts';
import type { ScalarValue } from './resolve-scalar.ts';
import { YamlProblem } from './source.ts';
import type { Mark, SourceRange } from './source.ts';
import type { ScalarToken } from './token.ts';

export interface NodeProperties {
  readonly start: Mark;
  readonly anchor: string | undefined;
  /** The full tag, or empty. */
  readonly tag: string;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

interface OpenMapping {
  readonly node: Writable<MappingNode>;
  readonly entryByKey: Map<string, SourceEntry>;
  readonly value: Record<string, PlainValue>;
  /** Set between a key and its value. */
  key?: SourceNode | 'merge';
}

interface OpenSequence {
  readonly node: Writable<SequenceNode>;
  readonly items: SourceNode[];
  readonly value: PlainValue[];
}

type Open = OpenMapping | OpenSequence;

const isMapping = (open: Open): open is OpenMapping => 'entryByKey' in open;

/** How much of a document may come from aliases. Upstream: decode.go, allowedAliasRatio. */
function allowedAliasRatio(decoded: number): number {
  const low = 400_000;
  const high = 4_000_000;
  if (decoded <= low) return 0.99;
  return decoded >= high ? 0.1 : 0.99 - 0.89 * ((decoded - low) / (high - low));
}

function keyText(value: ScalarValue): string {
  if (typeof value !== 'number' || Number.isInteger(value)) return String(value);
  const text = formatFloat(value, 32);
  return { NaN: '.nan', '+Inf': '.inf', '-Inf': '-.inf' }[text] ?? text;
}

/** Sets a key as data, "__proto__" included. */
function setKey(object: Record<string, PlainValue>, key: string, value: PlainValue): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

export class Composer {
  readonly duplicates: DuplicateKey[] = [];
  /** The document's value once the parser is done; undefined for an empty stream. */
  root: SourceNode | undefined;
  private readonly cursor: Cursor;
  private readonly stack: Open[] = [];
  private readonly nodeByAnchor = new Map<string, SourceNode>();
  private readonly openNodes = new Set<SourceNode>();
  /** Upstream's count of decoding steps that each finished node takes, its aliases included. */
  private readonly costByNode = new Map<SourceNode, number>();
  private decoded = 1;
  private aliased = 0;
  /** Upstream decodes after parsing: what decoding refuses counts only if the whole document parses. */
  private decodeProblem: YamlProblem | undefined;
  private jsonProblem: YamlProblem | undefined;
  private numberProblem: YamlProblem | undefined;

  constructor(cursor: Cursor) {
    this.cursor = cursor;
  }

  /** Throws the first mistake that decoding finds in a document that parsed. */
  finish(): void {
    const problem = this.decodeProblem ?? this.jsonProblem ?? this.numberProblem;
    if (problem !== undefined) throw problem;
  }

  empty(at: Mark): void {
    this.scalar({ kind: 'scalar', text: '', plain: true, start: at, end: at }, { start: at, anchor: undefined, tag: '' });
  }

  scalar(token: ScalarToken, properties: NodeProperties): void {
    const { tag, anchor } = properties;
    const range = this.range(properties.start, token.end);
    let value: ScalarValue = token.text;
    try {
      value = resolveScalar({ text: token.text, plain: token.plain, tag });
    } catch (problem) {
      if (!(problem instanceof YamlProblem)) throw problem;
      this.refuse(problem.message, range);
    }
    const node: ScalarNode = { kind: 'scalar', ...range, value };
    if (anchor !== undefined) this.nodeByAnchor.set(anchor, node);
    const top = this.stack.at(-1);
    const isMerge = token.text === '<<' && (tag === '' ? token.plain : tag === '!' || tag === 'tag:yaml.org,2002:merge');
    if (isMerge && top !== undefined && isMapping(top) && top.key === undefined) top.key = 'merge';
    else this.place(node, 1);
  }

  open(kind: 'mapping' | 'sequence', properties: NodeProperties): void {
    const range = this.range(properties.start, properties.start);
    let open: Open;
    if (kind === 'mapping') {
      const entryByKey = new Map<string, SourceEntry>();
      const value: Record<string, PlainValue> = {};
      open = { node: { kind, ...range, entryByKey, value }, entryByKey, value };
    } else {
      const items: SourceNode[] = [];
      const value: PlainValue[] = [];
      open = { node: { kind, ...range, items, value }, items, value };
    }
    this.decoded++;
    this.costByNode.set(open.node, this.decoded);
    this.openNodes.add(open.node);
    this.stack.push(open);
    if (properties.anchor !== undefined) this.nodeByAnchor.set(properties.anchor, open.node);
  }

  close(end: Mark): void {
    const open = this.stack.pop();
    if (open === undefined) throw new Error('the YAML composer closed a node that was not open');
    open.node.end = this.cursor.absolute(end);
    this.openNodes.delete(open.node);
    // The node was counted when it opened, and so were the nodes in it since.
    this.costByNode.set(open.node, this.decoded - (this.costByNode.get(open.node) ?? 0) + 1);
    this.place(open.node, 0);
  }

  alias(name: string): void {
    const node = this.nodeByAnchor.get(name);
    if (node === undefined) throw new YamlProblem(`unknown anchor '${name}' referenced`, this.hereAfter(name));
    if (this.openNodes.has(node)) {
      this.refuse(`anchor '${name}' value contains itself`, this.hereAfter(name));
      this.place({ kind: 'scalar', ...this.hereAfter(name), value: null }, 1);
      return;
    }
    const cost = this.costByNode.get(node) ?? 1;
    this.aliased += cost;
    this.place(node, cost + 1);
    if (this.aliased > 100 && this.decoded > 1000 && this.aliased / this.decoded > allowedAliasRatio(this.decoded)) {
      this.refuse('document contains excessive aliasing', this.hereAfter(name));
    }
  }

  private hereAfter(name: string): SourceRange {
    const end = this.cursor.absolute(this.cursor.mark());
    return { start: { ...end, offset: Math.max(0, end.offset - name.length - 1) }, end };
  }

  private range(start: Mark, end: Mark): SourceRange {
    return { start: this.cursor.absolute(start), end: this.cursor.absolute(end) };
  }

  private refuse(message: string, range: SourceRange): void {
    this.decodeProblem ??= new YamlProblem(message, range);
  }

  private place(node: SourceNode, cost: number): void {
    this.decoded += cost;
    const top = this.stack.at(-1);
    if (top === undefined) {
      this.checkNumber(node);
      this.root = node;
    } else if (!isMapping(top)) {
      this.checkNumber(node);
      top.items.push(node);
      top.value.push(node.value);
    } else if (top.key === undefined) {
      top.key = node;
      if (node.kind !== 'scalar') this.refuse(`invalid map key: ${goSyntax(node.value)}`, node);
    } else if (top.key === 'merge') {
      delete top.key;
      this.merge(top, node);
    } else {
      const { key } = top;
      delete top.key;
      if (key.kind === 'scalar') this.addEntry(top, key, node);
    }
  }

  /** JSON has no infinity. */
  private checkNumber(node: SourceNode): void {
    if (typeof node.value !== 'number' || Number.isFinite(node.value)) return;
    this.numberProblem ??= new YamlProblem(`json: unsupported value: ${formatFloat(node.value, 64)}`, node);
  }

  private addEntry(open: OpenMapping, key: ScalarNode, node: SourceNode): void {
    if (key.value === null) {
      const value = node.value === null ? '<nil>' : goSyntax(node.value);
      this.jsonProblem ??= new YamlProblem(`unsupported map key of type: %!s(<nil>), key: <nil>, value: ${value}`, key);
      return;
    }
    this.checkNumber(node);
    const text = keyText(key.value);
    const range = { start: key.start, end: key.end };
    const before = open.entryByKey.get(text);
    if (before !== undefined) this.duplicates.push({ key: text, range, first: before.key });
    open.entryByKey.set(text, { key: range, node });
    setKey(open.value, text, node.value);
  }

  private merge(open: OpenMapping, node: SourceNode): void {
    const sources = node.kind === 'sequence' ? [...node.items].reverse() : [node];
    for (const source of sources) {
      if (source.kind !== 'mapping') {
        this.refuse('map merge requires map or sequence of maps as the value', node);
        return;
      }
      for (const [key, entry] of source.entryByKey) {
        open.entryByKey.set(key, entry);
        const value: PlainObject = source.value;
        setKey(open.value, key, value[key] ?? null);
      }
    }
  }
}
