import { expect, it } from 'vitest';
import { MESSAGE_EXAMPLES } from './message-examples.ts';
import { REMARK_CODES, remarkOn } from './terminal-remarks.ts';

it('has an example of every message that is explained', () => {
  expect(MESSAGE_EXAMPLES.map(({ code }) => code).sort()).toEqual([...REMARK_CODES].sort());
});

it.each(MESSAGE_EXAMPLES)('recognises the example of $code as that', ({ code, line, printed }) => {
  expect(remarkOn({ line, output: `${printed}\n`, commands: ['ifconfig'] })).toMatchObject({ code, upstream: printed });
});
