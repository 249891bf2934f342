/** curl's `-w` format (src/tool_writeout.c): variables, escapes, the two streams. */
import type { ProcessContext } from '../../../linux/process/process-context.ts';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Writes `format` with `%{name}` replaced; unknown names are complained about as curl does. */
export function writeOut(context: ProcessContext, format: string, variables: Readonly<Record<string, string>>): void {
  let fd = 1;
  let text = '';
  const flush = (): void => {
    context.write(fd, text);
    text = '';
  };
  for (const [piece, name, escape] of format.matchAll(/%\{([^}]*)\}|%%|\\([\s\S])|[\s\S]/g)) {
    if (name !== undefined) {
      if (name === 'stderr' || name === 'stdout') {
        flush();
        fd = name === 'stderr' ? 2 : 1;
      } else if (Object.hasOwn(variables, name)) text += variables[name] ?? '';
      else if (name !== 'onerror') context.err(`curl: unknown --write-out variable: '${name}'\n`);
    } else if (piece === '%%') text += '%';
    else if (escape !== undefined) text += ESCAPES[escape] ?? piece;
    else text += piece;
  }
  flush();
}
