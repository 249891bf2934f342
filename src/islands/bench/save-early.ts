// Keeps what is typed before the bench is there. Knows nothing of what the text means.
import { readSavedLesson, writeSavedLesson } from '../../lab/saved-work.ts';
import type { StoreResult } from '../../lab/saved-work.ts';

/** Saves one file of a lesson beside its others. */
export function saveEarly(lessonId: string, file: string, text: string): StoreResult {
  return writeSavedLesson(lessonId, { files: { ...readSavedLesson(lessonId).files, [file]: text } });
}
