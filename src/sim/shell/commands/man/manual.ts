/** man: the recorded machines and images come without manual pages, as slimmed-down Debian does. */
import { defineTool } from '../../tool/tool.ts';

export const man = defineTool({
  name: 'man',
  suite: 'man',
  summary: { zh: '手册（这里没有安装）', en: 'Manual pages (none are installed here)' },
  usage: 'man [-aw] [SECTION] MANPAGE[.SECTION]...\n\nDisplay manual page',
  gnuUsage: 'man [OPTION...] [SECTION] PAGE...',
  busybox: { short: 'aw' },
  gnu: { short: 'afkKlLM:S:s:wWe:' },
  *run(call) {
    yield* call.context.flush();
    if (call.operands.length === 0) {
      if (call.busybox) return call.misuse(undefined);
      call.context.err("What manual page do you want?\nFor example, try 'man man'.\n");
      return 1;
    }
    const names = call.operands.filter((each) => !/^\d$/.test(each));
    for (const name of names) call.context.err(call.busybox ? `man: no manual entry for '${name}'\n` : `No manual entry for ${name}\n`);
    return call.busybox ? 1 : 16;
  },
});
