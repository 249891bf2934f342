import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextHistory } from './text-history.ts';

/** Types at the end, a letter every 100 ms. */
function type(history: TextHistory, letters: string, from = 0): void {
  [...letters].forEach((letter, index) => {
    history.record(history.text + letter, from + index * 100);
  });
}

describe('the history of a text', () => {
  it('takes letters typed in one go for one step, and a pause, a line or an erasure for another', () => {
    const history = new TextHistory('a');
    type(history, 'bc');
    type(history, 'd', 5_000);
    type(history, '\ne', 5_100);
    history.record('abcd\n', 5_400);
    const back = [];
    for (let step = history.undo(); step; step = history.undo()) back.push(step.text);
    expect(back).toEqual(['abcd\ne', 'abcd\n', 'abcd', 'abc', 'a']);
  });

  it('goes forth again, until something else is written', () => {
    const history = new TextHistory('one');
    history.record('two', 0);
    expect(history.undo()).toEqual({ text: 'one', caret: 3 });
    expect(history.redo()).toMatchObject({ text: 'two' });
    history.undo();
    history.record('three', 1);
    expect(history.redo()).toBeUndefined();
    expect(history.undo()).toMatchObject({ text: 'one' });
  });

  it('says where the change was', () => {
    const history = new TextHistory('spec:\n  containers:\n');
    history.record('spec:\n  hostPID: true\n  containers:\n', 0);
    expect(history.undo()?.caret).toBe(8);
    expect(history.redo()?.caret).toBe('spec:\n  hostPID: true\n  '.length);
  });

  it('follows an editor that takes steps back by itself', () => {
    const history = new TextHistory('a');
    history.record('a b c', 0);
    history.record('a b c d e', 5_000);
    history.follow('a b c', 6_000);
    expect(history.redo()).toMatchObject({ text: 'a b c d e' });
    expect(history.texts()).toEqual(['a', 'a b c', 'a b c d e']);
  });

  it('always leads back to its beginning, as long as it has room', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ maxLength: 4 }), fc.nat(2_000)), { maxLength: 60 }), (changes) => {
        const history = new TextHistory('start');
        let now = 0;
        for (const [text, pause] of changes) history.record(text, (now += pause));
        const present = history.text;
        let steps = 0;
        while (history.undo()) steps += 1;
        expect(history.text).toBe('start');
        for (let count = 0; count < steps; count += 1) history.redo();
        expect(history.text).toBe(present);
      }),
    );
  });
});
