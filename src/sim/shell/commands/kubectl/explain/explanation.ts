/** What `kubectl explain` prints of a type or field (kubectl pkg/explain/v2/templates/plaintext.tmpl, v0.37). */
import type { DescribedField, DescribedType } from '../../../../kube/api/schema/described-type.ts';
import { indented, wordWrap } from './word-wrap.ts';

export type Descriptions = Readonly<Record<string, DescribedType>>;

export interface ExplainRequest {
  readonly descriptions: Descriptions;
  /** OpenAPI id of the kind. */
  readonly id: string;
  readonly path: readonly string[];
  readonly recursive: boolean;
  /** 0: no limit. */
  readonly maxDepth: number;
}

/** @returns undefined when there is no such field */
export function explanation(request: ExplainRequest): string | undefined {
  const { descriptions, path } = request;
  let type = descriptions[request.id];
  let field: DescribedField | undefined;
  for (const name of path) {
    field = type?.fields[name];
    if (field === undefined) return undefined;
    type = field.of === undefined ? undefined : descriptions[field.of];
  }
  const head = field === undefined ? '' : `FIELD: ${path.at(-1) ?? ''} <${field.type}>\n${longEnum(field)}\n\n`;
  const texts = [field?.description, type?.description].filter((text): text is string => text !== undefined && text !== '');
  const description = texts.length === 0 ? '<empty>' : texts.map((text) => `${text}\n`).join('');
  const fields = type === undefined ? '' : fieldList(request, type, { level: 1, seen: new Set([request.id]) });
  return `${head}DESCRIPTION:\n${indented(wordWrap(description, 76), 4)}\n${fields === '' ? '' : `FIELDS:\n${fields}`}\n`;
}

function longEnum(field: DescribedField): string {
  return field.enum === undefined ? '' : `ENUM:${field.enum.map((value) => `\n    ${value === '' ? '""' : value}`).join('')}`;
}

const SHOWN_VALUES = 4;

function shortEnum(field: DescribedField, margin: number): string {
  if (field.enum === undefined) return '';
  const shown = field.enum
    .slice(0, SHOWN_VALUES)
    .map((value) => (value === '' ? '""' : value))
    .join(', ');
  return `\n${' '.repeat(margin)}enum: ${shown}${field.enum.length > SHOWN_VALUES ? ', ....' : ''}`;
}

function fieldList(request: ExplainRequest, type: DescribedType, place: { readonly level: number; readonly seen: ReadonlySet<string> }): string {
  const { recursive, maxDepth, descriptions } = request;
  const margin = place.level * 2;
  return Object.keys(type.fields)
    .sort()
    .map((name) => {
      const field = type.fields[name];
      if (field === undefined) return '';
      const line = `${' '.repeat(margin)}${name}\t<${field.type}>${field.required === true ? ' -required-' : ''}${shortEnum(field, margin)}\n`;
      if (!recursive)
        return `${line}${indented(wordWrap(field.description === '' ? '<no description>' : field.description, 78 - margin), margin + 2)}\n\n`;
      const below = field.of === undefined || place.seen.has(field.of) ? undefined : descriptions[field.of];
      if (below === undefined || (maxDepth !== 0 && place.level >= maxDepth)) return line;
      return line + fieldList(request, below, { level: place.level + 1, seen: new Set([...place.seen, field.of ?? '']) });
    })
    .join('');
}
