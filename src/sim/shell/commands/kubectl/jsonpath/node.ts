/** What a JSONPath template is made of (client-go util/jsonpath/node.go, v0.37). Types only. */
export interface SliceBound {
  readonly value: number;
  readonly known: boolean;
  /** The end that a single index implies. */
  readonly derived: boolean;
}

export type PathNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'identifier'; readonly name: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'recursive' }
  | { readonly kind: 'slice'; readonly bounds: readonly [SliceBound, SliceBound, SliceBound] }
  | { readonly kind: 'union'; readonly lists: readonly (readonly PathNode[])[] }
  | { readonly kind: 'filter'; readonly left: readonly PathNode[]; readonly right: readonly PathNode[]; readonly operator: string }
  | { readonly kind: 'list'; readonly nodes: readonly PathNode[] };

/** A template that cannot be parsed, or not be applied to an object; the message is upstream's. */
export class PathProblem extends Error {}
