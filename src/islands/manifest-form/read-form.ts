// Reads the form's state from a manifest. Writes nothing and judges nothing.
import { isScalar, isSeq } from 'yaml';
import { joinWords } from './command-words.ts';
import { findSpec } from './find-spec.ts';
import type { Path } from './find-spec.ts';
import type { FlagField, FlagValue, FormState, PortRow, ServicePortRow } from './form-state.ts';

const flagFields: readonly FlagField[] = ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace', 'hostUsers'];

/** What the form shows for `text`: the first object in it that the form knows. */
export function readForm(text: string): FormState {
  const place = findSpec(text);
  if (!place) return { kind: 'none' };
  if ('brokenAt' in place) return { kind: 'paused', line: place.brokenAt };
  const { document, spec } = place;
  const at = (...path: Path): unknown => document.getIn([...spec, ...path]);
  const word = (...path: Path): string => wordOf(at(...path));
  const items = (...path: Path): readonly number[] => {
    const node = at(...path);
    return isSeq(node) ? node.items.map((_, index) => index) : [];
  };
  const name = wordOf(document.getIn(['metadata', 'name']));
  if (place.kind === 'service') {
    const ports = items('ports').map((index): ServicePortRow => {
      const field = (key: string): string => word('ports', index, key);
      return {
        index,
        name: field('name'),
        port: field('port'),
        targetPort: field('targetPort'),
        nodePort: field('nodePort'),
        protocol: field('protocol'),
      };
    });
    return { kind: 'service', name, type: word('type'), ports };
  }
  const flags = Object.fromEntries(flagFields.map((field) => [field, flagOf(at(field))]));
  return {
    kind: 'pod',
    at: spec.join('.'),
    name,
    flags: flags as { readonly [field in FlagField]: FlagValue },
    dnsPolicy: word('dnsPolicy'),
    containers: items('containers').map((index) => ({
      index,
      name: word('containers', index, 'name'),
      image: word('containers', index, 'image'),
      command: wordsOf(at('containers', index, 'command')),
      args: wordsOf(at('containers', index, 'args')),
    })),
    ports: items('containers').flatMap((container) =>
      items('containers', container, 'ports').map((index): PortRow => {
        const field = (key: string): string => word('containers', container, 'ports', index, key);
        return {
          container,
          index,
          containerPort: field('containerPort'),
          hostPort: field('hostPort'),
          hostIP: field('hostIP'),
          protocol: field('protocol'),
        };
      }),
    ),
  };
}

function wordOf(value: unknown): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** A list of words as one line; a single word that stands in its place as well. */
function wordsOf(node: unknown): string {
  if (!isSeq(node)) return wordOf(node);
  return joinWords(node.items.map((item) => wordOf(isScalar(item) ? item.value : item)));
}

function flagOf(value: unknown): FlagValue {
  if (value === undefined || typeof value === 'boolean') return value;
  return 'unreadable';
}
