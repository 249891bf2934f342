// Schemas of what authors and translators write in content/. Knows the shape of the files, not the exercises.
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

/** `020-network/010-host-network/zh.mdx` → `zh/network/host-network`; the numbers only order. */
function idFromPath(entry: string): string {
  const parts = entry.replace(/\.(mdx?|json)$/, '').split('/');
  const locale = parts.pop();
  return [locale, ...parts.map((part) => part.replace(/^\d+-/, ''))].join('/');
}

const hint = z.object({ where: z.string(), why: z.string(), next: z.string() });

const lessons = defineCollection({
  loader: glob({
    base: './content/lessons',
    pattern: '*/*/*.mdx',
    generateId: ({ entry }) => idFromPath(entry),
  }),
  schema: z.object({
    title: z.string(),
    /** The lesson as a question, for the first page and the sidebar. */
    question: z.string(),
    summary: z.string(),
    minutes: z.number().int().positive(),
    goals: z.record(z.string(), z.object({ title: z.string(), hint, matters: z.string(), proved: z.string() })).default({}),
    /** Why the solution has a line, by the field that the line sets. */
    solution: z.record(z.string(), z.string()).default({}),
    misconceptions: z.record(z.string(), z.object({ title: z.string(), text: z.string() })).default({}),
  }),
});

const glossary = defineCollection({
  loader: glob({
    base: './content/glossary',
    pattern: '*/*.mdx',
    generateId: ({ entry }) => idFromPath(entry),
  }),
  schema: z.object({
    term: z.string(),
    /** The English name beside a translated term. */
    english: z.string().optional(),
    short: z.string(),
  }),
});

/** Pages of running text beside the course, such as the one for teachers. */
const pages = defineCollection({
  loader: glob({
    base: './content/pages',
    pattern: '*/*.mdx',
    generateId: ({ entry }) => idFromPath(entry),
  }),
  schema: z.object({ title: z.string(), lead: z.string() }),
});

export const collections = { lessons, glossary, pages };
