import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import fc from 'fast-check';
import type * as SavedWork from './saved-work.ts';

const id = 'network/host-network';
const key = `namespace-lab:lesson:${id}`;

/** A browser's storage as its tabs share it. */
class Storage {
  readonly items = new Map<string, string>();
  room = Number.POSITIVE_INFINITY;
  forbidden = false;

  getItem(name: string): string | null {
    if (this.forbidden) throw new DOMException('no', 'SecurityError');
    return this.items.get(name) ?? null;
  }

  setItem(name: string, value: string): void {
    if (this.forbidden) throw new DOMException('no', 'SecurityError');
    if (value.length > this.room) throw new DOMException('full', 'QuotaExceededError');
    this.items.set(name, value);
  }

  removeItem(name: string): void {
    this.items.delete(name);
  }
}

let storage = new Storage();

/** A page of its own, as a tab has. */
async function openTab(): Promise<typeof SavedWork> {
  vi.resetModules();
  return import('./saved-work.ts');
}

beforeEach(() => {
  storage = new Storage();
  vi.stubGlobal('localStorage', storage);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('kept work', () => {
  it('comes back as it was written, and what is not named stays', async () => {
    const { writeSavedLesson, readSavedLesson } = await openTab();
    expect(writeSavedLesson(id, { files: { 'a.yaml': '1' } })).toBe('saved');
    expect(writeSavedLesson(id, { solved: true })).toBe('saved');
    expect(readSavedLesson(id)).toMatchObject({ files: { 'a.yaml': '1' }, solved: true });
  });

  it('of the first version is read, and written as the present one', async () => {
    storage.items.set(key, JSON.stringify({ version: 1, files: { 'a.yaml': '1' }, solved: true, predictions: { p: ['x'] } }));
    const { writeSavedLesson, readSavedLesson } = await openTab();
    expect(readSavedLesson(id)).toMatchObject({ files: { 'a.yaml': '1' }, solved: true, predictions: { p: ['x'] } });
    expect(writeSavedLesson(id, { files: { 'a.yaml': '2' } })).toBe('saved');
    expect(JSON.parse(storage.items.get(key) ?? '')).toMatchObject({ version: 2, files: { 'a.yaml': '2' }, solved: true });
  });

  it.each([
    ['damaged', '{"version":2,"fi'],
    ['of a later version', '{"version":99,"files":{"a.yaml":"1"}}'],
    ['of no use', '[]'],
  ])('that is %s counts as nothing, and is put aside instead of lost', async (_what, text) => {
    storage.items.set(key, text);
    const { writeSavedLesson, readSavedLesson, hasDamaged } = await openTab();
    expect(readSavedLesson(id).files).toEqual({});
    expect(writeSavedLesson(id, { files: { 'a.yaml': '2' } })).toBe('saved');
    expect(hasDamaged(id)).toBe(true);
    expect([...storage.items.values()]).toContain(text);
  });

  it('never throws, whatever is stored, and reads nothing but texts', async () => {
    const { readSavedLesson, writeSavedLesson } = await openTab();
    const stored = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({ version: fc.constantFrom(1, 2), files: fc.jsonValue(), solved: fc.jsonValue(), predictions: fc.jsonValue(), stamp: fc.jsonValue() })
        .map((value) => JSON.stringify(value)),
      fc.nat(200_000).map((depth) => '['.repeat(depth)),
      fc.constant('{"version":2,"files":{"__proto__":"x","constructor":"y"}}'),
    );
    fc.assert(
      fc.property(stored, (text) => {
        storage.items.set(key, text);
        const lesson = readSavedLesson(id);
        expect(Object.values(lesson.files).every((each) => typeof each === 'string')).toBe(true);
        expect(
          Object.values(lesson.predictions)
            .flat()
            .every((each) => typeof each === 'string'),
        ).toBe(true);
        expect(['saved', 'elsewhere']).toContain(writeSavedLesson(id, { files: { 'a.yaml': '2' } }));
        expect(Object.values(readSavedLesson(id).files)).toContain('2');
      }),
    );
  });

  it('says that the browser is full, and that it keeps nothing', async () => {
    const { writeSavedLesson, readSavedLesson } = await openTab();
    storage.room = 200;
    expect(writeSavedLesson(id, { files: { 'a.yaml': 'a'.repeat(300) } })).toBe('full');
    expect(writeSavedLesson(id, { files: { 'a.yaml': 'b' } })).toBe('saved');
    storage.forbidden = true;
    expect(writeSavedLesson(id, { files: { 'a.yaml': 'c' } })).toBe('unavailable');
    expect(readSavedLesson(id).files).toEqual({});
  });

  it('of a renamed lesson is found under its former name, and never overwrites', async () => {
    storage.items.set('namespace-lab:lesson:old/name', JSON.stringify({ version: 1, files: { 'a.yaml': '1' } }));
    const { takeOverFormer, readSavedLesson } = await openTab();
    takeOverFormer(id, ['old/other', 'old/name']);
    expect(readSavedLesson(id).files).toEqual({ 'a.yaml': '1' });
    storage.items.set('namespace-lab:lesson:old/name', JSON.stringify({ version: 1, files: { 'a.yaml': '2' } }));
    takeOverFormer(id, ['old/name']);
    expect(readSavedLesson(id).files).toEqual({ 'a.yaml': '1' });
  });

  it('that is forgotten can be brought back', async () => {
    const { writeSavedLesson, readSavedLesson, removeSavedLesson } = await openTab();
    writeSavedLesson(id, { files: { 'a.yaml': '1' } });
    const undo = removeSavedLesson(id);
    expect(readSavedLesson(id).files).toEqual({});
    undo();
    expect(readSavedLesson(id).files).toEqual({ 'a.yaml': '1' });
  });
});

describe('two tabs on one exercise', () => {
  it('never write over each other: the later one’s text becomes a copy, its newest only', async () => {
    const a = await openTab();
    a.readSavedLesson(id);
    a.writeSavedLesson(id, { files: { 'a.yaml': 'A' } });
    const b = await openTab();
    b.readSavedLesson(id);
    expect(a.writeSavedLesson(id, { files: { 'a.yaml': 'A2' } })).toBe('saved');
    expect(b.isWrittenElsewhere(id)).toBe(true);
    expect(b.writeSavedLesson(id, { files: { 'a.yaml': 'B' } })).toBe('elsewhere');
    expect(b.writeSavedLesson(id, { files: { 'a.yaml': 'B2' } })).toBe('elsewhere');
    const { files } = a.readSavedLesson(id);
    expect(files['a.yaml']).toBe('A2');
    expect(Object.values(files).sort()).toEqual(['A2', 'B2']);
  });

  it('leave each other in peace about other things than files', async () => {
    const a = await openTab();
    const b = await openTab();
    a.readSavedLesson(id);
    b.readSavedLesson(id);
    a.writeSavedLesson(id, { files: { 'a.yaml': 'A' } });
    expect(b.writeSavedLesson(id, { solved: true })).toBe('saved');
    expect(a.writeSavedLesson(id, { files: { 'a.yaml': 'A2' } })).toBe('saved');
    expect(a.readSavedLesson(id)).toMatchObject({ solved: true, files: { 'a.yaml': 'A2' } });
  });

  it('can take over, or keep both', async () => {
    const a = await openTab();
    const b = await openTab();
    a.readSavedLesson(id);
    b.readSavedLesson(id);
    a.writeSavedLesson(id, { files: { 'a.yaml': 'A' } });
    const both = b.filesOfBoth(id, { 'a.yaml': 'B' });
    expect(both).toEqual({ 'a.yaml': 'B', 'a-copy-other.yaml': 'A' });
    b.takeOverLesson(id);
    expect(b.writeSavedLesson(id, { files: both })).toBe('saved');
    expect(a.writeSavedLesson(id, { files: { 'a.yaml': 'A2' } })).toBe('elsewhere');
  });
});
