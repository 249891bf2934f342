/**
 * YAML as sigs.k8s.io/yaml v1.6 writes it: keys sorted, lists not indented below their key, long scalars folded at 80
 * columns. Modelled on go.yaml.in/yaml/v2 encode.go and emitterc.go; emits plain values only, no anchors or tags.
 */
import { isList, isMap, sortedEntries } from './plain-value.ts';
import type { Plain } from './plain-value.ts';
import { quotingOf } from './yaml-scalar-style.ts';

const BEST_WIDTH = 80;

/** The document of one value, with its final newline. */
export function yamlText(value: Plain): string {
  const writer = new YamlWriter();
  writer.root(value);
  return writer.text;
}

class YamlWriter {
  text = '';
  #column = 0;

  root(value: Plain): void {
    if (isMap(value) && sortedEntries(value).length > 0) this.#mapping(value, 0, false);
    else if (isList(value) && value.length > 0) this.#sequence(value, 0, false);
    else {
      this.#scalar(value, 0);
      this.#newline();
    }
  }

  #write(text: string): void {
    this.text += text;
    const newline = text.lastIndexOf('\n');
    this.#column = newline < 0 ? this.#column + [...text].length : [...text.slice(newline + 1)].length;
  }

  #newline(): void {
    if (this.#column > 0) this.#write('\n');
  }

  /** @param inline the first key follows a `- ` on the same line */
  #mapping(value: { readonly [key: string]: Plain }, indent: number, inline: boolean): void {
    let first = inline;
    for (const [key, each] of sortedEntries(value)) {
      if (!first) this.#write(' '.repeat(indent));
      first = false;
      this.#key(key);
      this.#write(':');
      if (isMap(each) && sortedEntries(each).length > 0) {
        this.#write('\n');
        this.#mapping(each, indent + 2, false);
      } else if (isList(each) && each.length > 0) {
        this.#write('\n');
        this.#sequence(each, indent, false);
      } else {
        this.#write(' ');
        this.#scalar(each, indent + 2);
        this.#newline();
      }
    }
  }

  #sequence(items: readonly Plain[], indent: number, inline: boolean): void {
    let first = inline;
    for (const item of items) {
      if (!first) this.#write(' '.repeat(indent));
      first = false;
      this.#write('- ');
      if (isMap(item) && sortedEntries(item).length > 0) this.#mapping(item, indent + 2, true);
      else if (isList(item) && item.length > 0) this.#sequence(item, indent + 2, true);
      else {
        this.#scalar(item, indent + 2);
        this.#newline();
      }
    }
  }

  #key(key: string): void {
    const style = quotingOf(key);
    if (style === 'plain' && key !== '') this.#write(key);
    else if (style === 'single') this.#write(`'${key.replaceAll("'", "''")}'`);
    else this.#doubleQuoted(key, 0, false);
  }

  #scalar(value: Plain, indent: number): void {
    if (isMap(value)) this.#write('{}');
    else if (isList(value)) this.#write('[]');
    else if (typeof value !== 'string') this.#write(value === undefined ? 'null' : String(value));
    else {
      const style = quotingOf(value);
      if (style === 'plain') this.#folded(value, indent);
      else if (style === 'literal') this.#literal(value, indent);
      else if (style === 'single') this.#singleQuoted(value, indent);
      else this.#doubleQuoted(value, indent, true);
    }
  }

  #break(indent: number): void {
    this.#write(`\n${' '.repeat(indent)}`);
  }

  #folded(text: string, indent: number): void {
    let blanks = false;
    for (let i = 0; i < text.length; i++) {
      const character = text[i] ?? '';
      if (character !== ' ') {
        this.#write(character);
        blanks = false;
        continue;
      }
      if (!blanks && this.#column > BEST_WIDTH && text[i + 1] !== ' ') this.#break(indent);
      else this.#write(character);
      blanks = true;
    }
  }

  #singleQuoted(text: string, indent: number): void {
    this.#write("'");
    let blanks = false;
    for (let i = 0; i < text.length; i++) {
      const character = text[i] ?? '';
      if (character === ' ') {
        if (!blanks && this.#column > BEST_WIDTH && i > 0 && i < text.length - 1 && text[i + 1] !== ' ') this.#break(indent);
        else this.#write(character);
        blanks = true;
        continue;
      }
      this.#write(character === "'" ? "''" : character);
      blanks = false;
    }
    this.#write("'");
  }

  #doubleQuoted(text: string, indent: number, breaks: boolean): void {
    this.#write('"');
    let blanks = false;
    const characters = [...text];
    for (let i = 0; i < characters.length; i++) {
      const character = characters[i] ?? '';
      const escape = escapeOf(character);
      if (escape !== undefined) {
        this.#write(escape);
        blanks = false;
      } else if (character === ' ') {
        if (breaks && !blanks && this.#column > BEST_WIDTH && i > 0 && i < characters.length - 1) {
          this.#break(indent);
          if (characters[i + 1] === ' ') this.#write('\\');
        } else this.#write(' ');
        blanks = true;
      } else {
        this.#write(character);
        blanks = false;
      }
    }
    this.#write('"');
  }

  #literal(text: string, indent: number): void {
    const hint = /^[ \n]/.test(text) ? '2' : '';
    const chomp = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
    this.#write(`|${hint}${chomp}`);
    const lines = text.split('\n');
    if (text.endsWith('\n')) lines.pop();
    for (const line of lines) this.#write(line === '' ? '\n' : `\n${' '.repeat(indent)}${line}`);
    if (this.#column === 0) this.#write('\n');
  }
}

const NAMED_ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
  '\ufeff': '\\uFEFF',
};

function escapeOf(character: string): string | undefined {
  const named = NAMED_ESCAPES[character];
  if (named !== undefined) return named;
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || (code >= 0x7f && code < 0xa0) ? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}` : undefined;
}
