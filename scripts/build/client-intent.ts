// The directive `client:intent`: an island wakes at the reader's first sign of life (pointer, key, touch, scroll),
// or at once when this browser holds saved work. Knows no island.
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const entrypoint = fileURLToPath(new URL('./client-intent-directive.ts', import.meta.url));

export function clientIntent(): AstroIntegration {
  return {
    name: 'client-intent',
    hooks: {
      'astro:config:setup': ({ addClientDirective }) => addClientDirective({ name: 'intent', entrypoint }),
    },
  };
}
