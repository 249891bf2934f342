/** date: the world's clock, in UTC, as every machine of it has it set. */
import { isErrno } from '../../../linux/errno.ts';
import { MONTHS } from '../../tool/file-mode.ts';
import { defineTool } from '../../tool/tool.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const LONG_MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

export const date = defineTool({
  name: 'date',
  suite: 'coreutils',
  summary: { zh: '显示日期和时间', en: 'Shows date and time' },
  usage: 'date [OPTIONS] [+FMT] [[-s] TIME]\n\nDisplay time (using +FMT), or set time',
  gnuUsage: 'date [OPTION]... [+FORMAT]',
  busybox: { short: 'us:RI::r:d:D:k' },
  gnu: {
    short: 'us:RI::r:d:f:',
    long: {
      utc: 'none',
      universal: 'none',
      date: 'required',
      reference: 'required',
      'rfc-email': 'none',
      'iso-8601': 'optional',
      'rfc-3339': 'required',
      set: 'required',
    },
  },
  *run(call) {
    yield* call.context.flush();
    let moment = call.context.simulation.wallClock;
    const wanted = call.value('d', 'date');
    if (wanted !== undefined) {
      const parsed = parseMoment(wanted, moment);
      if (parsed === undefined) return call.complain(`invalid date ${call.busybox ? `'${wanted}'` : call.quote(wanted)}`);
      moment = parsed;
    }
    const reference = call.value('r', 'reference');
    if (reference !== undefined) {
      const status = call.context.kernel.vfs.stat(call.context.process, reference);
      if (isErrno(status)) return call.complain(call.busybox ? `can't stat '${reference}': ${status.text}` : `${reference}: ${status.text}`);
      moment = status.modified;
    }
    const [word, extra] = call.operands;
    if (extra !== undefined) return call.misuse(`extra operand ${call.quote(extra)}`);
    if (call.has('s', 'set') || (word !== undefined && !word.startsWith('+'))) {
      const text = call.value('s', 'set') ?? word ?? '';
      if (parseMoment(text, moment) === undefined) return call.complain(`invalid date ${call.busybox ? `'${text}'` : call.quote(text)}`);
      call.complain(call.busybox ? "can't set date: Operation not permitted" : 'cannot set date: Operation not permitted');
      call.out(`${formatMoment('%a %b %e %H:%M:%S %Z %Y', moment)}\n`);
      return call.busybox ? 0 : 1;
    }
    const iso = call.parsed.options.find((each) => each.name === 'I' || each.name === 'iso-8601');
    const isoFormats: Readonly<Record<string, string>> = {
      date: '%Y-%m-%d',
      hours: '%Y-%m-%dT%H%:z',
      minutes: '%Y-%m-%dT%H:%M%:z',
      seconds: '%Y-%m-%dT%H:%M:%S%:z',
      ns: '%Y-%m-%dT%H:%M:%S,%N%:z',
    };
    const format =
      word?.slice(1) ??
      (iso ? (isoFormats[iso.value ?? 'date'] ?? '%Y-%m-%d') : call.has('R', 'rfc-email') ? '%a, %d %b %Y %H:%M:%S %z' : '%a %b %e %H:%M:%S %Z %Y');
    call.out(`${formatMoment(format, moment)}\n`);
    return 0;
  },
});

function parseMoment(text: string, now: number): number | undefined {
  const trimmed = text.trim();
  if (/^@-?\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed.slice(1)) * 1000;
  if (trimmed === 'now' || trimmed === 'today' || trimmed === '') return now;
  if (trimmed === 'yesterday') return now - 86_400_000;
  if (trimmed === 'tomorrow') return now + 86_400_000;
  const relative = /^([-+]?\d+) (second|sec|minute|min|hour|day|week)s?( ago)?$/.exec(trimmed);
  if (relative) {
    const unit = { second: 1, sec: 1, minute: 60, min: 60, hour: 3600, day: 86_400, week: 604_800 }[relative[2] as 'second'];
    return now + Number(relative[1]) * unit * 1000 * (relative[3] === undefined ? 1 : -1);
  }
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?Z?$/.exec(trimmed);
  if (match)
    return Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]), Number(match[4] ?? 0), Number(match[5] ?? 0), Number(match[6] ?? 0));
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(trimmed);
  if (clock) return Math.floor(now / 86_400_000) * 86_400_000 + (Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0)) * 1000;
  return undefined;
}

/** strftime(3). @param moment Unix milliseconds */
export function formatMoment(format: string, moment: number): string {
  const at = new Date(moment);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = at.getUTCDay();
  const month = at.getUTCMonth();
  const hours = at.getUTCHours();
  const start = Date.UTC(at.getUTCFullYear(), 0, 1);
  const codes: Readonly<Record<string, () => string>> = {
    Y: () => String(at.getUTCFullYear()),
    m: () => two(month + 1),
    d: () => two(at.getUTCDate()),
    e: () => String(at.getUTCDate()).padStart(2),
    H: () => two(hours),
    M: () => two(at.getUTCMinutes()),
    S: () => two(at.getUTCSeconds()),
    y: () => two(at.getUTCFullYear() % 100),
    C: () => two(Math.floor(at.getUTCFullYear() / 100)),
    a: () => (DAYS[day] ?? '').slice(0, 3),
    A: () => DAYS[day] ?? '',
    b: () => MONTHS[month] ?? '',
    h: () => MONTHS[month] ?? '',
    B: () => LONG_MONTHS[month] ?? '',
    j: () => String(Math.floor((moment - start) / 86_400_000) + 1).padStart(3, '0'),
    I: () => two(hours % 12 === 0 ? 12 : hours % 12),
    l: () => String(hours % 12 === 0 ? 12 : hours % 12).padStart(2),
    k: () => String(hours).padStart(2),
    p: () => (hours < 12 ? 'AM' : 'PM'),
    P: () => (hours < 12 ? 'am' : 'pm'),
    Z: () => 'UTC',
    z: () => '+0000',
    s: () => String(Math.floor(moment / 1000)),
    N: () => String(Math.floor((moment % 1000) * 1_000_000)).padStart(9, '0'),
    u: () => String(day === 0 ? 7 : day),
    w: () => String(day),
    n: () => '\n',
    t: () => '\t',
    '%': () => '%',
  };
  const composed: Readonly<Record<string, string>> = {
    F: '%Y-%m-%d',
    T: '%H:%M:%S',
    D: '%m/%d/%y',
    R: '%H:%M',
    c: '%a %b %e %H:%M:%S %Y',
    x: '%m/%d/%y',
    X: '%H:%M:%S',
    r: '%I:%M:%S %p',
  };
  return format
    .replace(/%[-_0^]?([FTDRcxXr])/g, (_, code: string) => composed[code] ?? '')
    .replace(/%:z/g, '+00:00')
    .replace(/%([-_0^]?)(\d*)([A-Za-z%])/g, (whole, ...groups: readonly string[]) => {
      const [flag = '', width = '', code = ''] = groups;
      const value = codes[code]?.();
      if (value === undefined) return whole;
      const text =
        flag === '-' ? value.replace(/^[0 ]+(?=.)/, '') : flag === '^' ? value.toUpperCase() : flag === '_' ? value.replace(/^0(?=.)/, ' ') : value;
      return code === 'N' && width !== '' ? text.slice(0, Number(width)) : text;
    });
}
