// A problem with a manifest as data: what the editor marks and what i18n explains.

import type { SourceRange } from '../yaml/source.ts';

/**
 * - `yaml`: the text is not YAML (or JSON); params `reason` is upstream's text without its line number, perhaps
 *   `cause` (a YamlCause) and `line`, where the cause is: then `range` is there and not where reading stopped.
 * - `separator`: a "---" line with something behind it.
 * - `notAnObject`, `apiVersionMissing`, `apiVersionNotString`, `kindMissing`, `kindNotString`, `apiVersionMalformed`:
 *   kubectl's own check of apiVersion and kind.
 * - `metadata`: kubectl cannot read metadata; params as for `type`.
 * - `noKind`: no such kind in that version; params `kind`, `apiVersion`, perhaps `suggestion`.
 * - `kindCase`: a kind written in lower case; params `kind`, `suggestion`.
 * - `notModelled`: a real kind that this cluster does not have; params `kind`.
 * - `tooLarge`: an object of more bytes than the server reads.
 * - `type`: a value of the wrong JSON type; params `path`, `found`, `expected` (Go's name of the type).
 * - `value`: a value that its type cannot read (quantity, time, base64); params `path`, `found`.
 * - `unknownField`: params `path`, `field`, `parent`, perhaps `suggestion`, perhaps `belongs` (a path where it exists).
 * - `duplicateKey`: a key twice in one mapping; kubectl keeps the last. `severity` is warning and `message` empty.
 */
export type FindingCode =
  | 'apiVersionMalformed'
  | 'apiVersionMissing'
  | 'apiVersionNotString'
  | 'duplicateKey'
  | 'kindCase'
  | 'kindMissing'
  | 'kindNotString'
  | 'metadata'
  | 'noKind'
  | 'notAnObject'
  | 'notModelled'
  | 'separator'
  | 'tooLarge'
  | 'type'
  | 'unknownField'
  | 'value'
  | 'yaml';

export interface Finding {
  readonly code: FindingCode;
  readonly params: Readonly<Record<string, string>>;
  readonly range: SourceRange | undefined;
  readonly severity: 'error' | 'warning';
  /** The real component's own words; empty when it says nothing. */
  readonly message: string;
}
