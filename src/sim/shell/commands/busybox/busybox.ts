/** The multi-call program itself: `busybox APPLET …`, its lists, and the complaint about names that are no applet. */
import { BUSYBOX_APPLETS } from '../../../kube/cri/images/busybox-applets.ts';
import { ProcessContext } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import { BUSYBOX_BANNER } from '../../options/busybox-usage.ts';
import { programId, type Command } from '../../command.ts';

/** The same process, but with the words after `busybox`. */
class AppletContext extends ProcessContext {
  readonly #words: readonly string[];

  constructor(context: ProcessContext, words: readonly string[]) {
    super(context.kernel, context.process);
    this.#words = words;
  }

  override get argv(): readonly string[] {
    return this.#words;
  }

  override get args(): readonly string[] {
    return this.#words.slice(1);
  }
}

function applets(): readonly (readonly [string, string])[] {
  return [...Object.entries(BUSYBOX_APPLETS), ['/', 'linuxrc'] as const]
    .flatMap(([directory, names]) => names.split(' ').map((name) => [directory, name] as const))
    .sort(([, a], [, b]) => (a < b ? -1 : 1));
}

/** Names in lines as wide as a terminal, as the usage shows them. */
function wrapped(names: readonly string[], width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const [index, name] of names.entries()) {
    const word = index === names.length - 1 ? name : `${name},`;
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line].map((each) => `\t${each}\n`).join('');
}

function* runApplet(context: ProcessContext, words: readonly string[]): Running {
  const [name = ''] = words;
  const isApplet = applets().some(([, each]) => each === name);
  const found =
    context.kernel.programs.find(programId(name, 'busybox')) ??
    (isApplet ? context.kernel.programs.find(programId('unmodelled', 'system')) : undefined);
  if (!found) {
    context.err(`${name}: applet not found\n`);
    return 127;
  }
  const program = found instanceof Promise ? yield* context.outside(found) : found;
  return yield* program(new AppletContext(context, words));
}

export const command: Command = {
  name: 'busybox',
  suite: 'busybox',
  summary: { zh: '多合一程序：一个可执行文件里的许多常用命令', en: 'Many common commands in one executable' },
  options: ['--list', '--list-full', '--help'],
  *run(context) {
    const called = (context.argv[0] ?? '').split('/').at(-1) ?? '';
    if (called !== 'busybox') return yield* runApplet(context, [called, ...context.args]);
    const [first] = context.args;
    if (first === '--list') {
      context.out(
        `${applets()
          .map(([, name]) => name)
          .join('\n')}\n`,
      );
      return 0;
    }
    if (first === '--list-full') {
      context.out(
        `${applets()
          .map(([directory, name]) => `${directory === '/' ? '' : `${directory.slice(1)}/`}${name}`)
          .join('\n')}\n`,
      );
      return 0;
    }
    if (first === undefined || first === '--help') {
      context.out(
        `${BUSYBOX_BANNER}\n\nUsage: busybox [function [arguments]...]\n   or: busybox --list[-full]\n   or: function [arguments]...\n\nCurrently defined functions:\n${wrapped(
          applets().map(([, name]) => name),
          70,
        )}\n`,
      );
      return 0;
    }
    return yield* runApplet(context, context.args);
  },
};
