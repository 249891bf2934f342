/** `read` and `mapfile`: lines of input into variables. Reads no more than it needs, so that others can go on reading. */
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking } from '../../../linux/process/process-context.ts';
import type { Shell } from '../shell.ts';
import { badOption, isName, type Builtin, type BuiltinCall } from './builtin.ts';

interface ReadSettings {
  readonly raw: boolean;
  readonly delimiter: string;
  readonly count: number | undefined;
  readonly deadline: number | undefined;
  readonly fd: number;
}

export const read: Builtin = function* (call) {
  const { shell } = call;
  const bash = shell.dialect.name === 'bash';
  const values = new Map<string, string>();
  const names: string[] = [];
  let letters = '';
  for (let index = 0; index < call.args.length; index++) {
    const word = call.args[index] ?? '';
    if (names.length > 0 || !/^-./.test(word)) {
      names.push(word);
      continue;
    }
    for (let at = 1; at < word.length; at++) {
      const letter = word.charAt(at);
      if ('rse'.includes(letter)) letters += letter;
      else if ('pntdauNi'.includes(letter)) {
        values.set(letter, word.slice(at + 1) || (call.args[++index] ?? ''));
        break;
      } else return badOption(call, `-${letter}`);
    }
  }
  const invalid = names.find((each) => !isName(each.replace(/\[.*\]$/, '')));
  if (invalid !== undefined) {
    if (shell.dialect.name === 'ash') shell.context.err(`${shell.arg0}: read: '${invalid}': bad variable name\n`);
    else shell.complain(bash ? `\`${invalid}': not a valid identifier` : `${invalid}: bad variable name`, 'read');
    return bash || shell.dialect.name === 'ash' ? 1 : 2;
  }
  const timeout = values.get('t');
  const settings: ReadSettings = {
    raw: letters.includes('r'),
    delimiter: (values.get('d') ?? '\n').charAt(0),
    count: values.has('n') || values.has('N') ? Number(values.get('n') ?? values.get('N')) : undefined,
    deadline: timeout === undefined ? undefined : shell.context.simulation.now + Number(timeout) * 1000,
    fd: Number(values.get('u') ?? 0),
  };
  const { tty } = shell.context.process.files.get(settings.fd) ?? {};
  const prompt = values.get('p');
  if (prompt !== undefined && tty) shell.context.err(prompt);
  const modes = tty?.modes;
  if (tty && (letters.includes('s') || settings.count !== undefined))
    tty.setModes({ ...(letters.includes('s') ? { echo: false } : {}), ...(settings.count === undefined ? {} : { canonical: false }) });
  const line = yield* readRecord(shell, settings);
  if (tty && modes) tty.setModes(modes);
  distribute(shell, line.text, { names, array: values.get('a'), raw: settings.raw });
  return line.status;
};

function* readRecord(shell: Shell, settings: ReadSettings): Blocking<{ readonly text: string; readonly status: number }> {
  let text = '';
  for (;;) {
    const piece = yield* shell.context.read(settings.fd, {
      ...(settings.count === undefined ? { until: settings.delimiter } : { max: settings.count - text.length }),
      ...(settings.deadline === undefined ? {} : { deadline: settings.deadline }),
    });
    if (isErrno(piece)) {
      if (piece.code === 'EINTR' && shell.pendingTraps.length === 0 && !shell.interrupted) continue;
      if (piece.code === 'EBADF') shell.complain(`${settings.fd}: invalid file descriptor: Bad file descriptor`, 'read');
      return { text, status: piece.code === 'EAGAIN' ? 142 : piece.code === 'EINTR' ? 130 : 1 };
    }
    if (piece === '') return { text, status: 1 };
    // Like bash (read.def), without null bytes.
    text += piece.replace(/\0+/g, '');
    if (shell.interrupted || shell.pendingTraps.length > 0) return { text, status: 130 };
    if (settings.count !== undefined) {
      if (text.length >= settings.count || text.endsWith('\n')) return { text: text.replace(/\n$/, ''), status: 0 };
      continue;
    }
    if (!piece.endsWith(settings.delimiter)) {
      yield* shell.context.hold(text.length);
      continue;
    }
    const continued = !settings.raw && /(?:^|[^\\])(?:\\\\)*\\\n$/.test(text) && settings.delimiter === '\n';
    if (!continued) return { text: text.slice(0, -1), status: 0 };
    text = text.slice(0, -2);
  }
}

function distribute(
  shell: Shell,
  line: string,
  to: { readonly names: readonly string[]; readonly array: string | undefined; readonly raw: boolean },
): void {
  const ifs = shell.variables.get('IFS') ?? ' \t\n';
  const blanks = [...ifs].filter((each) => ' \t\n'.includes(each)).join('');
  const fields: string[] = [];
  const limit = to.array === undefined ? Math.max(1, to.names.length) : Number.POSITIVE_INFINITY;
  if (to.names.length === 0 && to.array === undefined) {
    shell.assign('REPLY', to.raw ? line : line.replace(/\\([\s\S])/g, '$1'));
    return;
  }
  let at = 0;
  const skip = (set: string): void => {
    while (at < line.length && set.includes(line.charAt(at))) at++;
  };
  skip(blanks);
  while (at < line.length && fields.length < limit) {
    const last = fields.length === limit - 1;
    let field = '';
    const start = at;
    while (at < line.length && (last || !ifs.includes(line.charAt(at)))) {
      if (!to.raw && line.charAt(at) === '\\') at++;
      field += line.charAt(at++);
    }
    if (last) {
      while (blanks !== '' && field !== '' && blanks.includes(field.slice(-1)) && at > start) field = field.slice(0, -1);
      fields.push(field);
      break;
    }
    fields.push(field);
    skip(blanks);
    if (at < line.length && ifs.includes(line.charAt(at)) && !blanks.includes(line.charAt(at))) {
      at++;
      skip(blanks);
    }
  }
  if (to.array !== undefined) {
    shell.assign(to.array, new Map(fields.map((each, index) => [String(index), each])));
    return;
  }
  for (const [index, name] of to.names.entries()) shell.assign(name, fields[index] ?? '');
}

/** `mapfile` and `readarray`. */
export const mapfile: Builtin = function* (call: BuiltinCall) {
  const strip = call.args.includes('-t');
  const name = call.args.findLast((each) => isName(each)) ?? 'MAPFILE';
  const text = yield* call.shell.context.readAll(0);
  if (isErrno(text)) return 1;
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  call.shell.assign(name, new Map(lines.map((each, index) => [String(index), strip ? each.replace(/\n$/, '') : each])));
  return 0;
};
