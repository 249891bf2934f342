// Reads the lessons' exercises and manifests from content/, for programs that run in Node.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Exercise } from '../src/exercise/exercise.ts';

const root = fileURLToPath(new URL('../content/lessons/', import.meta.url));

export interface LessonOnDisk {
  /** Such as `network/host-network`. */
  readonly id: string;
  readonly exercise: Exercise;
  readonly start: string;
  readonly solution: string;
}

export async function lessonsOnDisk(): Promise<readonly LessonOnDisk[]> {
  const lessons: LessonOnDisk[] = [];
  for (const module of readdirSync(root).sort()) {
    for (const lesson of readdirSync(join(root, module)).sort()) {
      const folder = join(root, module, lesson);
      const loaded = (await import(pathToFileURL(join(folder, 'exercise.ts')).href)) as { readonly exercise: Exercise };
      lessons.push({
        id: [module, lesson].map((part) => part.replace(/^\d+-/, '')).join('/'),
        exercise: loaded.exercise,
        start: readFileSync(join(folder, 'start.yaml'), 'utf8'),
        solution: readFileSync(join(folder, 'solution.yaml'), 'utf8'),
      });
    }
  }
  return lessons;
}
