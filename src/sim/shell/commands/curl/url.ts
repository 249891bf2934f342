/** URLs as curl reads them (lib/urlapi.c): a scheme may be missing, a port must be a number. */

export interface Url {
  readonly scheme: string;
  /** Without the brackets of IPv6. */
  readonly host: string;
  readonly port: number;
  /** With the query, without the fragment. */
  readonly path: string;
  readonly text: string;
}

/** @returns undefined for what curl calls a bad or illegal format */
export function parseUrl(typed: string): Url | undefined {
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?(?:[^@/?#]*@)?(\[[0-9A-Fa-f:.%]+\]|[^:/?#[\]\s]+)(?::(\d*))?([/?][^#]*)?(?:#.*)?$/.exec(typed);
  if (!match || (match[1] === undefined && typed.includes('://'))) return undefined;
  const scheme = (match[1] ?? 'http').toLowerCase();
  const host = (match[2] ?? '').replace(/^\[|\]$/g, '');
  const port = match[3] === undefined || match[3] === '' ? (scheme === 'https' ? 443 : 80) : Number(match[3]);
  if (port > 65_535) return undefined;
  const rest = match[4] ?? '/';
  const path = rest.startsWith('?') ? `/${rest}` : rest;
  return {
    scheme,
    host,
    port,
    path,
    text: match[1] === undefined ? `http://${typed}${match[4] === undefined ? '/' : ''}` : `${typed}${match[4] === undefined ? '/' : ''}`,
  };
}

/** The absolute form of a `Location`. */
export function joinUrl(base: Url, location: string): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(location)) return location;
  const authority = /^[^/]*\/\/[^/?#]*/.exec(base.text)?.[0] ?? '';
  if (location.startsWith('/')) return `${authority}${location}`;
  return `${authority}${base.path.split('?')[0]?.replace(/[^/]*$/, '') ?? '/'}${location}`;
}
