/** sysctl of procps-ng 4.0.2. */
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking, ProcessContext } from '../../../linux/process/process-context.ts';
import { has, parseOptions, valueOf } from '../../options/parse-options.ts';
import type { Command } from '../../command.ts';
import { isDirectory, keyOf, pathOf, readSetting, settingsBelow, writeSetting } from './kernel-settings.ts';

const USAGE = '\nUsage:\n sysctl [options] [variable[=value] ...]\n';

const LONG = {
  all: 'none',
  deprecated: 'none',
  binary: 'none',
  ignore: 'none',
  names: 'none',
  values: 'none',
  load: 'optional',
  system: 'none',
  pattern: 'required',
  quiet: 'none',
  write: 'none',
  help: 'none',
  version: 'none',
  'dry-run': 'none',
} as const;

interface Settings {
  readonly names: boolean;
  readonly values: boolean;
  readonly ignore: boolean;
  readonly quiet: boolean;
  readonly pattern: RegExp | undefined;
}

function* show(context: ProcessContext, path: string, settings: Settings): Blocking<number> {
  const key = keyOf(path);
  if (settings.pattern && !settings.pattern.test(key)) return 0;
  if (settings.names) {
    context.out(`${key}\n`);
    return 0;
  }
  const lines = yield* readSetting(context, path);
  if (isErrno(lines)) {
    if (lines.code === 'EACCES' || lines.code === 'EPERM') context.err(`sysctl: permission denied on key '${key}'\n`);
    return lines.code === 'ENOENT' ? 1 : 0;
  }
  for (const line of lines) context.out(settings.values ? `${line}\n` : `${key} = ${line}\n`);
  return 0;
}

function* assign(context: ProcessContext, word: string, settings: Settings): Blocking<number> {
  const equals = word.indexOf('=');
  const path = pathOf(word.slice(0, equals).trim());
  const value = word.slice(equals + 1).trim();
  const status = context.kernel.vfs.stat(context.process, path);
  if (isErrno(status)) return unknown(context, path, settings);
  const failed = writeSetting(context, path, value);
  if (failed) {
    const key = keyOf(path);
    if (failed.code === 'EACCES' || failed.code === 'EPERM') {
      context.err(`sysctl: permission denied on key "${key}"\n`);
      return 1;
    }
    context.err(`sysctl: setting key "${key}": ${failed.text}\n`);
    return failed.code === 'EROFS' ? 1 : 0;
  }
  if (settings.quiet) return 0;
  context.out(settings.names ? `${keyOf(path)}\n` : settings.values ? `${value}\n` : `${keyOf(path)} = ${value}\n`);
  yield* context.flush();
  return 0;
}

function unknown(context: ProcessContext, path: string, settings: Settings): number {
  if (settings.ignore) return 0;
  context.err(`sysctl: cannot stat ${path}: No such file or directory\n`);
  return 1;
}

export const command: Command = {
  name: 'sysctl',
  suite: 'procps',
  summary: { zh: '读写内核参数', en: 'Read and write kernel settings' },
  options: ['-a', '-e', '-n', '-N', '-q', '-w', '-p', '-r'],
  *run(context) {
    const parsed = parseOptions(context.args, { short: 'bneNwfp::qoxaAXr:Vdhi', long: LONG });
    if (parsed.kind === 'mistake') {
      context.err(`sysctl: ${parsed.message}\n`);
      context.out(USAGE);
      return 0;
    }
    if (has(parsed, 'h', 'help', 'd')) {
      context.out(USAGE);
      return 0;
    }
    if (has(parsed, 'V', 'version')) {
      context.out('sysctl from procps-ng 4.0.2\n');
      return 0;
    }
    const pattern = valueOf(parsed, 'r', 'pattern');
    const settings: Settings = {
      names: has(parsed, 'N', 'names'),
      values: has(parsed, 'n', 'values', 'b', 'binary'),
      ignore: has(parsed, 'e', 'ignore'),
      quiet: has(parsed, 'q', 'quiet'),
      pattern: pattern === undefined ? undefined : new RegExp(pattern),
    };
    if (has(parsed, 'a', 'all', 'A', 'X')) {
      for (const path of settingsBelow(context, '/proc/sys')) yield* show(context, path, settings);
      return 0;
    }
    if (has(parsed, 'p', 'load', 'f')) {
      let code = 0;
      const named = valueOf(parsed, 'p', 'load');
      const files = named === undefined ? parsed.operands : [named];
      for (const file of files.length > 0 ? files : ['/etc/sysctl.conf']) code = (yield* load(context, file, settings)) || code;
      return code;
    }
    if (parsed.operands.length === 0) {
      context.err(USAGE);
      return 1;
    }
    let code = 0;
    for (const word of parsed.operands) {
      if (word.includes('=')) code = (yield* assign(context, word, settings)) || code;
      else if (has(parsed, 'w', 'write')) {
        context.err('sysctl: command line(0): invalid syntax, continuing...\n');
        code = 1;
      } else {
        const path = pathOf(word);
        if (isErrno(context.kernel.vfs.stat(context.process, path))) code = unknown(context, path, settings) || code;
        else if (isDirectory(context, path)) for (const each of settingsBelow(context, path)) yield* show(context, each, settings);
        else code = (yield* show(context, path, settings)) || code;
      }
    }
    return code;
  },
};

function* load(context: ProcessContext, file: string, settings: Settings): Blocking<number> {
  const text = yield* context.readFile(file);
  if (isErrno(text)) {
    context.err(`sysctl: cannot open "${file}": ${text.text}\n`);
    return 1;
  }
  let code = 0;
  for (const line of text.split('\n')) if (/^\s*[^#;\s][^=]*=/.test(line)) code = (yield* assign(context, line.trim(), settings)) || code;
  return code;
}
