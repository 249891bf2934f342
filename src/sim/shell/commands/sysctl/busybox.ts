/** sysctl of BusyBox 1.37 (procps/sysctl.c). */
import { isErrno } from '../../../linux/errno.ts';
import type { Blocking, ProcessContext } from '../../../linux/process/process-context.ts';
import { busyboxMistake, wantsHelp, writeBusyboxUsage } from '../../options/busybox-usage.ts';
import { has, parseOptions } from '../../options/parse-options.ts';
import type { Command } from '../../command.ts';
import { isDirectory, keyOf, pathOf, readSetting, settingsBelow, writeSetting } from './kernel-settings.ts';

const USAGE = 'sysctl [-enq] { -a | -p [FILE]... | [-w] [KEY[=VALUE]]... }';

interface Settings {
  readonly values: boolean;
  readonly ignore: boolean;
  readonly quiet: boolean;
}

function* handle(context: ProcessContext, word: string, settings: Settings): Blocking<number> {
  const equals = word.indexOf('=');
  const path = pathOf(equals < 0 ? word : word.slice(0, equals));
  if (isErrno(context.kernel.vfs.stat(context.process, path))) {
    if (!settings.ignore) context.err(`sysctl: error: '${path.slice('/proc/sys/'.length).replaceAll('/', '.')}' is an unknown key\n`);
    return 1;
  }
  const key = keyOf(path);
  if (equals >= 0) {
    const value = word.slice(equals + 1);
    const failed = writeSetting(context, path, value);
    if (failed) {
      context.err(failed.code === 'EINVAL' ? `sysctl: write error: ${failed.text}\n` : `sysctl: error setting key '${key}': ${failed.text}\n`);
      return 1;
    }
    if (!settings.quiet) context.out(settings.values ? `${value}\n` : `${key} = ${value}\n`);
    return 0;
  }
  for (const each of isDirectory(context, path) ? settingsBelow(context, path) : [path]) {
    const lines = yield* readSetting(context, each);
    if (isErrno(lines)) {
      if (each === path) context.err(`sysctl: error reading key '${key}': ${lines.text}\n`);
      continue;
    }
    for (const line of lines) context.out(settings.values ? `${line}\n` : `${keyOf(each)} = ${line}\n`);
  }
  return 0;
}

export const command: Command = {
  name: 'sysctl',
  suite: 'busybox',
  summary: { zh: '读写内核参数', en: 'Read and write kernel settings' },
  options: ['-a', '-e', '-n', '-q', '-p', '-w'],
  *run(context) {
    if (wantsHelp(context)) {
      writeBusyboxUsage(context, USAGE);
      return 0;
    }
    const parsed = parseOptions(context.args, { short: 'neAapwq', stopAtOperand: true });
    if (parsed.kind === 'mistake') return busyboxMistake(context, { name: 'sysctl', message: parsed.message, usage: USAGE });
    const settings: Settings = { values: has(parsed, 'n'), ignore: has(parsed, 'e'), quiet: has(parsed, 'q') };
    if (has(parsed, 'a', 'A')) {
      for (const path of settingsBelow(context, '/proc/sys')) yield* handle(context, keyOf(path), { ...settings, ignore: true });
      return 0;
    }
    if (has(parsed, 'p')) {
      let code = 0;
      for (const file of parsed.operands.length > 0 ? parsed.operands : ['/etc/sysctl.conf']) {
        const text = yield* context.readFile(file);
        if (isErrno(text)) {
          context.err(`sysctl: ${file}: ${text.text}\n`);
          continue;
        }
        for (const line of text.split('\n')) {
          const match = /^\s*([^#;\s][^=\s]*)\s*=\s*(.*?)\s*$/.exec(line);
          if (match) code = (yield* handle(context, `${match[1] ?? ''}=${match[2] ?? ''}`, settings)) || code;
        }
      }
      return code;
    }
    let code = 0;
    for (const word of parsed.operands) {
      if (has(parsed, 'w') && !word.includes('=')) {
        context.err(`sysctl: error: '${word}' must be of the form name=value\n`);
        code = 1;
      } else code = (yield* handle(context, word, settings)) || code;
    }
    return code;
  },
};
