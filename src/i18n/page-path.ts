// Addresses of the site's own pages, below whatever folder the site is served from.

/** `pagePath('zh', 'network', 'host-network')` is `/zh/network/host-network/`, under the site's base. */
export function pagePath(...segments: readonly string[]): string {
  const base = import.meta.env.BASE_URL.replace(/\/?$/, '/');
  return base + segments.map((segment) => `${segment}/`).join('');
}

/** The locale that an address of this site's pages is in. */
export function localeOfPath(path: string): string {
  const base = import.meta.env.BASE_URL.replace(/\/?$/, '/');
  return path.slice(base.length).split('/')[0] ?? '';
}

/** Address of a file in public/. */
export function filePath(name: string): string {
  return import.meta.env.BASE_URL.replace(/\/?$/, '/') + name;
}
