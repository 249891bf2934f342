// Reads the schedule of a CronJob as its controller will, to say what is wrong with it.
// Models github.com/robfig/cron v3 (parser.go: ParseStandard, getRange, parseDescriptor); it computes no times.

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const MONTHS = ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Minute, hour, day of month, month, day of week. */
const FIELDS: readonly Bounds[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: MONTHS },
  { min: 0, max: 6, names: DAYS },
];

const DESCRIPTORS = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);

class Mistake extends Error {}

/** Go's words for what is wrong with a schedule; undefined when it can be read. */
export function scheduleProblem(schedule: string): string | undefined {
  const text = /^(?:CRON_)?TZ=/.test(schedule) ? schedule.slice(schedule.indexOf(' ') + 1).trim() : schedule;
  if (text.startsWith('@')) {
    if (DESCRIPTORS.has(text) || /^@every (?:\d+(?:\.\d+)?(?:ns|us|ms|s|m|h))+$/.test(text)) return undefined;
    return text.startsWith('@every ')
      ? `failed to parse duration ${text}: time: invalid duration "${text.slice(7)}"`
      : `unrecognized descriptor: ${text}`;
  }
  const fields = text.split(/\s+/).filter((field) => field !== '');
  if (fields.length !== FIELDS.length) return `expected exactly 5 fields, found ${String(fields.length)}: [${fields.join(' ')}]`;
  try {
    for (const [index, bounds] of FIELDS.entries()) for (const range of (fields[index] ?? '').split(',')) checkRange(range, bounds);
    return undefined;
  } catch (mistake) {
    if (mistake instanceof Mistake) return mistake.message;
    throw mistake;
  }
}

function checkRange(text: string, bounds: Bounds): void {
  const [range = '', step, ...moreSteps] = text.split('/');
  const [low = '', high, ...more] = range.split('-');
  const all = low === '*' || low === '?';
  const start = all ? bounds.min : numberOf(low, bounds.names);
  if (!all && more.length > 0) throw new Mistake(`too many hyphens: ${text}`);
  let end = all ? bounds.max : high === undefined ? start : numberOf(high, bounds.names);
  if (moreSteps.length > 0) throw new Mistake(`too many slashes: ${text}`);
  const by = step === undefined ? 1 : numberOf(step);
  if (step !== undefined && high === undefined) end = bounds.max;
  if (start < bounds.min) throw new Mistake(`beginning of range (${String(start)}) below minimum (${String(bounds.min)}): ${text}`);
  if (end > bounds.max) throw new Mistake(`end of range (${String(end)}) above maximum (${String(bounds.max)}): ${text}`);
  if (start > end) throw new Mistake(`beginning of range (${String(start)}) beyond end of range (${String(end)}): ${text}`);
  if (by === 0) throw new Mistake(`step of range should be a positive number: ${text}`);
}

function numberOf(text: string, names: readonly string[] = []): number {
  const named = text === '' ? -1 : names.indexOf(text.toLowerCase());
  if (named >= 0) return named;
  if (!/^[+-]?\d+$/.test(text)) throw new Mistake(`failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  const number = Number(text);
  if (number < 0) throw new Mistake(`negative number (${String(number)}) not allowed: ${text}`);
  return number;
}
