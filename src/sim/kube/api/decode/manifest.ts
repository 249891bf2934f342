// What a manifest's text becomes before it is sent: documents with their source, or the reason there are none.

import type { ApiResource } from '../schema/resources.ts';
import type { MappingNode, PlainObject } from '../yaml/node.ts';
import type { SourceRange } from '../yaml/source.ts';
import type { Finding } from './finding.ts';
import { keyRangeBelow, rangeBelow } from './range-of.ts';

/** One object that kubectl would send. */
export interface ManifestDocument {
  readonly kind: 'object';
  /** The object as written, values as JSON has them. */
  readonly value: PlainObject;
  /** The same with places in the text. */
  readonly root: MappingNode;
  readonly apiVersion: string;
  /** `kind:` as written, which may be in lower case. */
  readonly objectKind: string;
  /** metadata.name and metadata.namespace, empty when absent. */
  readonly name: string;
  readonly namespace: string;
  readonly resource: ApiResource;
  /** Warnings of our own: duplicate keys, of which kubectl keeps the last without a word. */
  readonly notices: readonly Finding[];
}

/** A document that kubectl refuses before sending, going on with the next. */
export interface RefusedDocument {
  readonly kind: 'refused';
  readonly finding: Finding;
  readonly notices: readonly Finding[];
}

export interface Manifest {
  /** In the order of the text; kubectl sends one after the other. */
  readonly documents: readonly (ManifestDocument | RefusedDocument)[];
  /**
   * Where kubectl stops reading. The documents before it have been sent by then.
   * Its `message` is what follows "error: " on stderr when it is the only error.
   */
  readonly error: Finding | undefined;
}

/** The place of a field path such as "spec.containers[0].ports[1].hostPort", or of its nearest existing ancestor. */
export function rangeOf(document: ManifestDocument, fieldPath: string): SourceRange | undefined {
  return rangeBelow(document.root, fieldPath) ?? document.root.entryByKey.values().next().value?.key;
}

/** Like `rangeOf`, but the key's place even where the value is one word. */
export function keyRangeOf(document: ManifestDocument, fieldPath: string): SourceRange | undefined {
  return keyRangeBelow(document.root, fieldPath) ?? document.root.entryByKey.values().next().value?.key;
}
