import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import fc from 'fast-check';
import { eraseWork, exportWork, importWork } from './all-work.ts';

const key = 'namespace-lab:lesson:network/host-network';
const lesson = (text: string, solved = false): string =>
  JSON.stringify({ version: 2, files: { 'a.yaml': text }, stamp: 'x', solved, predictions: {} });

/** Keys are own properties, as a browser's storage has them. */
class Storage {
  [key: string]: unknown;
}
Object.defineProperties(Storage.prototype, {
  getItem: {
    value: function (this: Storage, name: string) {
      return this[name] ?? null;
    },
  },
  setItem: {
    value: function (this: Storage, name: string, value: string) {
      if (value.length > 5_000) throw new DOMException('full', 'QuotaExceededError');
      this[name] = value;
    },
  },
  removeItem: {
    value: function (this: Storage, name: string) {
      Reflect.deleteProperty(this, name);
    },
  },
});

let storage = new Storage();
beforeEach(() => {
  storage = new Storage();
  vi.stubGlobal('localStorage', storage);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const file = (entries: unknown): string => JSON.stringify({ format: 'namespace-lab', version: 1, entries });

describe('everything as one file', () => {
  it('comes back after all was erased; erasing leaves other sites’ keys alone and can be undone', () => {
    Object.assign(storage, { [key]: lesson('A'), other: '1' });
    const exported = exportWork();
    const undo = eraseWork();
    expect({ ...storage }).toEqual({ other: '1' });
    undo();
    expect(storage[key]).toBe(lesson('A'));
    eraseWork();
    expect(importWork(exported)).toBeTypeOf('function');
    expect({ ...storage }).toEqual({ [key]: lesson('A'), other: '1' });
  });

  it('joins what is there: the file’s texts under their names, one’s own beside them, solved stays solved', () => {
    Object.assign(storage, { [key]: lesson('mine', true) });
    const undo = importWork(file({ [key]: lesson('theirs') }));
    expect(JSON.parse(String(storage[key]))).toMatchObject({ files: { 'a.yaml': 'theirs', 'a-copy-own.yaml': 'mine' }, solved: true });
    if (typeof undo === 'function') undo();
    expect(storage[key]).toBe(lesson('mine', true));
  });

  it('changes nothing where the file is none, or damaged, or there is no room for all of it', () => {
    Object.assign(storage, { [key]: lesson('A') });
    const before = { ...storage };
    const wrong = [
      '',
      '{}',
      '[]',
      'null',
      file(null),
      file({ evil: 'x' }),
      file({ [key]: '{' }),
      file({ [key]: 5 }),
      file({ 'namespace-lab:<img>': '' }),
    ];
    for (const each of wrong) expect([each, importWork(each)]).toEqual([each, 'wrong']);
    expect(importWork(file({ 'namespace-lab:lesson:a/b': lesson('B'), 'namespace-lab:lesson:c/d': lesson('x'.repeat(6_000)) }))).toBe('full');
    expect({ ...storage }).toEqual(before);
  });

  it('never throws, whatever the file says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.dictionary(fc.string(), fc.json()).map(file)), (text) => {
        expect(['function', 'string']).toContain(typeof importWork(text));
      }),
    );
  });
});
