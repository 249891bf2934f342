// The tokens between YAML's scanner and its parser.

import type { Mark } from './source.ts';

/** Tokens that carry nothing but their place. */
export type PlainTokenKind =
  | 'streamStart'
  | 'streamEnd'
  | 'documentStart'
  | 'documentEnd'
  | 'sequenceStart'
  | 'mappingStart'
  | 'blockEnd'
  | 'flowSequenceStart'
  | 'flowSequenceEnd'
  | 'flowMappingStart'
  | 'flowMappingEnd'
  | 'entry'
  | 'flowEntry'
  | 'key'
  | 'value';

interface Placed {
  readonly start: Mark;
  readonly end: Mark;
}

export interface ScalarToken extends Placed {
  readonly kind: 'scalar';
  readonly text: string;
  readonly plain: boolean;
}

export interface TagToken extends Placed {
  readonly kind: 'tag';
  /** "!", "!!", "!name!", or empty for a verbatim tag. */
  readonly handle: string;
  readonly suffix: string;
}

export interface NameToken extends Placed {
  readonly kind: 'anchor' | 'alias';
  readonly name: string;
}

export interface TagDirectiveToken extends Placed {
  readonly kind: 'tagDirective';
  readonly handle: string;
  readonly prefix: string;
}

export interface VersionDirectiveToken extends Placed {
  readonly kind: 'versionDirective';
  readonly supported: boolean;
}

export type Token = (Placed & { readonly kind: PlainTokenKind }) | NameToken | ScalarToken | TagDirectiveToken | TagToken | VersionDirectiveToken;
