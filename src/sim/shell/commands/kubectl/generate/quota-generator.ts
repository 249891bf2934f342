/** `kubectl create quota` (kubectl pkg/cmd/create/create_quota.go, v0.37). */
import { parseQuantity } from '../../../../kube/api/decode/quantity.ts';
import { Failure } from '../failure.ts';
import { flagsOf } from '../flags.ts';
import { generator, nameOf } from './generator.ts';

export const quota = generator(
  'quota',
  {
    short: 'Create a quota with the specified name',
    usage: 'NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] [--dry-run=server|client|none]',
    aliases: ['resourcequota'],
    failing: 'quota:',
    flags: flagsOf('hard=', 'scopes='),
  },
  (input) => {
    const scopes = input.flags
      .text('scopes')
      .split(',')
      .filter((scope) => scope !== '');
    const hard = hardOf(input.flags.text('hard'));
    return {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: nameOf(input) },
      spec: { ...(Object.keys(hard).length === 0 ? {} : { hard }), ...(scopes.length === 0 ? {} : { scopes }) },
      status: {},
    };
  },
);

function hardOf(text: string): Readonly<Record<string, string>> {
  const statements = text.split(',').filter((statement) => statement !== '');
  return Object.fromEntries(
    statements.map((statement) => {
      const [name = '', value, ...more] = statement.split('=');
      if (value === undefined || more.length > 0) throw new Failure(`invalid argument syntax ${statement}, expected <resource>=<value>`);
      if (parseQuantity(value).kind !== 'quantity')
        throw new Failure("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
      return [name, value];
    }),
  );
}
