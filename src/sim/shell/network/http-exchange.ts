/** The client's half of HTTP/1.x: reads one answer from a connection. Knows neither names, nor sockets, nor what curl or wget say about it. */
import { isErrno, type Errno } from '../../linux/errno.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';
import { byteLength } from '../daemon/http-message.ts';

export interface HttpReply {
  readonly kind: 'reply';
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  /** As they came. */
  readonly headers: readonly (readonly [string, string])[];
  /** Everything up to and with the empty line. */
  readonly head: string;
  readonly body: string;
  /** The body ended before its announced length. */
  readonly cut: boolean;
}

export type HttpTrouble =
  | { readonly kind: 'timeout'; readonly received: number; readonly expected: number | undefined }
  /** The connection ended before a byte came. */
  | { readonly kind: 'empty' }
  /** What came is no HTTP/1.x. */
  | { readonly kind: 'garbage'; readonly text: string }
  | { readonly kind: 'failed'; readonly error: Errno };

export interface ReplyRequest {
  /** The answer to HEAD has no body. */
  readonly bodyless: boolean;
  /** Absolute virtual milliseconds. */
  readonly deadline?: number | undefined;
  /** Virtual milliseconds without a byte after which the caller gives up. */
  readonly silence?: number | undefined;
}

/** Reads one answer from descriptor `fd`; answers `100 Continue` are skipped. */
export function* readReply(context: ProcessContext, fd: number, request: ReplyRequest): Blocking<HttpReply | HttpTrouble> {
  let text = '';
  let ended = false;
  let head: Head | undefined;
  for (;;) {
    if (!head) {
      head = readHead(text);
      if (head === undefined && text !== '' && !'HTTP/1.'.startsWith(text.slice(0, 7))) return { kind: 'garbage', text };
      if (head?.status === 100) {
        text = text.slice(head.head.length);
        head = undefined;
        continue;
      }
    }
    if (head) {
      const body = bodyOf(text.slice(head.head.length), head, { ended, bodyless: request.bodyless });
      if (body) return { kind: 'reply', ...head, ...body };
    }
    if (ended) return text === '' ? { kind: 'empty' } : { kind: 'garbage', text };
    const deadline = soonest(request.deadline, request.silence === undefined ? undefined : context.simulation.now + request.silence);
    const piece = yield* context.read(fd, deadline === undefined ? {} : { deadline });
    if (isErrno(piece)) {
      if (piece.code === 'EINTR') continue;
      if (piece.code !== 'EAGAIN') return { kind: 'failed', error: piece };
      return { kind: 'timeout', received: head ? byteLength(text) - byteLength(head.head) : 0, expected: head && lengthOf(head) };
    }
    if (piece === '') ended = true;
    text += piece;
  }
}

/** The first header of that name, in any case. */
export function headerOf(reply: Pick<HttpReply, 'headers'>, name: string): string | undefined {
  return reply.headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

interface Head {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly head: string;
}

function readHead(text: string): Head | undefined {
  const end = /\r?\n\r?\n/.exec(text);
  if (!end) return undefined;
  const head = text.slice(0, end.index + end[0].length);
  const [first = '', ...lines] = head.split(/\r?\n/);
  const match = /^HTTP\/(1\.[01]) (\d{3}) ?(.*)$/.exec(first);
  if (!match) return undefined;
  const headers = lines.flatMap((line): [string, string][] => {
    const colon = line.indexOf(':');
    return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1).trim()]] : [];
  });
  return { version: match[1] ?? '', status: Number(match[2]), reason: match[3] ?? '', headers, head };
}

function lengthOf(head: Head): number | undefined {
  const length = headerOf(head, 'content-length');
  return length === undefined ? undefined : Number(length);
}

function bodyOf(
  text: string,
  head: Head,
  state: { readonly ended: boolean; readonly bodyless: boolean },
): { readonly body: string; readonly cut: boolean } | undefined {
  if (state.bodyless || head.status === 204 || head.status === 304) return { body: '', cut: false };
  if (/\bchunked\b/i.test(headerOf(head, 'transfer-encoding') ?? '')) {
    const joined = joinChunks(text);
    return joined.complete ? { body: joined.body, cut: false } : state.ended ? { body: joined.body, cut: true } : undefined;
  }
  const length = lengthOf(head);
  if (length === undefined) return state.ended ? { body: text, cut: false } : undefined;
  const bytes = byteLength(text);
  if (bytes >= length) return { body: bytes === length ? text : firstBytes(text, length), cut: false };
  return state.ended ? { body: text, cut: true } : undefined;
}

function joinChunks(text: string): { readonly body: string; readonly complete: boolean } {
  let body = '';
  let rest = text;
  for (;;) {
    const size = /^([0-9a-fA-F]+)[^\n]*\n/.exec(rest);
    if (!size) return { body, complete: false };
    const bytes = Number.parseInt(size[1] ?? '', 16);
    const after = rest.slice(size[0].length);
    if (bytes === 0) return { body, complete: /^(?:[^\r\n][^\n]*\n)*\r?\n/.test(after) };
    const chunk = firstBytes(after, bytes);
    body += chunk;
    if (byteLength(chunk) < bytes) return { body, complete: false };
    rest = after.slice(chunk.length).replace(/^\r?\n/, '');
  }
}

function firstBytes(text: string, bytes: number): string {
  let taken = '';
  let left = bytes;
  for (const character of text) {
    left -= byteLength(character);
    if (left < 0) break;
    taken += character;
  }
  return taken;
}

function soonest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.min(a, b);
}
