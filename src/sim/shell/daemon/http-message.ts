/** HTTP/1.x messages as text. Knows no sockets. */

export interface HttpRequest {
  readonly method: string;
  readonly target: string;
  readonly version: '1.0' | '1.1';
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** `address:port` of the client. */
  readonly client: string;
}

export interface HttpResponse {
  readonly status: number;
  /** In the order in which they are sent; `Date` and `Connection` are the server's business. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  505: 'HTTP Version Not Supported',
};

export function reasonOf(status: number): string {
  return REASONS[status] ?? '';
}

/** IMF-fixdate of RFC 9110, from Unix milliseconds. */
export function httpDate(milliseconds: number): string {
  return new Date(milliseconds).toUTCString();
}

export type ParsedRequest =
  | { readonly kind: 'request'; readonly request: HttpRequest; readonly rest: string }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'malformed' };

/** Takes the first request from what a connection has received so far. */
export function parseRequest(text: string, client: string): ParsedRequest {
  const firstLine = /^([^\n]*?)\r?\n/.exec(text)?.[1];
  if (firstLine === undefined) return { kind: 'incomplete' };
  const match = /^([A-Za-z]+) (\S+) HTTP\/(1\.[01])$/.exec(firstLine);
  if (!match) return { kind: 'malformed' };
  const head = /^[^\n]*\n(?:[^\r\n][^\n]*\n)*\r?\n/.exec(text)?.[0];
  if (head === undefined) return { kind: 'incomplete' };
  const headers = new Map<string, string>();
  for (const line of head.split('\n').slice(1)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const length = Number(headers.get('content-length') ?? 0);
  const rest = text.slice(head.length);
  if (rest.length < length) return { kind: 'incomplete' };
  const [, method = '', target = '', version] = match;
  return {
    kind: 'request',
    request: { method, target, version: version === '1.0' ? '1.0' : '1.1', headers, body: rest.slice(0, length), client },
    rest: rest.slice(length),
  };
}

/** Bytes of a text in UTF-8. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
