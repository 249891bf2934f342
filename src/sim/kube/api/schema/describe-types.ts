// Joins the texts of descriptions.ts with the structs that they describe. Large, like those: import it only when asked.
import './further-fields.ts';
import { TEXTS } from './descriptions.ts';
import type { DescribedField, DescribedType } from './described-type.ts';
import { structNamed, type FieldType, type ScalarKind } from './schema.ts';

/** Scalars that have a description of their own, by what kubectl calls them. */
const NAMED: Readonly<Partial<Record<ScalarKind, string>>> = {
  quantity: 'api.resource.Quantity',
  intOrString: 'util.intstr.IntOrString',
  time: 'apis.meta.v1.Time',
  microTime: 'apis.meta.v1.MicroTime',
  fields: 'apis.meta.v1.FieldsV1',
  raw: 'runtime.RawExtension',
};

const PLAIN: Readonly<Partial<Record<ScalarKind, string>>> = { boolean: 'boolean', int32: 'integer', int64: 'integer' };

/** The struct behind an OpenAPI id: "Pod", "v1alpha3.X", and "EndpointPort." for discovery's. */
function structOf(id: string): string {
  const [version = '', name = ''] = id.split('.').slice(-2);
  if (id === 'io.k8s.api.discovery.v1.EndpointPort') return `${name}.`;
  return version === 'v1' ? name : `${version}.${name}`;
}

/** Of each type its id, its text and those of its fields. */
const types = TEXTS.split('\n\n').map((block) => {
  const [id = '', ...texts] = block.split('\n').map((text) => text.replaceAll('¬', '\n'));
  return [id.startsWith('io.') ? id : `io.k8s.api.${id}`, ...texts];
});

const idByStruct = new Map(types.map(([id = '']) => [structOf(id), id]));

function shown(type: FieldType): { readonly type: string; readonly of?: string } {
  if (type.kind === 'list' || type.kind === 'map') {
    const inner = shown(type.of);
    return { ...inner, type: `${type.kind === 'list' ? '[]' : 'map[string]'}${inner.type}` };
  }
  const id = type.kind === 'struct' ? idByStruct.get(type.struct) : NAMED[type.kind] && `io.k8s.apimachinery.pkg.${NAMED[type.kind] ?? ''}`;
  if (id !== undefined) return { type: id.split('.').at(-1) ?? '', of: id };
  return { type: type.kind === 'struct' ? type.struct : (PLAIN[type.kind] ?? 'string') };
}

function described([id = '', description = '', ...texts]: readonly string[]): readonly [string, DescribedType] {
  const fields = [...(structNamed(structOf(id))?.fieldByName.values() ?? [])].map((field, at): [string, DescribedField] => {
    const [, required, values, text = ''] = /^(!)?(?:<([^>]*)>)?([^]*)$/.exec(texts[at] ?? '') ?? [];
    return [
      field.name,
      {
        ...shown(field.type),
        ...(required === undefined ? {} : { required: true }),
        ...(values === undefined ? {} : { enum: values.split('|') }),
        description: text,
      },
    ];
  });
  return [id, { description, fields: Object.fromEntries(fields) }];
}

/** By OpenAPI id, "io.k8s.api.core.v1.Pod". */
export const DESCRIPTIONS: Readonly<Record<string, DescribedType>> = Object.fromEntries(types.map(described));
