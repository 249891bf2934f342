/** mknod and mkfifo: pipes with a name and device files (GNU: src/mknod.c, src/mkfifo.c; BusyBox: coreutils/mknod.c, mkfifo.c). */
import type { Errno } from '../../../linux/errno.ts';
import { changedMode } from '../../tool/file-mode.ts';
import { defineTool, type ToolCall } from '../../tool/tool.ts';

const GNU = { short: 'm:Z', long: { mode: 'required', context: 'optional' } } as const;

export const mknod = defineTool({
  name: 'mknod',
  suite: 'coreutils',
  summary: { zh: '创建设备文件或命名管道', en: 'Makes device files and named pipes' },
  usage:
    'mknod [-m MODE] NAME TYPE [MAJOR MINOR]\n\nCreate a special file (block, character, or pipe)\n\n\t-m MODE\tCreation mode (default a=rw)\nTYPE:\n\tb\tBlock device\n\tc or u\tCharacter device\n\tp\tNamed pipe',
  gnuUsage: 'mknod [OPTION]... NAME TYPE [MAJOR MINOR]',
  busybox: { short: 'm:' },
  gnu: GNU,
  *run(call) {
    yield* call.context.flush();
    const [name, type, major, minor, ...more] = call.operands;
    if (name === undefined) return call.misuse('missing operand');
    if (type === undefined) return call.misuse(`missing operand after ${call.quote(name)}`);
    const kind = type === 'p' ? 'fifo' : type === 'b' ? 'block-device' : type === 'c' || type === 'u' ? 'character-device' : undefined;
    if (kind === 'fifo') {
      const extra = major ?? minor;
      if (extra !== undefined) {
        if (call.busybox) return call.misuse(undefined);
        call.complain(`extra operand ${call.quote(extra)}`);
        if (call.operands.length === 4) call.context.err('Fifos do not have major and minor device numbers.\n');
        return call.misuse(undefined);
      }
    } else if (kind === undefined && (call.busybox || call.operands.length === 4)) {
      return call.busybox ? call.misuse(undefined) : call.misuse(`invalid device type ${call.quote(type)}`);
    } else if (major === undefined || minor === undefined) {
      if (call.busybox) return call.misuse(undefined);
      call.complain(`missing operand after ${call.quote(major ?? type)}`);
      if (major === undefined) call.context.err('Special files require major and minor device numbers.\n');
      return call.misuse(undefined);
    }
    if (more.length > 0) return call.misuse(`extra operand ${call.quote(more[0] ?? '')}`);
    if (!kind) return call.misuse(`invalid device type ${call.quote(type)}`);
    const device = kind === 'fifo' ? undefined : { major: Number(major), minor: Number(minor) };
    if (device && ![device.major, device.minor].every((each) => Number.isInteger(each) && each >= 0))
      return call.complain(
        call.busybox
          ? `invalid number '${Number.isInteger(device.major) ? (minor ?? '') : (major ?? '')}'`
          : `invalid major device number ${call.quote(major ?? '')}`,
      );
    return make(call, name, kind, device);
  },
});

export const mkfifo = defineTool({
  name: 'mkfifo',
  suite: 'coreutils',
  summary: { zh: '创建命名管道', en: 'Makes named pipes' },
  usage: 'mkfifo [-m MODE] NAME\n\nCreate named pipe\n\n\t-m MODE\tMode (default a=rw)',
  gnuUsage: 'mkfifo [OPTION]... NAME...',
  busybox: { short: 'm:' },
  gnu: GNU,
  *run(call) {
    yield* call.context.flush();
    if (call.operands.length === 0) return call.misuse('missing operand');
    let status = 0;
    for (const name of call.operands) status = make(call, name, 'fifo', undefined) || status;
    return status;
  },
});

// eslint-disable-next-line max-params -- the last three are the system call's
function make(
  call: ToolCall,
  name: string,
  kind: 'fifo' | 'character-device' | 'block-device',
  device: { readonly major: number; readonly minor: number } | undefined,
): number {
  const { kernel, process } = call.context;
  const text = call.value('m', 'mode');
  const mode =
    text === undefined
      ? 0o666
      : /^[0-7]{1,4}$/.test(text)
        ? Number.parseInt(text, 8)
        : changedMode(text, 0o666, { directory: false, umask: process.umask });
  if (mode === undefined) return call.complain(call.busybox ? `invalid mode '${text ?? ''}'` : 'invalid mode');
  const failed: Errno | undefined = kernel.vfs.makeNode(process, name, { kind, mode, ...(device ? { device } : {}) });
  if (failed)
    return call.complain(
      !call.busybox && call.name === 'mkfifo' ? `cannot create fifo ${call.quote(name)}: ${failed.text}` : `${name}: ${failed.text}`,
    );
  if (text !== undefined) kernel.vfs.chmod(process, name, mode);
  return 0;
}
