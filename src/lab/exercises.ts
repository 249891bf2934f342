/** Finds the lessons' exercises and manifests by their folders; each is a chunk of its own. */
import type { Exercise } from '../exercise/exercise.ts';

const exercises = import.meta.glob<{ readonly exercise: Exercise }>('../../content/lessons/*/*/exercise.ts');
const manifests = import.meta.glob<string>('../../content/lessons/*/*/{start,solution}.yaml', { query: '?raw', import: 'default' });

/** `../../content/lessons/020-network/010-host-network/exercise.ts` → `network/host-network` */
function lessonIdOf(path: string): string {
  return path
    .split('/')
    .slice(-3, -1)
    .map((part) => part.replace(/^\d+-/, ''))
    .join('/');
}

function loaderFor<T>(loaders: Readonly<Record<string, () => Promise<T>>>, lessonId: string, file: string): (() => Promise<T>) | undefined {
  return Object.entries(loaders).find(([path]) => path.endsWith(`/${file}`) && lessonIdOf(path) === lessonId)?.[1];
}

export interface LessonExercise {
  readonly exercise: Exercise;
  readonly start: string;
  readonly solution: () => Promise<string>;
}

/** @throws when there is no such lesson */
export async function loadExercise(lessonId: string): Promise<LessonExercise> {
  const exercise = loaderFor(exercises, lessonId, 'exercise.ts');
  const start = loaderFor(manifests, lessonId, 'start.yaml');
  const solution = loaderFor(manifests, lessonId, 'solution.yaml');
  if (!exercise || !start || !solution) throw new Error(`no lesson ${lessonId}`);
  const [module, text] = await Promise.all([exercise(), start()]);
  return { exercise: module.exercise, start: text, solution };
}
