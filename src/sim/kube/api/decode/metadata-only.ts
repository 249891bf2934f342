// The struct kubectl decodes any object into to see whether its metadata can be read.
// Models k8s.io/cli-runtime v0.37, pkg/resource/metadata_decoder.go.

import type { SchemaField, SchemaStruct } from '../schema/schema.ts';

const scalar = (name: string): readonly [string, SchemaField] => [
  name,
  {
    name,
    type: { kind: 'string', goName: 'string' },
    keepsZero: false,
    mergeKey: undefined,
    retainsKeys: false,
    embedded: 'TypeMeta',
  },
];

/** kubectl decodes metadata alone, so that labels that are no strings are found before anything is sent. */
export const METADATA_ONLY: SchemaStruct = {
  name: 'metadataOnlyObject',
  fieldByName: new Map([
    scalar('apiVersion'),
    scalar('kind'),
    [
      'metadata',
      {
        name: 'metadata',
        type: { kind: 'struct', struct: 'ObjectMeta', goName: 'v1.ObjectMeta' },
        keepsZero: false,
        mergeKey: undefined,
        retainsKeys: false,
        embedded: undefined,
      },
    ],
  ]),
};
