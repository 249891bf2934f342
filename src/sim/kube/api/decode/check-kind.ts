// kubectl's check of apiVersion and kind. Knows no kind by name.
// Models kubectl v1.37, pkg/validation/schema.go (getObjectKind).

import type { SourceNode } from '../yaml/node.ts';
import type { Finding, FindingCode } from './finding.ts';
import { keyRangeBelow, rangeBelow } from './range-of.ts';

/** kubectl's check before it asks the server which fields exist. */
export function checkKind(root: SourceNode, file: string): Finding | undefined {
  const found: { readonly code: FindingCode; readonly message: string; readonly key: string }[] = [];
  if (root.kind !== 'mapping') {
    found.push({ code: 'notAnObject', message: 'invalid object to validate', key: '' });
  } else {
    const apiVersion = root.entryByKey.get('apiVersion')?.node.value ?? null;
    const kind = root.entryByKey.get('kind')?.node.value ?? null;
    if (apiVersion === null) found.push({ code: 'apiVersionMissing', message: 'apiVersion not set', key: 'apiVersion' });
    else if (typeof apiVersion !== 'string') found.push({ code: 'apiVersionNotString', message: "apiVersion isn't string type", key: 'apiVersion' });
    else if (apiVersion.split('/').length > 2) {
      found.push({
        code: 'apiVersionMalformed',
        message: `unexpected GroupVersion string: ${apiVersion}`,
        key: 'apiVersion',
      });
    }
    if (kind === null) found.push({ code: 'kindMissing', message: 'kind not set', key: 'kind' });
    else if (typeof kind !== 'string') found.push({ code: 'kindNotString', message: "kind isn't string type", key: 'kind' });
  }
  const [first] = found;
  if (first === undefined) return undefined;
  const messages = found.map(({ message }) => message).join(', ');
  const data = found.length > 1 ? `[${messages}]` : messages;
  const range = (first.key === '' ? undefined : rangeBelow(root, first.key)) ?? startOf(root);
  const message = `error validating "${file}": error validating data: ${data}; if you choose to ignore these errors, turn validation off with --validate=false`;
  const wrongCase =
    root.kind === 'mapping'
      ? [...root.entryByKey.keys()].find((key) => key !== first.key && key.toLowerCase() === first.key.toLowerCase())
      : undefined;
  return {
    code: first.code,
    params: wrongCase === undefined ? {} : { written: wrongCase },
    range: wrongCase === undefined ? range : (keyRangeBelow(root, wrongCase) ?? range),
    severity: 'error',
    message,
  };
}

/** A short range for the whole document. */
export function startOf(root: SourceNode): Finding['range'] {
  if (root.kind === 'mapping') return root.entryByKey.values().next().value?.key;
  return root.start.line === root.end.line ? { start: root.start, end: root.end } : { start: root.start, end: root.start };
}
