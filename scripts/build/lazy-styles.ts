// Carries the styles of late parts (the editor, the terminal, our own *.lazy.css) inside the chunks that need
// them, as style elements made on load. Knows nothing of what those styles say.
import type { Plugin } from 'vite';

const prefix = '\0lazy-style:';
const suffix = '.js';
const carried = /\/node_modules\/(?:monaco-editor|@xterm)\/.*\.css$|\.lazy\.css$/;

/**
 * Astro 7 puts the CSS of every chunk that a page can reach into that page's head, lazily imported ones
 * included (and drops some of the editor's on the way), which would block the first paint. So these
 * stylesheets never appear to Astro as CSS. May go when Astro tells eager from lazy.
 */
export function lazyStyles(): Plugin {
  return {
    name: 'lazy-styles',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!/\.css$/.test(source) || importer?.startsWith(prefix)) return null;
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      return resolved && carried.test(resolved.id) ? `${prefix}${resolved.id}${suffix}` : null;
    },
    load(id) {
      if (!id.startsWith(prefix)) return null;
      if (this.environment.config.consumer === 'server') return 'export {};';
      const path = id.slice(prefix.length, -suffix.length);
      return [
        `import css from ${JSON.stringify(`${path}?inline`)};`,
        "const style = document.createElement('style');",
        'style.textContent = css;',
        'document.head.append(style);',
      ].join('\n');
    },
  };
}
