// The lesson's words that the verdict needs: hints, proofs, misconceptions. Comes as a file beside the page.

export interface GoalTexts {
  readonly title: string;
  readonly hint: { readonly where: string; readonly why: string; readonly next: string };
  readonly proved?: string | undefined;
}

export interface LessonTexts {
  readonly goals: { readonly [id: string]: GoalTexts };
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
  return { goals: {}, misconceptions: {} };
}
