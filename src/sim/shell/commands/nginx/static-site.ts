/** Answers for static files, as nginx's core and ngx_http_static_module do with Debian's default site. */
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking, ProcessContext } from '../../../linux/process/process-context.ts';
import { byteLength, httpDate, type HttpRequest, type HttpResponse } from '../../daemon/http-message.ts';
import { nginxErrorPage } from '../../daemon/http-server.ts';

const ROOT = '/var/www/html';
const INDEXES = ['index.html', 'index.htm', 'index.nginx-debian.html'];

/** nginx's mime.types, the common ones. */
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  xml: 'text/xml',
  txt: 'text/plain',
  js: 'application/javascript',
  json: 'application/json',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  ico: 'image/x-icon',
};

interface Served {
  readonly text: string;
  /** Unix milliseconds. */
  readonly modified: number;
  readonly type: string;
}

function errorPage(status: number, headers: HttpResponse['headers'] = []): HttpResponse {
  const body = nginxErrorPage(status);
  return { status, headers: [['Content-Type', 'text/html'], ['Content-Length', String(byteLength(body))], ...headers], body };
}

export function* answerStatic(context: ProcessContext, request: HttpRequest): Blocking<HttpResponse> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return errorPage(405);
  let path = decodeURIComponentSafely(request.target.split('?')[0] ?? '/');
  if (path === undefined || path.split('/').includes('..')) return errorPage(400);
  if (!path.startsWith('/')) path = `/${path}`;
  const { vfs } = context.kernel;
  const status = vfs.stat(context.process, `${ROOT}${path}`);
  if (!isErrno(status) && status.kind === 'directory' && !path.endsWith('/')) {
    const host = request.headers.get('host') ?? 'localhost';
    return errorPage(301, [['Location', `http://${host}${path}/`]]);
  }
  const found = yield* findFile(context, path);
  if (found === 403) return errorPage(403);
  if (!found) return errorPage(404);
  const size = byteLength(found.text);
  return {
    status: 200,
    headers: [
      ['Content-Type', found.type],
      ['Content-Length', String(size)],
      ['Last-Modified', httpDate(found.modified)],
      ['ETag', `"${Math.floor(found.modified / 1000).toString(16)}-${size.toString(16)}"`],
      ['Accept-Ranges', 'bytes'],
    ],
    body: found.text,
  };
}

function* findFile(context: ProcessContext, path: string): Blocking<Served | 403 | undefined> {
  const candidates = path.endsWith('/') ? INDEXES.map((index) => `${ROOT}${path}${index}`) : [`${ROOT}${path}`];
  for (const candidate of candidates) {
    const status = context.kernel.vfs.stat(context.process, candidate);
    if (isErrno(status) || status.kind !== 'file') continue;
    const text = yield* context.readFile(candidate);
    if (isErrno(text)) return 403;
    const extension = /\.([^./]+)$/.exec(candidate)?.[1] ?? '';
    return { text, modified: status.modified, type: TYPES[extension] ?? 'application/octet-stream' };
  }
  return path.endsWith('/') && !isErrno(context.kernel.vfs.stat(context.process, `${ROOT}${path}`)) ? 403 : undefined;
}

function decodeURIComponentSafely(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
