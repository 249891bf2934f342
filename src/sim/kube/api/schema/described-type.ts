// The form of schema/describe-types.ts: what `kubectl explain` says about a type and its fields.

export interface DescribedField {
  /** As kubectl prints it between angle brackets: "boolean", "[]Container", "map[string]string". */
  readonly type: string;
  /** The OpenAPI id of the type below lists and maps, when it is one with fields of its own or a name. */
  readonly of?: string;
  readonly required?: true;
  readonly enum?: readonly string[];
  readonly description: string;
}

export interface DescribedType {
  readonly description: string;
  readonly fields: Readonly<Record<string, DescribedField>>;
}

/** The OpenAPI id of a kind's schema, the key to `DESCRIPTIONS`. */
export function openApiId(resource: { readonly group: string; readonly version: string; readonly kind: string }): string {
  const group = resource.group === '' ? 'core' : (resource.group.split('.')[0] ?? '');
  return `io.k8s.api.${group}.${resource.version}.${resource.kind}`;
}
