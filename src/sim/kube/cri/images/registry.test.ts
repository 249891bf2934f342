import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { knownImages, normalizeReference, resolveImage } from './registry.ts';

describe('image references', () => {
  it('are completed as Docker does', () => {
    const full = (reference: string): string => normalizeReference(reference).full;
    expect(full('alpine')).toBe('docker.io/library/alpine:latest');
    expect(full('alpine:3.22')).toBe('docker.io/library/alpine:3.22');
    expect(full('luksa/kubia')).toBe('docker.io/luksa/kubia:latest');
    expect(full('index.docker.io/alpine')).toBe('docker.io/library/alpine:latest');
    expect(full('localhost/a')).toBe('localhost/a:latest');
    expect(full('registry.example:5000/a/b')).toBe('registry.example:5000/a/b:latest');
    expect(full('alpine@sha256:abc')).toBe('docker.io/library/alpine@sha256:abc');
  });

  it('never make the registry throw', () => {
    fc.assert(fc.property(fc.string({ maxLength: 40 }), (text) => void resolveImage(text)));
  });
});

describe('the registry', () => {
  it('has the recorded images with their ids and sizes', () => {
    const answer = resolveImage('alpine');
    expect('image' in answer && [answer.image.id, answer.image.size]).toEqual([
      'docker.io/library/alpine@sha256:d75788e3ae68c1643502c2a2f46aed0c4001709f1498244508b919e40488a03a',
      1_302_578,
    ]);
    expect('image' in resolveImage('docker.io/library/nginx:1.22')).toBe(true);
    const { id } = knownImages()[0] ?? { id: '' };
    expect('image' in resolveImage(id)).toBe(true);
  });

  it('refuses as Docker Hub does', () => {
    expect(resolveImage('alpin')).toMatchObject({
      code: 'Unknown',
      message:
        'failed to pull and unpack image "docker.io/library/alpin:latest": failed to resolve image: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    });
    expect(resolveImage('alpine:nosuch')).toMatchObject({
      code: 'NotFound',
      message:
        'failed to pull and unpack image "docker.io/library/alpine:nosuch": failed to resolve image: docker.io/library/alpine:nosuch: not found',
    });
  });
});

describe('images', () => {
  it('have a user table, a PATH and directories to mount on', () => {
    for (const image of knownImages()) {
      expect(image.textOf('/etc/passwd'), image.repository).toContain('root:x:0:0:');
      for (const name of ['proc', 'sys', 'dev']) expect(image.template.children.get(name)?.kind, `${image.repository}/${name}`).toBe('directory');
      expect(image.env.map(([name]) => name)).toContain('PATH');
    }
  });

  it('of BusyBox list its root directory as recorded', () => {
    const answer = resolveImage('busybox');
    const names = 'image' in answer ? [...answer.image.template.children.keys()].sort() : [];
    expect(names.join(' ')).toBe('bin dev etc home linuxrc mnt opt proc root run sbin sys tmp usr var');
  });
});
