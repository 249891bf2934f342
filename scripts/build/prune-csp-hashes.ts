// Keeps in each page's Content-Security-Policy only the hashes of scripts that stand inline in that page.
// Same-origin files are allowed by 'self', and dozens of incompressible hashes would eat the HTML budget.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { AstroIntegration } from 'astro';
import { htmlFiles } from './html-files.ts';

const inlineScript = /<script\b(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g;
const policyMeta = /<meta http-equiv="content-security-policy" content="([^"]*)">/i;
const scriptHash = / ?'sha(?:256|384|512)-[A-Za-z0-9+/=]+'/g;

/**
 * The policy with the hashes of exactly those inline scripts that `html` contains.
 *
 * @param html a whole page as built
 * @param added texts that a file of the site may put into the page as inline scripts
 * @returns the page with its policy rewritten; unchanged when it has none
 */
export function withPrunedHashes(html: string, added: readonly string[] = []): string {
  const policy = policyMeta.exec(html);
  if (!policy?.[1]) return html;
  const hashes = new Set<string>();
  for (const text of [...[...html.matchAll(inlineScript)].map(([, body]) => body ?? ''), ...added]) {
    hashes.add(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  }
  const rewritten = policy[1]
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('script-src ') ? [part.replace(scriptHash, ''), ...hashes].join(' ') : part))
    .join('; ');
  return html.replace(policyMeta, `<meta http-equiv="content-security-policy" content="${rewritten}">`);
}

/** @param added see {@link withPrunedHashes} */
export function pruneCspHashes(added: readonly string[] = []): AstroIntegration {
  return {
    name: 'prune-csp-hashes',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        for (const file of await htmlFiles(dir)) {
          const html = await readFile(file, 'utf8');
          await writeFile(file, withPrunedHashes(html, added));
        }
      },
    },
  };
}
