import { describe, expect, it } from 'vitest';
import { yamlPlace } from './yaml-path.ts';

const lines = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: main
    image: alpine
    ports:
    - containerPort: 8080
      hostPort: 9000
  
---
kind: Service
spec:
  ports:
    - port: 80
      `.split('\n');

describe('yamlPlace', () => {
  it('tells the mapping that a key stands in', () => {
    expect(yamlPlace(lines, 3, 0)).toMatchObject({ kind: 'Pod', path: ['metadata'], key: 'name' });
    expect(yamlPlace(lines, 7, 0)).toMatchObject({ path: ['spec', 'containers'], key: 'image' });
    expect(yamlPlace(lines, 10, 0)).toMatchObject({ path: ['spec', 'containers', 'ports'], key: 'hostPort' });
  });

  it('takes the cursor’s column for a line that is still empty', () => {
    expect(yamlPlace(lines, 11, 2)).toMatchObject({ kind: 'Pod', path: ['spec'], key: undefined });
  });

  it('keeps documents apart', () => {
    expect(yamlPlace(lines, 17, 6)).toMatchObject({ kind: 'Service', path: ['spec', 'ports'] });
    expect(yamlPlace(lines, 17, 6).siblings).toEqual(['port']);
  });

  it('lists the keys that are there already', () => {
    expect(yamlPlace(lines, 7, 0).siblings.toSorted()).toEqual(['image', 'name', 'ports']);
    expect(yamlPlace(lines, 11, 2).siblings).toEqual(['containers']);
  });
});
