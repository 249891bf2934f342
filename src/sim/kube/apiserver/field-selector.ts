/**
 * Field selectors (`status.phase=Running,spec.nodeName!=n1`): parses, checks which fields a resource allows, matches.
 * Modelled on k8s.io/apimachinery pkg/fields/selector.go and the AddFieldLabelConversionFunc calls of pkg/apis (v1.37).
 */
import type { SelectorProblem } from './label-selector-text.ts';
import type { ApiObject } from './object.ts';

export interface ParsedFieldSelector {
  readonly kind: 'field-selector';
  matches(object: ApiObject): boolean;
}

interface Term {
  readonly field: string;
  readonly value: string;
  readonly equal: boolean;
}

const COMMON = ['metadata.name', 'metadata.namespace'];

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  pods: [
    ...COMMON,
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.podIPs',
    'status.nominatedNodeName',
  ],
  nodes: ['metadata.name', 'spec.unschedulable'],
  namespaces: ['metadata.name', 'status.phase'],
  secrets: [...COMMON, 'type'],
  services: [...COMMON, 'spec.clusterIP', 'spec.type'],
  events: [
    ...COMMON,
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  replicationcontrollers: [...COMMON, 'status.replicas'],
  'replicasets.apps': [...COMMON, 'status.replicas'],
  'jobs.batch': [...COMMON, 'status.successful'],
};

/** Splits at unescaped commas; a backslash protects `\`, `,` and `=`. */
function splitTerms(text: string): string[] {
  const terms: string[] = [];
  let term = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === '\\') {
      term += char + (text[i + 1] ?? '');
      i++;
    } else if (char === ',') {
      terms.push(term);
      term = '';
    } else term += char;
  }
  return [...terms, term];
}

function problem(message: string): SelectorProblem {
  return { kind: 'selector-problem', message };
}

function fieldValue(object: ApiObject, field: string): string {
  if (field === 'status.podIPs') return valueAt(object, ['status', 'podIP']);
  if (field === 'source') return valueAt(object, ['source', 'component']);
  if (field === 'status.successful') return valueAt(object, ['status', 'succeeded']) || '0';
  const value = valueAt(object, field.split('.'));
  if (value === '' && (field === 'spec.unschedulable' || field === 'spec.hostNetwork')) return 'false';
  return value;
}

function valueAt(object: unknown, path: readonly string[]): string {
  let value: unknown = object;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return '';
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Parses a field selector for a resource; an empty one matches everything. @returns the selector, or upstream's error text */
export function parseFieldSelector(text: string, resource: string, kind: string): ParsedFieldSelector | SelectorProblem {
  const allowed = FIELDS[resource] ?? COMMON;
  const terms: Term[] = [];
  for (const part of splitTerms(text).sort()) {
    if (part === '') continue;
    const match = /^(.*?)(!=|==|=)(.*)$/s.exec(part);
    if (match === null) return problem(`invalid selector: '${text}'; can't understand '${part}'`);
    const field = match[1] === 'spec.host' ? 'spec.nodeName' : (match[1] ?? '');
    if (!allowed.includes(field)) {
      if (resource === 'jobs.batch') return problem(`field label "${field}" not supported for ${kind}`);
      const plain = FIELDS[resource] === undefined || resource.startsWith('replicasets');
      return problem(
        plain ? `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"` : `field label not supported: ${field}`,
      );
    }
    terms.push({ field, equal: match[2] !== '!=', value: (match[3] ?? '').replace(/\\(.)/gs, '$1') });
  }
  return {
    kind: 'field-selector',
    matches: (object) => terms.every((term) => (fieldValue(object, term.field) === term.value) === term.equal),
  };
}
