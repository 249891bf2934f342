/** Fetches the index of recorded shapes, once for a page and only when something is to be looked up. */
import { filePath } from '../../i18n/page-path.ts';
import type { RecordedShapes } from './provenance.ts';

let fetched: Promise<RecordedShapes> | undefined;

/** @throws when it cannot be had; the next call tries again */
export function loadShapes(): Promise<RecordedShapes> {
  fetched ??= fetch(filePath('recorded-shapes.json'))
    .then((answer) => {
      if (!answer.ok) throw new Error(`recorded-shapes.json: ${answer.status}`);
      return answer.json() as Promise<RecordedShapes>;
    })
    .catch((reason: unknown) => {
      fetched = undefined;
      throw reason;
    });
  return fetched;
}
