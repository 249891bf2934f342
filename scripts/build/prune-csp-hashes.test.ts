import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { withPrunedHashes } from './prune-csp-hashes.ts';

const page = (policy: string, body: string): string =>
  `<html><head><meta http-equiv="content-security-policy" content="${policy}"></head><body>${body}</body></html>`;

describe('withPrunedHashes', () => {
  it('keeps hashes of inline scripts only', () => {
    const script = 'console.log(1)';
    const hash = `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
    const html = page(
      "default-src 'self'; script-src 'self' 'sha256-AAAA=' 'sha256-BBBB='; style-src 'self' 'unsafe-inline';",
      `<script>${script}</script><script type="module" src="/x.js"></script>`,
    );
    expect(withPrunedHashes(html)).toContain(`content="default-src 'self'; script-src 'self' ${hash}; style-src 'self' 'unsafe-inline'"`);
  });

  it('names what a file of the site adds to the page', () => {
    const hash = createHash('sha256').update('{}').digest('base64');
    expect(withPrunedHashes(page("script-src 'self'", ''), ['{}'])).toContain(`script-src 'self' 'sha256-${hash}'`);
  });

  it('leaves a page without policy as it is', () => {
    expect(withPrunedHashes('<html></html>')).toBe('<html></html>');
  });
});
