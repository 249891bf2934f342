// The lesson's words that the verdict needs: hints, proofs, misconceptions. Comes as a file beside the page.

export interface GoalTexts {
  readonly title: string;
  readonly hint: { readonly where: string; readonly why: string; readonly next: string };
  /** Why it matters, in one sentence. */
  readonly matters: string;
  readonly proved: string;
}

export interface LessonTexts {
  readonly goals: { readonly [id: string]: GoalTexts };
  /** Why the solution has a line, by the field that the line sets. */
  readonly solution: { readonly [field: string]: string };
  readonly misconceptions: { readonly [id: string]: { readonly title: string; readonly text: string } };
}

/** Fetches them; without a network and without a copy, goals keep their titles and lack hints. */
export async function loadLessonTexts(url: string): Promise<LessonTexts> {
  try {
    const response = await fetch(url);
    if (response.ok) return (await response.json()) as LessonTexts;
  } catch {
    // Said below: the course goes on without hints.
  }
  return { goals: {}, solution: {}, misconceptions: {} };
}
