/** Every code that the reading, decoding and validating of a manifest can report; the words are content/locales'. */
import type { ProblemCode } from '../sim/kube/api/verdict.ts';

/** Complete by type: a new code that is missing here does not compile. */
const known: Readonly<Record<ProblemCode, true>> = {
  apiVersionMalformed: true,
  apiVersionMissing: true,
  apiVersionNotString: true,
  duplicateKey: true,
  fieldDuplicate: true,
  fieldForbidden: true,
  fieldInternal: true,
  fieldInvalid: true,
  fieldNotFound: true,
  fieldNotSupported: true,
  fieldRequired: true,
  fieldTooLong: true,
  fieldTooMany: true,
  fieldTypeInvalid: true,
  kindCase: true,
  tooLarge: true,
  kindMissing: true,
  kindNotString: true,
  metadata: true,
  noKind: true,
  noObjects: true,
  notAnObject: true,
  notModelled: true,
  refused: true,
  remark: true,
  separator: true,
  type: true,
  unknownField: true,
  value: true,
  yaml: true,
};

export const PROBLEM_CODES: readonly string[] = Object.keys(known);
