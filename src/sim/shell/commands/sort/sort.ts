/** sort: lines in order, by keys, numbers, versions or months. */
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import { readLines } from '../../tool/input.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

interface Key {
  readonly from: number;
  readonly fromCharacter: number;
  readonly to: number | undefined;
  readonly toCharacter: number | undefined;
  readonly flags: string;
}

type Order = (a: string, b: string) => number;

export const sort = defineTool({
  name: 'sort',
  suite: 'coreutils',
  summary: { zh: '按行排序', en: 'Sorts lines' },
  usage: 'sort [-nrughMcszbdfiokt] [-o FILE] [-k START[.OFS][OPTS][,END[.OFS][OPTS]] [-t CHAR] [FILE]...\n\nSort lines of text',
  gnuUsage: 'sort [OPTION]... [FILE]...',
  busybox: { short: 'nrughMVcszbdfimo:k:t:S:T:' },
  gnu: {
    short: 'nrughMVRcCszbdfimo:k:t:S:T:',
    long: {
      'numeric-sort': 'none',
      reverse: 'none',
      unique: 'none',
      'general-numeric-sort': 'none',
      'human-numeric-sort': 'none',
      'month-sort': 'none',
      'version-sort': 'none',
      check: 'optional',
      stable: 'none',
      'zero-terminated': 'none',
      'ignore-leading-blanks': 'none',
      'ignore-case': 'none',
      'dictionary-order': 'none',
      output: 'required',
      key: 'required',
      'field-separator': 'required',
    },
  },
  mistake: 2,
  version: 'sort (GNU coreutils) 9.1',
  *run(call) {
    let lines: string[] = [];
    for (const path of call.operands.length > 0 ? call.operands : ['-']) {
      const read = yield* readLines(call.context, path);
      if (isErrno(read)) {
        call.complain(
          call.busybox
            ? `${path}: ${read.text}`
            : read.code === 'EISDIR'
              ? `read failed: ${path}: ${read.text}`
              : `cannot read: ${path}: ${read.text}`,
        );
        return 2;
      }
      if (lines.length === 0) lines = read;
      else for (const line of read) lines.push(line);
    }
    const flags = [
      ['n', 'numeric-sort'],
      ['r', 'reverse'],
      ['g', 'general-numeric-sort'],
      ['h', 'human-numeric-sort'],
      ['M', 'month-sort'],
      ['V', 'version-sort'],
      ['b', 'ignore-leading-blanks'],
      ['f', 'ignore-case'],
      ['d', 'dictionary-order'],
    ]
      .filter((names) => call.has(...names))
      .map(([letter]) => letter)
      .join('');
    const keys: Key[] = [];
    for (const option of call.parsed.options.filter((each) => each.name === 'k' || each.name === 'key')) {
      const key = readKey(option.value ?? '');
      if (!key) {
        call.complain(
          call.busybox ? `bad field specification` : `invalid number at field start: invalid count at start of ${call.quote(option.value ?? '')}`,
        );
        return 2;
      }
      keys.push(key);
    }
    const separator = call.value('t', 'field-separator');
    const unique = call.has('u', 'unique');
    const order = ordering(keys, flags, separator);
    const reverse = flags.includes('r');
    const whole: Order = (a, b) => (a < b ? -1 : a > b ? 1 : 0) * (reverse ? -1 : 1);
    const compare: Order = (a, b) => order(a, b) || (unique || call.has('s', 'stable') ? 0 : whole(a, b));
    if (call.has('c', 'C', 'check')) {
      const at = lines.findIndex(
        (line, index) => index > 0 && (unique ? compare(lines[index - 1] ?? '', line) >= 0 : compare(lines[index - 1] ?? '', line) > 0),
      );
      if (at < 0) return 0;
      if (!call.has('C')) call.complain(call.busybox ? `Check line ${at}` : `${call.operands[0] ?? '-'}:${at + 1}: disorder: ${lines[at] ?? ''}`);
      return 1;
    }
    const inOrder = yield* mergeSort(call, lines, compare);
    const output = call.value('o', 'output');
    let text = '';
    for (const [index, line] of inOrder.entries()) {
      if (unique && index > 0 && order(inOrder[index - 1] ?? '', line) === 0) continue;
      text += `${line}\n`;
      if (output !== undefined || text.length < PIECE) continue;
      call.out(text);
      text = '';
      yield* call.context.flush();
    }
    if (output === undefined) {
      call.out(text);
      yield* call.context.flush();
      return 0;
    }
    const failure = call.context.writeFile(output, text);
    return failure ? (call.complain(call.busybox ? `can't open '${output}': ${failure.text}` : `open failed: ${output}: ${failure.text}`), 2) : 0;
  },
});

/** Characters that are written at once. */
const PIECE = 32_768;
/** Lines that are sorted at once, before others get their turn. */
const RUN = 2_048;
/** What comparing a line once counts for, in characters. */
const COMPARISON = 128;

