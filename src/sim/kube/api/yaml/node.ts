// What reading YAML or JSON gives: plain values, each with its place in the text.

import type { ScalarValue } from './resolve-scalar.ts';
import type { Mark, SourceRange } from './source.ts';

/** A value as JSON knows it; integers beyond 2^53 are bigint. */
export type PlainValue = ScalarValue | PlainObject | readonly PlainValue[];

export interface PlainObject {
  readonly [key: string]: PlainValue;
}

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly start: Mark;
  readonly end: Mark;
  readonly value: ScalarValue;
}

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly start: Mark;
  readonly end: Mark;
  readonly items: readonly SourceNode[];
  readonly value: readonly PlainValue[];
}

export interface SourceEntry {
  readonly key: SourceRange;
  readonly node: SourceNode;
}

export interface MappingNode {
  readonly kind: 'mapping';
  readonly start: Mark;
  readonly end: Mark;
  readonly entryByKey: ReadonlyMap<string, SourceEntry>;
  readonly value: PlainObject;
}

export type SourceNode = MappingNode | ScalarNode | SequenceNode;

/** A key that stands twice in one mapping: kubectl keeps the last and says nothing. */
export interface DuplicateKey {
  readonly key: string;
  readonly range: SourceRange;
  readonly first: SourceRange;
}
