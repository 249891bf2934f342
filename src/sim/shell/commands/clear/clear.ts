/** clear and reset: an empty screen. */
import { defineTool } from '../../tool/tool.ts';

export const clear = defineTool({
  name: 'clear',
  suite: 'system',
  summary: { zh: '清屏', en: 'Clears the screen' },
  usage: 'clear\n\nClear screen',
  busybox: { short: '' },
  gnu: { short: 'T:Vx' },
  *run(call) {
    yield* call.context.flush();
    if (!call.busybox && call.context.env.get('TERM') === undefined) {
      call.context.err('TERM environment variable not set.\n');
      return 1;
    }
    call.out(call.busybox ? '\u001b[H\u001b[J' : '\u001b[H\u001b[2J\u001b[3J');
    return 0;
  },
});

export const reset = defineTool({
  name: 'reset',
  suite: 'system',
  summary: { zh: '重置终端', en: 'Resets the terminal' },
  usage: 'reset\n\nReset terminal (ESC codes) and termios (signals, buffering, echo)',
  busybox: { short: '' },
  gnu: { short: 'qIQsVcm:e:k:' },
  *run(call) {
    yield* call.context.flush();
    call.context.process.tty?.resetModes();
    if (call.context.process.files.get(1)?.tty !== undefined) call.out('\u001bc\u001b(B\u001b[m\u001b[J\u001b[?25h');
    return 0;
  },
});
