/** cat: files one after the other, as they come. */
import { isErrno } from '../../../linux/errno.ts';
import { closeInput, openInput } from '../../tool/input.ts';
import { defineTool } from '../../tool/tool.ts';

export const cat = defineTool({
  name: 'cat',
  suite: 'coreutils',
  summary: { zh: '输出文件内容', en: 'Prints files' },
  usage:
    'cat [-nbvteA] [FILE]...\n\nPrint FILEs to stdout\n\n\t-n\tNumber output lines\n\t-b\tNumber nonempty lines\n\t-v\tShow nonprinting characters as ^x or M-x\n\t-t\t...and tabs as ^I\n\t-e\t...and end lines with $\n\t-A\tSame as -vte',
  gnuUsage: 'cat [OPTION]... [FILE]...',
  busybox: { short: 'nbvteAu' },
  gnu: {
    short: 'AbeEnstTuv',
    long: {
      'show-all': 'none',
      number: 'none',
      'number-nonblank': 'none',
      'show-ends': 'none',
      'squeeze-blank': 'none',
      'show-tabs': 'none',
      'show-nonprinting': 'none',
    },
  },
  *run(call) {
    const { context } = call;
    const all = call.has('A', 'show-all');
    const style: Style = {
      number: call.has('n', 'number'),
      nonblank: call.has('b', 'number-nonblank'),
      squeeze: call.has('s', 'squeeze-blank'),
      ends: all || call.has('e', 'show-ends') || (!call.busybox && call.has('E')),
      tabs: all || call.has('t', 'show-tabs') || (!call.busybox && call.has('T')),
      control: all || call.has('v', 'e', 't', 'show-nonprinting'),
    };
    const plain = !Object.values(style).includes(true);
    const writer = new StyledText(style);
    let status = 0;
    for (const path of call.operands.length > 0 ? call.operands : ['-']) {
      const fd = openInput(context, path);
      if (isErrno(fd)) {
        status = call.complain(call.busybox ? `can't open '${path}': ${fd.text}` : `${path}: ${fd.text}`);
        continue;
      }
      for (;;) {
        const piece = yield* context.read(fd);
        if (isErrno(piece)) {
          if (piece.code === 'EINTR') continue;
          status = call.complain(call.busybox ? `read error: ${piece.text}` : `${path}: ${piece.text}`);
          break;
        }
        if (piece === '') break;
        const failure = context.write(1, plain ? piece : writer.add(piece));
        if (failure) return call.complain(`write error: ${failure.text}`);
        yield* context.flush();
      }
      closeInput(context, fd);
    }
    if (!plain) call.out(writer.end());
    return status;
  },
});

interface Style {
  readonly number: boolean;
  readonly nonblank: boolean;
  readonly squeeze: boolean;
  readonly ends: boolean;
  readonly tabs: boolean;
  readonly control: boolean;
}

class StyledText {
  readonly #style: Style;
  #rest = '';
  #line = 0;
  #blank = false;

  constructor(style: Style) {
    this.#style = style;
  }

  add(text: string): string {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.map((each) => this.#one(each, '\n')).join('');
  }

  end(): string {
    return this.#rest === '' ? '' : this.#one(this.#rest, '');
  }

  #one(line: string, end: string): string {
    const { number, nonblank, squeeze, ends, tabs, control } = this.#style;
    if (squeeze && line === '' && this.#blank) return '';
    this.#blank = line === '';
    const counted = nonblank ? line !== '' : number;
    let shown = line;

    if (control)
      shown = shown.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, (each) => (each === '\u007f' ? '^?' : `^${String.fromCharCode(each.charCodeAt(0) + 64)}`));
    if (tabs) shown = shown.replaceAll('\t', '^I');
    return `${counted ? `${String(++this.#line).padStart(6)}\t` : ''}${shown}${ends && end !== '' ? '$' : ''}${end}`;
  }
}
