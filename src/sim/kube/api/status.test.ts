import { describe, expect, it } from 'vitest';
import { duplicate, forbidden, invalid, notSupported, required } from './field-error.ts';
import { badRequest, invalidStatus, kubectlErrorText, kubectlErrorsText, notFoundStatus } from './status.ts';

const POD = { group: '', kind: 'Pod' };
const source = { verb: 'creating', source: 'manifest.yaml' } as const;

describe('what kubectl prints of a refusal', () => {
  it('is one line for one wrong field', () => {
    const status = invalidStatus(POD, 'p1', [required('spec.containers')]);
    expect(status.message).toBe('Pod "p1" is invalid: spec.containers: Required value');
    expect(kubectlErrorText(status, source)).toBe('The Pod "p1" is invalid: spec.containers: Required value\n');
  });

  it('is a list for several, where the same one stands only once', () => {
    const port = invalid('spec.ports[0].port', 0, 'must be between 1 and 65535, inclusive');
    const status = invalidStatus(POD, 'p1', [port, port, forbidden('spec.nodeName', 'no')]);
    expect(kubectlErrorText(status)).toBe(
      'The Pod "p1" is invalid: \n* spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive\n* spec.nodeName: Forbidden: no\n',
    );
  });

  it('shows values as Go does', () => {
    const errors = [duplicate('a', 'é"'), notSupported('b', 'x', ['A', 'B']), invalid('c', { z: '<', a: null }, 'wrong')];
    expect(kubectlErrorText(invalidStatus(POD, 'p1', errors))).toBe(
      'The Pod "p1" is invalid: \n* a: Duplicate value: "é\\""\n* b: Unsupported value: "x": supported values: "A", "B"\n* c: Invalid value: {"z":"\\u003c","a":null}: wrong\n',
    );
  });

  it('names the file for other reasons', () => {
    const missing = notFoundStatus({ group: 'apps', resource: 'deployments' }, 'web');
    expect(kubectlErrorText(missing)).toBe('Error from server (NotFound): deployments.apps "web" not found\n');
    expect(kubectlErrorText(badRequest('no'), source)).toBe('Error from server (BadRequest): error when creating "manifest.yaml": no\n');
  });

  it('lists what the server and what kubectl itself refused, in order', () => {
    expect(
      kubectlErrorsText([
        { kind: 'server', status: badRequest('one'), request: source },
        { kind: 'client', message: 'two' },
      ]),
    ).toBe('Error from server (BadRequest): error when creating "manifest.yaml": one\ntwo\n');
  });
});
