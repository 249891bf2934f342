import { describe, expect, it } from 'vitest';
import { filesToKeep } from './service-worker.ts';

describe('filesToKeep', () => {
  it('names pages by their folder and leaves the editor out', () => {
    const names = ['index.html', 'zh/index.html', '404.html', '_astro/rich-editor.AbC.js', '_astro/codicon.x.ttf', '_astro/bench.x.js', 'sw.js'];
    expect(filesToKeep(names)).toEqual(['./', '404.html', '_astro/bench.x.js', 'zh/']);
  });
});
