/**
 * Puts a manifest into the fragment of an address and reads one out again. A fragment is never sent to a server. What is
 * read is text for the editor and nothing more: a hostile link can at worst show odd text.
 */

export interface SharedWork {
  readonly file: string;
  readonly text: string;
}

const mark = 'manifest=';
/** Long enough for any manifest a person writes; addresses beyond are cut by some programs. */
const longest = 30_000;

/** The fragment, without `#`, that carries a file. */
export async function writeSharedWork({ file, text }: SharedWork): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([1, file, text]));
  return mark + base64url(await pipe(bytes, new CompressionStream('deflate-raw')));
}

/** What a fragment carries; `undefined` for any other fragment, and for a damaged or oversized one. */
export async function readSharedWork(fragment: string): Promise<SharedWork | undefined> {
  const data = fragment.replace(/^#/, '');
  if (!data.startsWith(mark) || data.length > longest) return undefined;
  try {
    const bytes = Uint8Array.from(atob(data.slice(mark.length).replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
    const json = new TextDecoder().decode(await pipe(bytes, new DecompressionStream('deflate-raw'), longest * 4));
    const value: unknown = JSON.parse(json);
    if (!Array.isArray(value) || value[0] !== 1) return undefined;
    const [, file, text] = value as readonly unknown[];
    if (typeof file !== 'string' || typeof text !== 'string' || !/^[\w.-]{1,80}$/.test(file)) return undefined;
    return { file, text };
  } catch {
    return undefined;
  }
}

async function pipe(bytes: Uint8Array<ArrayBuffer>, through: CompressionStream | DecompressionStream, limit = Infinity): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(through).getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) throw new RangeError('more text than a manifest has');
    chunks.push(value);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function base64url(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
