/** df of GNU coreutils 9.1 (src/df.c): which columns, in which unit, and their totals. */
import { sizeText } from '../../tool/size-text.ts';
import type { ToolCall } from '../../tool/tool.ts';

/** One file system. */
export interface Row {
  readonly source: string;
  readonly type: string;
  readonly target: string;
  readonly size: number;
  readonly used: number;
  readonly inodes: number;
  readonly inodesUsed: number;
  /** The operand that named it. */
  readonly file: string;
}

const FIELDS = ['source', 'fstype', 'itotal', 'iused', 'iavail', 'ipcent', 'size', 'used', 'avail', 'pcent', 'file', 'target'] as const;
type Field = (typeof FIELDS)[number];

const TITLES: Readonly<Record<Field, string>> = {
  source: 'Filesystem',
  fstype: 'Type',
  itotal: 'Inodes',
  iused: 'IUsed',
  iavail: 'IFree',
  ipcent: 'IUse%',
  size: 'Size',
  used: 'Used',
  avail: 'Avail',
  pcent: 'Use%',
  file: 'File',
  target: 'Mounted on',
};

/** The least width of a column. */
const WIDTHS: Readonly<Partial<Record<Field, number>>> = {
  source: 14,
  fstype: 4,
  itotal: 5,
  iused: 5,
  iavail: 5,
  ipcent: 4,
  size: 5,
  used: 5,
  avail: 5,
  pcent: 4,
};

/** In what sizes are shown. */
interface Unit {
  readonly human: 'no' | 'binary' | 'decimal';
  /** Bytes of a block, and what stands behind each number. */
  readonly bytes: number;
  readonly suffix: string;
  /** The title of the sizes' column. */
  readonly title: string;
}

const POWERS = 'KMGTPE';

/** @returns undefined when `text` is no block size */
function blockSize(text: string): Unit | undefined {
  const [, digits = '', letter = '', decimal = ''] = /^(\d*)([KMGTPE])?(B|iB)?$/i.exec(text) ?? [];
  if (digits === '' && letter === '') return undefined;
  const bytes =
    (digits === '' ? 1 : Number(digits)) * (decimal === 'B' ? 1000 : 1024) ** (letter === '' ? 0 : POWERS.indexOf(letter.toUpperCase()) + 1);
  if (bytes === 0) return undefined;
  const name = `${letter.toUpperCase()}${decimal === 'B' ? 'B' : ''}`;
  return { human: 'no', bytes, suffix: digits === '' ? name : '', title: `${digits === '' ? '1' : digits}${letter === '' ? 'B' : name}-blocks` };
}

function unitOf(call: ToolCall): Unit | string {
  const given = call.value('B', 'block-size');
  const last = call.parsed.options.findLast(({ name }) => ['h', 'human-readable', 'H', 'si', 'k', 'm', 'B', 'block-size'].includes(name))?.name;
  if (last === 'h' || last === 'human-readable') return { human: 'binary', bytes: 1, suffix: '', title: 'Size' };
  if (last === 'H' || last === 'si') return { human: 'decimal', bytes: 1, suffix: '', title: 'Size' };
  if (last === 'm') return { human: 'no', bytes: 1024 ** 2, suffix: '', title: '1M-blocks' };
  if (given !== undefined && last !== 'k') return blockSize(given) ?? `invalid -B argument '${given}'`;
  return { human: 'no', bytes: 1024, suffix: '', title: call.has('P', 'portability') ? '1024-blocks' : '1K-blocks' };
}

function decimalText(bytes: number): string {
  let [value, power] = [bytes, -1];
  while (value >= 1000) [value, power] = [value / 1000, power + 1];
  if (power < 0) return String(value);
  const rounded = value < 10 ? Math.ceil(value * 10) / 10 : Math.ceil(value);
  return `${rounded < 10 ? rounded.toFixed(1) : rounded}${'kMGTPE'.charAt(power)}`;
}

