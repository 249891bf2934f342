// What a lesson says once its bench is at work: hints, what a goal proves, misconceptions. Fetched with the cluster,
// so that the page itself stays small.
import type { APIRoute } from 'astro';
import { locales } from '../../../i18n/locales.ts';
import type { LessonTexts } from '../../../islands/goals/lesson-texts.ts';
import { courseOutline } from '../../../layouts/course-outline.ts';
import type { OutlineLesson } from '../../../layouts/course-outline.ts';

export async function getStaticPaths() {
  const paths = [];
  for (const lang of locales) {
    for (const { lessons } of await courseOutline(lang)) {
      for (const lesson of lessons) {
        paths.push({ params: { lang, module: lesson.module, lesson: lesson.slug }, props: { lesson } });
      }
    }
  }
  return paths;
}

export const GET: APIRoute<{ lesson: OutlineLesson }> = ({ props }) => {
  const { goals, solution, misconceptions } = props.lesson.entry.data;
  const texts: LessonTexts = { goals, solution, misconceptions };
  return new Response(JSON.stringify(texts));
};
