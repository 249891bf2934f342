// Puts into a translation's MDX, for the reader, what is older than its source: a stale block is wrapped in <Stale> with the
// source's block inside, a missing one is put where it belongs. Text in, text out; how it looks is Stale.astro's.
import { compareBlocks, staleFields } from './compare.ts';
import type { SameMeaning, TranslationRecord } from './compare.ts';
import { partsOf } from './blocks.ts';
import type { Block } from './blocks.ts';

/** Front matter that readers see in the page itself; all other texts appear at the bench only. */
const shown = new Set(['title', 'question', 'summary', 'lead', 'term', 'short']);

export interface Translation {
  readonly text: string;
  readonly source: string;
  readonly record: TranslationRecord;
  readonly same: SameMeaning;
}

/**
 * @returns the translation, marked; unchanged where everything is up to date
 */
export function markStale({ text, source, record, same }: Translation): string {
  const own = partsOf(text);
  const theirs = partsOf(source);
  const fields = staleFields(record.fields, theirs.fields, same);
  const states = compareBlocks(
    record.blocks,
    theirs.blocks.map(({ hash }) => hash),
    same,
  );
  // Blocks were added or removed without being recorded: which is which is no longer known, only that something differs.
  const untold = own.blocks.length !== record.blocks.length;
  const stale = states.filter(({ kind }) => kind !== 'fresh');
  if (fields.length === 0 && stale.length === 0 && !untold) return text;

  const head: string[] = [];
  const visible = fields.filter((path) => shown.has(path));
  if (fields.length > 0 || untold) {
    const texts = visible.map((path) => theirs.fields.get(path)?.text ?? '');
    head.push(`<Stale kind="head" texts={${JSON.stringify(texts)}} others={${String(fields.length - visible.length)}} whole={${String(untold)}} />`);
  }
  if (untold) return joined(own.head, [...head, text.slice(own.head.length)]);

  const blockText = (at: number): string => own.blocks[at]?.text ?? '';
  const marked = states.map((state) => {
    if (state.kind === 'fresh') return blockText(state.at);
    if (state.kind === 'gone') return `<Stale kind="gone">\n\n${blockText(state.at)}\n\n</Stale>`;
    const original = shownSource(theirs.blocks[state.source]);
    if (state.kind === 'missing') return `<Stale kind="missing">\n\n${original}\n\n</Stale>`;
    return `<Stale kind="changed">\n\n${blockText(state.at)}\n\n<div slot="source">\n\n${original}\n\n</div>\n\n</Stale>`;
  });
  const imports = text.slice(own.head.length).match(/^import .*$/gm) ?? [];
  return joined(own.head, [...imports, ...head, ...marked]);
}

/** A source block as it may stand a second time in a page: components as their source, headings without an address. */
function shownSource(block: Block | undefined): string {
  if (!block) return '';
  if (block.kind === 'heading') return `**${block.text.replace(/^#+\s*/, '')}**`;
  if (/jsx/i.test(block.kind)) return `\`\`\`\`mdx\n${block.text}\n\`\`\`\``;
  return block.text;
}

function joined(head: string, parts: readonly string[]): string {
  return `${head}${parts.join('\n\n')}\n`;
}
