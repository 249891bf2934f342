// Follows every link, image, script and fragment of the built site to a file and an id that exist, and checks
// what every page must have. Knows only dist/.
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const dist = process.env['DIST_DIR'] ?? 'dist';
const base = (process.env['BASE_PATH'] ?? '/').replace(/\/?$/, '/');
const problems: string[] = [];

const htmlByPage = new Map<string, string>(globSync('**/*.html', { cwd: dist }).map((file) => [file, readFileSync(join(dist, file), 'utf8')]));

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&#38;': '&',
  '&quot;': '"',
  '&#39;': "'",
};
const decoded = (text: string): string => text.replace(/&(?:amp|quot|#38|#39);/g, (entity) => entities[entity] ?? entity);

/** The markup that a browser would read as elements: without comments, scripts' and styles' bodies. */
function markup(html: string): string {
  return html.replace(/<!--[\s\S]*?-->/g, '').replace(/(<(script|style|textarea)\b[^>]*>)[\s\S]*?<\/\2>/g, '$1');
}

function values(html: string, attribute: string): string[] {
  const found = markup(html).matchAll(new RegExp(`<[a-z][^>]*?\\s${attribute}="([^"]*)"`, 'gi'));
  return [...found].map(([, value]) => decoded(value ?? ''));
}

const idsByPage = new Map([...htmlByPage].map(([page, html]) => [page, values(html, 'id')] as const));

/** The file in dist/ for an address without fragment, as a static host would find it. */
function fileFor(path: string): string | undefined {
  if (!path.startsWith(base)) return undefined;
  const name = decodeURIComponent(path.slice(base.length));
  const file = name === '' || name.endsWith('/') ? `${name}index.html` : name;
  const full = join(dist, file);
  return existsSync(full) && statSync(full).isFile() ? file : undefined;
}

function checkLink(page: string, link: string): void {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(link)) return;
  const target = new URL(link, `http://site${base}${page.replace(/index\.html$/, '')}`);
  const file = fileFor(target.pathname);
  if (file === undefined) {
    problems.push(`${page}: ${link} leads nowhere`);
    return;
  }
  // A fragment with = carries shared work, not the id of an element.
  const fragment = decodeURIComponent(target.hash.slice(1));
  if (fragment === '' || fragment.includes('=') || !file.endsWith('.html')) return;
  if (!idsByPage.get(file)?.includes(fragment)) problems.push(`${page}: ${link} names no element of ${file}`);
}

function checkPage(page: string, html: string): void {
  const must: readonly (readonly [string, RegExp])[] = [
    ['a language', /<html\b[^>]*\slang="[a-z]{2}/i],
    ['a title', /<title>[^<]+<\/title>/],
    ['a content security policy', /<meta http-equiv="content-security-policy"/],
    ['a viewport', /<meta name="viewport"/],
  ];
  for (const [what, pattern] of must) if (!pattern.test(html)) problems.push(`${page}: lacks ${what}`);
  const seen = new Set<string>();
  for (const id of idsByPage.get(page) ?? []) {
    if (seen.has(id)) problems.push(`${page}: the id "${id}" stands twice`);
    seen.add(id);
  }
  const headings = [...markup(html).matchAll(/<h([1-6])\b/g)].map(([, level]) => Number(level));
  if (headings.filter((level) => level === 1).length !== 1) problems.push(`${page}: has not exactly one h1`);
  for (const url of [...values(html, 'src'), ...values(html, 'srcset')]) {
    if (/^(?:https?:)?\/\//.test(url)) problems.push(`${page}: asks a third party for ${url}`);
  }
}

let links = 0;
for (const [page, html] of htmlByPage) {
  checkPage(page, html);
  for (const link of [...values(html, 'href'), ...values(html, 'src'), ...values(html, 'component-url'), ...values(html, 'renderer-url')]) {
    links += 1;
    checkLink(page, link);
  }
}
console.log(`${links} links on ${htmlByPage.size} pages`);
if (problems.length > 0) {
  console.error([...new Set(problems)].join('\n'));
  process.exitCode = 1;
}
