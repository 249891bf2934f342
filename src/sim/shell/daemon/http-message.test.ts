import { describe, expect, it } from 'vitest';
import { byteLength, parseRequest } from './http-message.ts';

describe('HTTP requests', () => {
  it('wait until they are complete', () => {
    expect(parseRequest('GET / HTTP/1.1\r\nHost: a\r\n', 'c').kind).toBe('incomplete');
    expect(parseRequest('POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab', 'c').kind).toBe('incomplete');
  });

  it('leave what follows for the next one', () => {
    const parsed = parseRequest('GET /a?b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nGET', 'c');
    expect(parsed).toMatchObject({ kind: 'request', rest: 'GET', request: { method: 'GET', target: '/a?b', version: '1.1', client: 'c' } });
    expect(parsed.kind === 'request' && parsed.request.headers.get('connection')).toBe('close');
  });

  it('are refused when the first line is none', () => {
    expect(parseRequest('hello\n', 'c').kind).toBe('malformed');
  });

  it('count bytes, not characters', () => {
    expect(byteLength('a命')).toBe(4);
  });
});
