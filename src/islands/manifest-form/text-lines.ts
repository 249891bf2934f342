// Where lines begin and end around an offset. Knows no YAML.

/** Offset of the first character of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset of the newline that ends the line before or at `offset`. */
export function lineEnd(text: string, offset: number): number {
  // A block's range may already include the newline that ends it.
  const from = offset > 0 && text[offset - 1] === '\n' ? offset - 1 : offset;
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** End of the last line before `offset` that holds anything. */
export function trimmedEnd(text: string, offset: number): number {
  return text.slice(0, offset).trimEnd().length + restOfLine(text, text.slice(0, offset).trimEnd().length);
}

function restOfLine(text: string, offset: number): number {
  return lineEnd(text, offset) - offset;
}
