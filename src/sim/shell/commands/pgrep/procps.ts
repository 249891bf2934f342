/** pgrep of procps-ng 4.0.2. */
import { matchAsProcps } from '../../process-table/procps-match.ts';
import { has, valueOf } from '../../options/parse-options.ts';
import type { Command } from '../../command.ts';

export const command: Command = {
  name: 'pgrep',
  suite: 'procps',
  summary: { zh: '按名字找进程号', en: 'Find process ids by name' },
  options: ['-a', '-c', '-d', '-f', '-g', '-G', '-i', '-l', '-n', '-o', '-P', '-s', '-t', '-u', '-U', '-v', '-x'],
  *run(context) {
    const matches = yield* matchAsProcps(context, { name: 'pgrep', short: 'lad:vwhVLF:fcinoxP:O:AHg:s:u:U:G:t:r:', words: context.args });
    if (typeof matches === 'number') return matches;
    const { parsed, found } = matches;
    if (has(parsed, 'c', 'count')) {
      context.out(`${found.length}\n`);
      return found.length > 0 ? 0 : 1;
    }
    const delimiter = valueOf(parsed, 'd', 'delimiter') ?? '\n';
    const texts = found.map((each) => {
      if (has(parsed, 'a', 'list-full')) return `${each.pid} ${each.argv.length > 0 ? each.argv.join(' ') : each.comm}`;
      return has(parsed, 'l', 'list-name') ? `${each.pid} ${each.comm}` : String(each.pid);
    });
    if (texts.length > 0) context.out(`${texts.join(delimiter)}\n`);
    return found.length > 0 ? 0 : 1;
  },
};
