// How wide a text will be on the map, near enough to keep it inside its box without asking the browser.
const sizes = { mono: 11.5, sans: 12, name: 13.5, small: 10 };
const latin = { mono: 0.61, sans: 0.55, name: 0.6, small: 0.61 };

export type TextKind = keyof typeof sizes;

const wide = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Width in pixels of `text` in one of the map's letterings. */
export function textWidth(text: string, kind: TextKind): number {
  let width = 0;
  for (const letter of text) width += (wide.test(letter) ? 1 : latin[kind]) * sizes[kind];
  return width;
}

/** `text`, or as much of its beginning as fits with an ellipsis. */
export function clipTo(text: string, width: number, kind: TextKind): string {
  if (textWidth(text, kind) <= width) return text;
  let kept = '';
  for (const letter of text) {
    if (textWidth(`${kept}${letter}…`, kind) > width) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}

/** `text` in lines that fit, broken at blanks, between Chinese letters, and inside words only where nothing else helps. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const piece of text.match(/[^\s\u2e80-\uffef]+\s*|[\u2e80-\uffef]\s*|\s+/gu) ?? []) {
    if (current !== '' && textWidth((current + piece).trimEnd(), 'sans') > width) {
      lines.push(current.trimEnd());
      current = '';
    }
    current += piece;
  }
  return [...lines, current.trimEnd()].filter((line) => line !== '').map((line) => clipTo(line, width, 'sans'));
}
