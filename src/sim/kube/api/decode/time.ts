// Reads times as the API server does, with Go's words for what is wrong.
// Models Go's time.Parse for RFC 3339 and k8s.io/apimachinery v0.37, meta/v1/time.go.

import { quoteGo } from '../yaml/go-text.ts';

const SECONDS = '2006-01-02T15:04:05Z07:00';
const MICRO = '2006-01-02T15:04:05.000000Z07:00';

const PARTS: readonly (readonly [layout: string, pattern: RegExp, range?: readonly [name: string, least: number, most: number]])[] = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^\d\d/, ['month', 1, 12]],
  ['-', /^-/],
  ['02', /^\d\d/, ['day', 1, 31]],
  ['T', /^T/],
  ['15', /^\d\d/, ['hour', 0, 23]],
  [':', /^:/],
  ['04', /^\d\d/, ['minute', 0, 59]],
  [':', /^:/],
  ['05', /^\d\d/, ['second', 0, 59]],
];

export type TimeResult = { readonly kind: 'time'; readonly text: string } | { readonly kind: 'error'; readonly message: string };

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** Reads an RFC 3339 time and writes it in UTC, with microseconds when `micro`. */
export function parseTime(text: string, micro: boolean): TimeResult {
  const layout = micro ? MICRO : SECONDS;
  const refuse = (why: string): TimeResult => ({
    kind: 'error',
    message: `parsing time ${quoteGo(text)}${why}`,
  });
  const cannot = (rest: string, part: string): TimeResult => refuse(` as ${quoteGo(layout)}: cannot parse ${quoteGo(rest)} as ${quoteGo(part)}`);
  let rest = text;
  for (const [part, pattern, range] of PARTS) {
    const found = pattern.exec(rest)?.[0];
    if (found === undefined) return cannot(rest, part);
    if (range !== undefined && (Number(found) < range[1] || Number(found) > range[2])) return refuse(`: ${range[0]} out of range`);
    rest = rest.slice(found.length);
  }
  const fraction = /^[.,]\d+/.exec(rest)?.[0] ?? '';
  if (micro && !/^[.,]\d{6}(?!\d)/.test(rest)) return cannot(rest, '.000000');
  rest = rest.slice(fraction.length);
  const zone = /^(?:Z|[-+]\d\d:\d\d)/.exec(rest)?.[0];
  if (zone === undefined) return cannot(rest, 'Z07:00');
  if (rest !== zone) return refuse(`: extra text: ${quoteGo(rest.slice(zone.length))}`);
  const utc = new Date(`${text.slice(0, 19)}${zone}`);
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))];
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (Number.isNaN(utc.getTime()) || day > lastDay) return refuse(': day out of range');
  const date = `${pad(utc.getUTCFullYear(), 4)}-${pad(utc.getUTCMonth() + 1, 2)}-${pad(utc.getUTCDate(), 2)}`;
  const clock = [utc.getUTCHours(), utc.getUTCMinutes(), utc.getUTCSeconds()].map((part) => pad(part, 2)).join(':');
  return { kind: 'time', text: `${date}T${clock}${micro ? `.${fraction.slice(1)}` : ''}Z` };
}
