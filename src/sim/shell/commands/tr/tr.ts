/** tr: replaces, squeezes or deletes characters of standard input. */
import { isErrno } from '../../../linux/errno.ts';
import { defineTool } from '../../tool/tool.ts';

export const tr = defineTool({
  name: 'tr',
  suite: 'coreutils',
  summary: { zh: '替换或删除字符', en: 'Replaces or deletes characters' },
  usage:
    'tr [-cds] STRING1 [STRING2]\n\nTranslate, squeeze, or delete characters from stdin, writing to stdout\n\n\t-c\tTake complement of STRING1\n\t-d\tDelete input characters coded STRING1\n\t-s\tSqueeze multiple output characters of STRING2 into one character',
  gnuUsage: 'tr [OPTION]... STRING1 [STRING2]',
  busybox: { short: 'cCds', stopAtOperand: true },
  gnu: { short: 'cCdst', long: { complement: 'none', delete: 'none', 'squeeze-repeats': 'none', 'truncate-set1': 'none' }, stopAtOperand: true },
  *run(call) {
    const [first, second, extra] = call.operands;
    const remove = call.has('d', 'delete');
    const squeeze = call.has('s', 'squeeze-repeats');
    if (first === undefined) return call.misuse('missing operand');
    if (second === undefined && !remove && !squeeze && !call.busybox) {
      call.complain(`missing operand after ${call.quote(first)}`);
      call.context.err('Two strings must be given when translating.\n');
      return call.misuse(undefined);
    }
    if (extra !== undefined) return call.misuse(`extra operand ${call.quote(extra)}`);
    const from = expandSet(first);
    const to = expandSet(second ?? '');
    const inverse = call.has('c', 'C', 'complement');
    const last = to.at(-1) ?? '';
    const target = new Map<string, string>();
    from.forEach((each, index) => {
      if (!target.has(each)) target.set(each, call.has('t') ? (to[index] ?? each) : (to[index] ?? last));
    });
    const inFirst = (character: string): boolean => from.includes(character) !== inverse;
    const squeezed = new Set(second === undefined || remove ? (second === undefined ? from : to) : to);
    let previous: string | undefined;
    for (;;) {
      const piece = yield* call.context.read(0);
      if (isErrno(piece)) {
        if (piece.code === 'EINTR') continue;
        return call.complain(`read error: ${piece.text}`);
      }
      if (piece === '') return 0;
      let text = '';
      for (const character of piece) {
        let next = character;
        if (remove) {
          if (inFirst(character)) continue;
        } else if (second !== undefined && to.length > 0 && inFirst(character)) next = inverse ? last : (target.get(character) ?? character);
        const repeats = squeeze && next === previous && (second === undefined && inverse ? inFirst(next) : squeezed.has(next));
        previous = next;
        if (!repeats) text += next;
      }
      call.out(text);
      yield* call.context.flush();
    }
  },
});

const CLASSES: Readonly<Record<string, RegExp>> = {
  alpha: /[A-Za-z]/,
  digit: /[0-9]/,
  alnum: /[A-Za-z0-9]/,
  upper: /[A-Z]/,
  lower: /[a-z]/,
  space: /[ \t\n\v\f\r]/,
  blank: /[ \t]/,
  punct: /[!-/:-@[-`{-~]/,
  xdigit: /[0-9A-Fa-f]/,
  cntrl: /[\0-\x1f\x7f]/,
  print: /[ -~]/,
  graph: /[!-~]/,
};
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', a: '\u0007', b: '\b', f: '\f', v: '\v' };

function expandSet(text: string): string[] {
  const result: string[] = [];
  const characters: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const named = /^\[:(\w+):\]/.exec(text.slice(i));
    const known = named?.[1] === undefined ? undefined : CLASSES[named[1]];
    if (named && known) {
      for (let code = 0; code < 128; code++) if (known.test(String.fromCharCode(code))) characters.push(String.fromCharCode(code));
      i += named[0].length - 1;
      continue;
    }
    const octal = /^\\([0-7]{1,3})/.exec(text.slice(i));
    if (octal) {
      characters.push(String.fromCharCode(Number.parseInt(octal[1] ?? '0', 8)));
      i += octal[0].length - 1;
    } else if (text.charAt(i) === '\\' && i + 1 < text.length) {
      const next = text.charAt(++i);
      characters.push(ESCAPES[next] ?? next);
    } else if (text.charAt(i) === '-' && characters.length > 0 && i + 1 < text.length && !text.startsWith('[:', i + 1)) {
      const from = characters.pop() ?? '';
      for (let code = from.charCodeAt(0); code <= text.charCodeAt(i + 1); code++) characters.push(String.fromCharCode(code));
      i++;
    } else characters.push(text.charAt(i));
  }
  result.push(...characters);
  return result;
}