/** Columns that the options ask for. @returns the complaint about a bad list */
function columnsOf(call: ToolCall): readonly Field[] | string {
  const output = call.parsed.options.find(({ name }) => name === 'output');
  const inodes = call.has('i', 'inodes');
  const types = call.has('T', 'print-type');
  if (!output)
    return [
      'source',
      ...(types ? (['fstype'] as const) : []),
      ...(inodes ? (['itotal', 'iused', 'iavail', 'ipcent'] as const) : (['size', 'used', 'avail', 'pcent'] as const)),
      'target',
    ];
  const other = inodes ? '-i' : call.has('P', 'portability') ? '-P' : types ? '-T' : undefined;
  if (other !== undefined) return `options ${other} and --output are mutually exclusive`;
  if (output.value === undefined) return FIELDS;
  const chosen: Field[] = [];
  for (const word of output.value.split(',')) {
    const field = FIELDS.find((each) => each === word);
    if (!field) return `option --output: field '${word}' unknown`;
    if (chosen.includes(field)) return `option --output: field '${word}' used more than once`;
    chosen.push(field);
  }
  return chosen;
}

/** Prints what is left of `rows` by type. @returns the exit code; `status` is what came before */
export function gnuReport(call: ToolCall, rows: readonly Row[], status: number): number {
  const unit = unitOf(call);
  if (typeof unit === 'string') return call.complain(unit);
  const columns = columnsOf(call);
  if (typeof columns === 'string') return call.misuse(columns);
  const values = (...names: readonly string[]): readonly string[] =>
    call.parsed.options.flatMap(({ name, value = '' }) => (names.includes(name) ? [value] : []));
  const [wanted, unwanted] = [values('t', 'type'), values('x', 'exclude-type')];
  const both = wanted.find((each) => unwanted.includes(each));
  if (both !== undefined) return call.complain(`file system type '${both}' both selected and excluded`);
  const kept = rows.filter(({ type }) => (wanted.length === 0 || wanted.includes(type)) && !unwanted.includes(type));
  if (kept.length === 0) return status === 0 ? call.complain('no file systems processed') : status;
  const sum = (value: (row: Row) => number): number => kept.reduce((total, row) => total + value(row), 0);
  const total: Row = {
    source: 'total',
    type: '-',
    target: '-',
    file: '-',
    size: sum((row) => row.size),
    used: sum((row) => row.used),
    inodes: sum((row) => row.inodes),
    inodesUsed: sum((row) => row.inodesUsed),
  };
  const number = (count: number): string =>
    unit.human === 'binary' ? sizeText(count, 'gnu') : unit.human === 'decimal' ? decimalText(count) : String(count);
  const size = (kibibytes: number): string =>
    unit.human === 'no' ? `${Math.ceil((kibibytes * 1024) / unit.bytes)}${unit.suffix}` : number(kibibytes * 1024);
  const percent = (used: number, all: number): string => (all === 0 ? '-' : `${Math.ceil((used * 100) / all)}%`);
  const cell: Readonly<Record<Field, (row: Row) => string>> = {
    source: (row) => row.source,
    fstype: (row) => row.type,
    itotal: (row) => number(row.inodes),
    iused: (row) => number(row.inodesUsed),
    iavail: (row) => number(row.inodes - row.inodesUsed),
    ipcent: (row) => percent(row.inodesUsed, row.inodes),
    size: (row) => size(row.size),
    used: (row) => size(row.used),
    avail: (row) => size(row.size - row.used),
    pcent: (row) => percent(row.used, row.size),
    file: (row) => row.file,
    target: (row) => row.target,
  };
  const listed = call.parsed.options.some(({ name }) => name === 'output');
  const title = (field: Field): string => {
    if (field === 'size') return unit.title;
    if (field === 'avail' && unit.human === 'no' && !listed) return 'Available';
    return field === 'pcent' && unit.human === 'no' && call.has('P', 'portability') ? 'Capacity' : TITLES[field];
  };
  const table = [columns.map(title), ...[...kept, ...(call.has('total') ? [total] : [])].map((row) => columns.map((field) => cell[field](row)))];
  const widths = columns.map((field, at) => Math.max(WIDTHS[field] ?? 0, ...table.map((row) => row[at]?.length ?? 0)));
  const left = new Set<Field>(['source', 'fstype', 'file', 'target']);
  for (const row of table) {
    const cells = row.map((text, at) => {
      const field = columns[at] ?? 'target';
      if (!left.has(field)) return text.padStart(widths[at] ?? 0);
      return at === columns.length - 1 ? text : text.padEnd(widths[at] ?? 0);
    });
    call.out(`${cells.join(' ')}\n`);
  }
  return status;
}
