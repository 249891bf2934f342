// Serves a built site from a folder, compressed and with the headers a good static host would send.
// Knows nothing of what the site is.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const contentTypeByExtension: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.yaml': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};
const compressible = new Set(['.html', '.js', '.mjs', '.css', '.json', '.webmanifest', '.xml', '.txt', '.yaml', '.svg', '.ttf', '.wasm']);

interface Served {
  readonly path: string;
  readonly body: Buffer;
  readonly etag: string;
  readonly encodings: Map<string, Buffer>;
}

export interface StaticServerOptions {
  /** Folder of the built site. */
  readonly directory: string;
  /** Path under which the site lives, `/` or e.g. `/namespace-lab/`. */
  readonly base?: string;
}

/**
 * A server, not yet listening, for the files below `directory`.
 *
 * `/x/` gives x/index.html, `/x` redirects to `/x/` when that exists, anything unknown gives 404.html.
 */
export function createStaticServer({ directory, base = '/' }: StaticServerOptions): Server {
  const prefix = base.replace(/\/?$/, '/');
  const cache = new Map<string, Promise<Served | undefined>>();

  const load = (path: string): Promise<Served | undefined> => {
    const known = cache.get(path);
    if (known) return known;
    const loading = readServed(join(directory, path));
    cache.set(path, loading);
    return loading;
  };

  return createServer((request, response) => {
    answer({ request, response, prefix, load }).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly prefix: string;
  readonly load: (path: string) => Promise<Served | undefined>;
}

async function answer({ request, response, prefix, load }: Exchange): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  if (!pathname.startsWith(prefix)) {
    response.writeHead(302, { location: prefix }).end();
    return;
  }
  const path = safePath(pathname.slice(prefix.length));
  if (path === undefined) {
    response.writeHead(400).end();
    return;
  }
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  const served = await load(file);
  if (served) {
    await send({ request, response, served, status: 200 });
    return;
  }
  if (!path.endsWith('/') && (await load(`${path}/index.html`))) {
    response.writeHead(301, { location: `${pathname}/${search}` }).end();
    return;
  }
  const notFound = await load('404.html');
  if (notFound) await send({ request, response, served: notFound, status: 404 });
  else response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
}

function safePath(raw: string): string | undefined {
  try {
    const path = normalize(decodeURIComponent(raw)).replace(/^\.$/, '');
    return path.startsWith('..') || path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}

async function readServed(path: string): Promise<Served | undefined> {
  const info = await stat(path).catch(() => undefined);
  if (!info?.isFile()) return undefined;
  const body = await readFile(path);
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { path, body, etag, encodings: new Map() };
}

interface Sending {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly served: Served;
  readonly status: number;
}

async function send({ request, response, served, status }: Sending): Promise<void> {
  const extension = extname(served.path);
  const headers: Record<string, string | number> = {
    'content-type': contentTypeByExtension[extension] ?? 'application/octet-stream',
    'cache-control': served.path.includes('/_astro/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    etag: served.etag,
    vary: 'accept-encoding',
  };
  if (request.headers['if-none-match'] === served.etag) {
    response.writeHead(304, headers).end();
    return;
  }
  const encoding = compressible.has(extension) ? acceptedEncoding(request) : undefined;
  const body = encoding ? await encoded(served, encoding) : served.body;
  if (encoding) headers['content-encoding'] = encoding;
  headers['content-length'] = body.length;
  response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
}

function acceptedEncoding(request: IncomingMessage): 'br' | 'gzip' | undefined {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
}

async function encoded(served: Served, encoding: 'br' | 'gzip'): Promise<Buffer> {
  const known = served.encodings.get(encoding);
  if (known) return known;
  // Quality 11 takes seconds on the editor's chunks; hosts that compress ahead of time do better still.
  const quality = served.body.length > 500_000 ? 5 : 11;
  const body =
    encoding === 'br'
      ? await promisify(brotliCompress)(served.body, {
          params: { [constants.BROTLI_PARAM_QUALITY]: quality },
        })
      : await promisify(gzip)(served.body);
  served.encodings.set(encoding, body);
  return body;
}

/**
 * Starts listening.
 *
 * @param port the wanted port; with `tries` above 1 the following ones are tried while it is taken
 * @returns the port that was free; rejects with the system's error when none was
 */
export async function listen(server: Server, port: number, tries = 1): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, () => {
        server.off('error', reject);
        resolve();
      });
    });
    return port;
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!taken || tries <= 1) throw error;
    return listen(server, port + 1, tries - 1);
  }
}