/** Runs of lines are sorted and then merged two by two, with turns for others in between. */
function* mergeSort(call: ToolCall, lines: readonly string[], compare: Order): Blocking<readonly string[]> {
  let runs: (readonly string[])[] = [];
  for (let at = 0; at < lines.length; at += RUN) {
    runs.push(lines.slice(at, at + RUN).sort(compare));
    yield* call.context.giveWay(RUN * COMPARISON);
  }
  while (runs.length > 1) {
    const merged: (readonly string[])[] = [];
    for (let at = 0; at < runs.length; at += 2) merged.push(yield* mergeTwo(call, { left: runs[at] ?? [], right: runs[at + 1] ?? [], compare }));
    runs = merged;
  }
  return runs[0] ?? [];
}

function* mergeTwo(
  call: ToolCall,
  { left, right, compare }: { readonly left: readonly string[]; readonly right: readonly string[]; readonly compare: Order },
): Blocking<readonly string[]> {
  if (right.length === 0) return left;
  const merged: string[] = [];
  for (let i = 0, j = 0; i < left.length || j < right.length;) {
    const a = left[i];
    const b = right[j];
    if (b === undefined || (a !== undefined && compare(a, b) <= 0)) {
      merged.push(a ?? '');
      i++;
    } else {
      merged.push(b);
      j++;
    }
    if (merged.length % RUN === 0) yield* call.context.giveWay(RUN * COMPARISON);
  }
  return merged;
}

function readKey(text: string): Key | undefined {
  const match = /^(\d+)(?:\.(\d+))?([bdfgiMhnRrV]*)(?:,(\d+)(?:\.(\d+))?([bdfgiMhnRrV]*))?$/.exec(text);
  if (!match || match[1] === '0') return undefined;
  return {
    from: Number(match[1]),
    fromCharacter: Number(match[2] ?? '1'),
    to: match[4] === undefined ? undefined : Number(match[4]),
    toCharacter: match[5] === undefined ? undefined : Number(match[5]),
    flags: (match[3] ?? '') + (match[6] ?? ''),
  };
}

function ordering(keys: readonly Key[], flags: string, separator: string | undefined): Order {
  if (keys.length === 0) return direction(comparison(flags), flags);
  const orders = keys.map((key) => {
    const own = key.flags === '' ? flags : key.flags;
    const compare = direction(comparison(own), own);
    return (a: string, b: string): number => compare(keyText(a, key, separator), keyText(b, key, separator));
  });
  return (a, b) => {
    for (const order of orders) {
      const result = order(a, b);
      if (result !== 0) return result;
    }
    return 0;
  };
}

function direction(order: Order, flags: string): Order {
  return flags.includes('r') ? (a, b) => -order(a, b) : order;
}

function keyText(line: string, key: Key, separator: string | undefined): string {
  const fields = separator === undefined ? (line.match(/\s*\S+/g) ?? []) : line.split(separator);
  const last = key.to ?? fields.length;
  const text = fields.slice(key.from - 1, last).join(separator ?? '');
  const from = key.fromCharacter - 1;
  if (key.toCharacter === undefined || key.to === undefined) return text.slice(from);
  const before = fields.slice(key.from - 1, key.to - 1).join(separator ?? '').length;
  return text.slice(from, before + key.toCharacter + (key.to > key.from && separator !== undefined ? separator.length : 0));
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const UNITS = '_KMGTPE';

function comparison(flags: string): Order {
  const by =
    (measure: (text: string) => number): Order =>
    (a, b) =>
      measure(a) - measure(b);
  if (flags.includes('n')) return by((text) => Number(/^\s*-?\d*(?:\.\d+)?/.exec(text)?.[0].trim() ?? '') || 0);
  if (flags.includes('g'))
    return by((text) => {
      const value = Number.parseFloat(text);
      return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
    });
  if (flags.includes('h'))
    return by((text) => {
      const [, number = '0', unit = '_'] = /^\s*(-?\d*(?:\.\d+)?)([KMGTPE]?)/i.exec(text) ?? [];
      return Number(number) * 1024 ** Math.max(0, UNITS.indexOf(unit.toUpperCase()));
    });
  if (flags.includes('M')) return by((text) => MONTHS.indexOf(text.trim().slice(0, 3).toUpperCase()));
  if (flags.includes('V')) return versionOrder;
  const prepare = (text: string): string => {
    let result = flags.includes('b') ? text.trimStart() : text;
    if (flags.includes('d')) result = result.replace(/[^A-Za-z0-9\s]/g, '');
    return flags.includes('f') ? result.toUpperCase() : result;
  };
  return (a, b) => {
    const x = prepare(a);
    const y = prepare(b);
    return x < y ? -1 : x > y ? 1 : 0;
  };
}

function versionOrder(a: string, b: string): number {
  const x = a.match(/\d+|\D+/g) ?? [];
  const y = b.match(/\d+|\D+/g) ?? [];
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const left = x[i] ?? '';
    const right = y[i] ?? '';
    const both = /^\d/.test(left) && /^\d/.test(right);
    if (both && Number(left) !== Number(right)) return Number(left) - Number(right);
    if (!both && left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
