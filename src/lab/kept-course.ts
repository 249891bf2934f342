/**
 * Keeps a lesson's cluster for the next visit, in this browser and apart from it for this very tab: two tabs on one lesson have
 * two clusters. Where there is no room, nothing stays that would be out of date.
 */
import { coursePrefix, courseStorages } from './course-room.ts';
import { courseText, parseCourse, type KeptCourse } from './kept-course-format.ts';

/** What was read: nothing was kept, it cannot be used, it was too long to be kept, or the course. */
export type ReadCourse = KeptCourse | 'none' | 'damaged' | 'tooLong';

/** @param course `undefined` forgets what was kept */
export function keepCourse(lessonId: string, course: KeptCourse | 'tooLong' | undefined): void {
  const text = course === undefined ? undefined : courseText(course);
  for (const storage of courseStorages()) {
    try {
      if (text === undefined) storage.removeItem(coursePrefix + lessonId);
      else storage.setItem(coursePrefix + lessonId, text);
    } catch {
      storage.removeItem(coursePrefix + lessonId);
    }
  }
}

/** The course of this tab, else the one that was kept last; nothing once everything was erased. */
export function readKeptCourse(lessonId: string): ReadCourse {
  const [kept, own] = courseStorages().map((storage) => storage.getItem(coursePrefix + lessonId));
  if (kept === undefined || kept === null) return 'none';
  return parseCourse(own ?? kept);
}
