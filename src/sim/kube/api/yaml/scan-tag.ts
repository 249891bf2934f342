// Scans tags, anchors, aliases and directives: rare in manifests, but their mistakes have upstream's own words.
// Models go.yaml.in/yaml v2.4, scannerc.go.

import { isBlank, isBlankOrEnd, isBreakOrEnd, isDigit, isWord } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import type { Mark } from './source.ts';
import type { NameToken, TagDirectiveToken, TagToken, VersionDirectiveToken } from './token.ts';

const URI = new Set([...";/?:@&=+$,.!~*'()[]%"].map((character) => character.charCodeAt(0)));
const AFTER_ANCHOR = new Set([...'?:,]}%@`'].map((character) => character.charCodeAt(0)));

/** Scans *alias or &anchor; the cursor stands on the indicator. */
export function scanName(cursor: Cursor): NameToken {
  const start = cursor.mark();
  const kind = cursor.at() === 42 ? 'alias' : 'anchor';
  cursor.skip();
  const name = cursor.readWhile(isWord);
  if (name === '' || !(isBlankOrEnd(cursor.at()) || AFTER_ANCHOR.has(cursor.at()))) {
    cursor.fail('did not find expected alphabetic or numeric character', start);
  }
  return { kind, start, end: cursor.mark(), name };
}

function scanHandle(cursor: Cursor, context: { readonly directive: boolean; readonly start: Mark }): string {
  if (cursor.at() !== 33) cursor.fail("did not find expected '!'", context.start);
  cursor.skip();
  let handle = '!' + cursor.readWhile(isWord);
  if (cursor.at() === 33) {
    handle += '!';
    cursor.skip();
  } else if (context.directive && handle !== '!') {
    cursor.fail("did not find expected '!'", context.start);
  }
  return handle;
}

function utf8Length(octet: number): number {
  if (octet < 0x80) return 1;
  if (octet >> 5 === 6) return 2;
  if (octet >> 4 === 14) return 3;
  return octet >> 3 === 30 ? 4 : 0;
}

/** One %XX-escaped character, which may be several octets. */
function scanUriEscape(cursor: Cursor, start: Mark): string {
  let escaped = '';
  let left = 1024;
  while (left > 0) {
    const digits = String.fromCharCode(cursor.at(1), cursor.at(2));
    if (cursor.at() !== 37 || !/^[0-9a-fA-F]{2}$/.test(digits)) cursor.fail('did not find URI escaped octet', start);
    const octet = Number.parseInt(digits, 16);
    if (left === 1024) {
      left = utf8Length(octet);
      if (left === 0) cursor.fail('found an incorrect leading UTF-8 octet', start);
    } else if (octet >> 6 !== 2) {
      cursor.fail('found an incorrect trailing UTF-8 octet', start);
    }
    escaped += '%' + digits;
    cursor.skip(3);
    left--;
  }
  try {
    return decodeURIComponent(escaped);
  } catch {
    // Over-long forms and surrogates: go-yaml keeps the bytes, which are no text either way.
    return '\ufffd';
  }
}

function scanUri(cursor: Cursor, context: { readonly head: string; readonly start: Mark }): string {
  let uri = context.head.slice(1);
  let found = context.head !== '';
  while (isWord(cursor.at()) || URI.has(cursor.at())) {
    if (cursor.at() === 37) {
      uri += scanUriEscape(cursor, context.start);
    } else {
      uri += String.fromCharCode(cursor.at());
      cursor.skip();
    }
    found = true;
  }
  if (!found) cursor.fail('did not find expected tag URI', context.start);
  return uri;
}

/** Scans !tag, !!tag, !handle!tag or !<uri>. */
export function scanTag(cursor: Cursor): TagToken {
  const start = cursor.mark();
  let handle = '';
  let suffix: string;
  if (cursor.at(1) === 60) {
    cursor.skip(2);
    suffix = scanUri(cursor, { head: '', start });
    if (cursor.at() !== 62) cursor.fail("did not find the expected '>'", start);
    cursor.skip();
  } else {
    handle = scanHandle(cursor, { directive: false, start });
    if (handle.length > 1 && handle.endsWith('!')) {
      suffix = scanUri(cursor, { head: '', start });
    } else {
      suffix = scanUri(cursor, { head: handle, start });
      handle = '!';
      if (suffix === '') [handle, suffix] = ['', '!'];
    }
  }
  if (!isBlankOrEnd(cursor.at())) cursor.fail('did not find expected whitespace or line break', start);
  return { kind: 'tag', start, end: cursor.mark(), handle, suffix };
}

function scanVersionNumber(cursor: Cursor, start: Mark): number {
  let digits = '';
  while (isDigit(cursor.at())) {
    if (digits.length === 2) cursor.fail('found extremely long version number', start);
    digits += String.fromCharCode(cursor.at());
    cursor.skip();
  }
  if (digits === '') cursor.fail('did not find expected version number', start);
  return Number(digits);
}

/** Scans a line that begins with "%". */
export function scanDirective(cursor: Cursor): TagDirectiveToken | VersionDirectiveToken {
  const start = cursor.mark();
  cursor.skip();
  const name = cursor.readWhile(isWord);
  if (name === '') cursor.fail('could not find expected directive name', start);
  if (!isBlankOrEnd(cursor.at())) cursor.fail('found unexpected non-alphabetical character', start);
  if (name !== 'YAML' && name !== 'TAG') cursor.fail('found unknown directive name', start);
  cursor.readWhile(isBlank);
  const token = name === 'YAML' ? scanVersion(cursor, start) : scanTagDirective(cursor, start);
  cursor.readWhile(isBlank);
  if (cursor.at() === 35) cursor.readWhile((code) => !isBreakOrEnd(code));
  if (!isBreakOrEnd(cursor.at())) cursor.fail('did not find expected comment or line break', start);
  cursor.skipBreak();
  return token;
}

function scanVersion(cursor: Cursor, start: Mark): VersionDirectiveToken {
  const major = scanVersionNumber(cursor, start);
  if (cursor.at() !== 46) cursor.fail("did not find expected digit or '.' character", start);
  cursor.skip();
  const minor = scanVersionNumber(cursor, start);
  return { kind: 'versionDirective', start, end: cursor.mark(), supported: major === 1 && minor === 1 };
}

function scanTagDirective(cursor: Cursor, start: Mark): TagDirectiveToken {
  const handle = scanHandle(cursor, { directive: true, start });
  if (!isBlank(cursor.at())) cursor.fail('did not find expected whitespace', start);
  cursor.readWhile(isBlank);
  const prefix = scanUri(cursor, { head: '', start });
  if (!isBlankOrEnd(cursor.at())) cursor.fail('did not find expected whitespace or line break', start);
  return { kind: 'tagDirective', start, end: cursor.mark(), handle, prefix };
}
