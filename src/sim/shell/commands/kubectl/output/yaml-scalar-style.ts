/** How go-yaml v2 quotes a string (encode.go stringv, emitterc.go yaml_emitter_analyze_scalar). Knows no layout. */
import { resolveScalar } from '../../../../kube/api/yaml/resolve-scalar.ts';

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal';

const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const TIMESTAMP = /^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt\s]+\d{1,2}:\d{2}:\d{2}(?:\.\d*)?\s*(?:Z|[-+]\d{1,2}(?::\d{2})?)?$)/;
/** is_printable of yamlprivateh.go: neither tabs nor other control characters. */
const UNPRINTABLE = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

/** Whether a reader would take the bare text for something other than a string. */
function resolvesOtherwise(text: string): boolean {
  if (text === '' || text === '<<' || /^[yYnN]$/.test(text) || BASE_60.test(text) || TIMESTAMP.test(text)) return true;
  return typeof resolveScalar({ text, plain: true, tag: '' }) !== 'string';
}

/** The style in which `text` is written as a block-level scalar. */
export function quotingOf(text: string): ScalarStyle {
  const special = UNPRINTABLE.test(text) || / \n/.test(text);
  if (text.includes('\n')) return special || text.endsWith(' ') ? 'double' : 'literal';
  if (special || resolvesOtherwise(text)) return 'double';
  return plainAllowed(text) ? 'plain' : 'single';
}

function plainAllowed(text: string): boolean {
  if (/^ | $/.test(text) || text.startsWith('---') || text.startsWith('...')) return false;
  if (/^[#,[\]{}&*!|>'"%@`]/.test(text) || /^[-?:](?: |$)/.test(text)) return false;
  return !/:(?: |$)/.test(text) && !/ #/.test(text);
}
