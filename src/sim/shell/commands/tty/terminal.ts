/** tty, stty, sync, usleep: small things about the terminal and the machine. */
import { defineTool } from '../../tool/tool.ts';

export const tty = defineTool({
  name: 'tty',
  suite: 'coreutils',
  summary: { zh: '显示当前终端', en: 'Shows the terminal' },
  usage: "tty\n\nPrint file name of stdin's terminal",
  gnuUsage: 'tty [OPTION]...',
  busybox: { short: 's' },
  gnu: { short: 's', long: { silent: 'none', quiet: 'none' } },
  mistake: 2,
  *run(call) {
    yield* call.context.flush();
    const terminal = call.context.process.files.get(0)?.tty;
    if (!call.has('s', 'silent', 'quiet')) call.out(terminal ? `/dev/${terminal.name}\n` : 'not a tty\n');
    return terminal ? 0 : 1;
  },
});

export const stty = defineTool({
  name: 'stty',
  suite: 'coreutils',
  summary: { zh: '查看或改变终端设置', en: 'Shows or changes terminal settings' },
  usage: 'stty [-a|g] [-F DEVICE] [SETTING]...\n\nWithout arguments, print baud rate, line discipline,\nand deviations from stty sane',
  gnuUsage: 'stty [-F DEVICE | --file=DEVICE] [SETTING]...',
  busybox: { short: '', raw: true },
  gnu: { short: '', raw: true },
  *run(call) {
    yield* call.context.flush();
    const terminal = call.context.process.files.get(0)?.tty;
    if (!terminal)
      return call.complain(call.busybox ? 'standard input: Inappropriate ioctl for device' : "'standard input': Inappropriate ioctl for device");
    for (const word of call.operands) {
      const on = !word.startsWith('-');
      const name = word.replace(/^-/, '');
      if (name === 'size') call.out(`${terminal.rows} ${terminal.columns}\n`);
      else if (name === 'sane' || name === 'cooked') terminal.resetModes();
      else if (name === 'raw') terminal.setModes({ canonical: !on, signals: !on });
      else if (name === 'echo') terminal.setModes({ echo: on });
      else if (name === 'icanon') terminal.setModes({ canonical: on });
      else if (name === 'isig') terminal.setModes({ signals: on });
      else if (name !== 'a') return call.complain(call.busybox ? `invalid argument '${word}'` : `invalid argument ${call.quote(word)}`);
    }
    if (call.operands.length === 0 || call.operands.includes('-a')) {
      const sizes = call.operands.length > 0 ? ` rows ${terminal.rows}; columns ${terminal.columns};` : '';
      call.out(`speed 38400 baud;${sizes} line = 0;\n`);
      if (sizes !== '')
        call.out(`${terminal.modes.signals ? '' : '-'}isig ${terminal.modes.canonical ? '' : '-'}icanon ${terminal.modes.echo ? '' : '-'}echo\n`);
    }
    return 0;
  },
});

export const sync = defineTool({
  name: 'sync',
  suite: 'coreutils',
  summary: { zh: '把缓存写到磁盘', en: 'Writes caches to disk' },
  usage: 'sync [-df] [FILE]...\n\nWrite all buffered blocks (in FILEs) to disk',
  gnuUsage: 'sync [OPTION] [FILE]...',
  busybox: { short: 'df' },
  gnu: { short: 'df', long: { data: 'none', 'file-system': 'none' } },
  *run(call) {
    yield* call.context.sleep(1);
    return 0;
  },
});
