import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { courseText, parseCourse, type KeptCourse } from './kept-course-format.ts';

const course: KeptCourse = {
  epoch: 1_795_426_200_000,
  files: new Map([['pod.yaml', 'kind: Pod # 我的\n']]),
  entries: [
    { kind: 'open', terminal: 0, observer: 'server4-master', rows: 24, columns: 80, steps: 10, now: 2_880_557.216_000_000_5 },
    { kind: 'type', terminal: 0, text: 'ls\r', steps: 12, now: 2_880_600.1 },
  ],
  end: { steps: 40, now: 2_881_000.5 },
  lines: [{ at: 'server4-master', line: 'ls' }],
};

describe('a kept course', () => {
  it('comes out as it went in', () => {
    expect(parseCourse(courseText(course))).toEqual(course);
    expect(parseCourse(courseText({ ...course, epoch: undefined, lines: [] }))).toEqual({ ...course, epoch: undefined, lines: [] });
  });

  it('says that it was too long instead of being kept in part', () => {
    const file = 'a'.repeat(199_000);
    expect(
      parseCourse(
        courseText({
          ...course,
          files: new Map([
            ['a', file],
            ['b', file],
          ]),
        }),
      ),
    ).toBe('tooLong');
    expect(parseCourse(courseText({ ...course, end: { steps: 1e6, now: 3e6 } }))).toBe('tooLong');
    expect(parseCourse(courseText('tooLong'))).toBe('tooLong');
  });

  it('is damaged where any part has another shape', () => {
    const good = JSON.parse(courseText(course)) as unknown[];
    const changed = (index: number, value: unknown): string => JSON.stringify(good.map((each, at) => (at === index ? value : each)));
    const bad = [
      '',
      'null',
      '{}',
      '[]',
      courseText(course).slice(0, -4),
      changed(0, 2),
      changed(1, 'now'),
      changed(1, 1e300),
      changed(2, [['../x', '']]),
      changed(2, [['__proto__', '']]),
      changed(2, [['a']]),
      changed(
        2,
        Array.from({ length: 41 }, () => ['a', '']),
      ),
      changed(3, [[0, 0, 'boom']]),
      changed(3, 'x'),
      changed(4, [39, -1]),
      // Left before the last thing was done.
      changed(4, [11, 2_881_000]),
      changed(4, [1e9, 2_881_000]),
      changed(5, [['client', 5]]),
      changed(5, [[]]),
    ];
    for (const each of bad) expect([each.slice(0, 40), parseCourse(each)]).toEqual([each.slice(0, 40), 'damaged']);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(['damaged', 'tooLong']).toContain(parseCourse(text));
      }),
    );
  });
});
