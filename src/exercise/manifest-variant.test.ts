import { describe, expect, it } from 'vitest';
import { manifestVariant } from './manifest-variant.ts';

const solution = `apiVersion: v1
kind: Pod
spec:
  hostPID: true
  containers:
  - name: kubia
    ports:
    - containerPort: 8080
      hostPort: 9000
`;
const start = solution.replace('  hostPID: true\n', '');

describe('a manifest said as a change', () => {
  it('is the lesson’s own without a change', () => {
    expect(manifestVariant({}, { start, solution })).toBe(solution);
    expect(manifestVariant({ from: 'start' }, { start, solution })).toBe(start);
  });

  it('takes fields of the spec out and puts others in', () => {
    const text = manifestVariant({ spec: { hostPID: undefined, hostIPC: true } }, { start, solution });
    expect(text).toBe(start.replace('spec:\n', 'spec:\n  hostIPC: true\n'));
  });

  it('replaces a container’s field with all that stands below it', () => {
    const text = manifestVariant({ container: { ports: [{ containerPort: 1 }] } }, { start, solution });
    expect(text).toBe(solution.replace(/ {4}ports:[^]*/, '    ports: [{"containerPort":1}]\n'));
  });
});
