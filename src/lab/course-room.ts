/** Where courses of clusters are kept, and that they give way to what is worth more. Knows nothing of what they hold. */
export const coursePrefix = 'namespace-lab:world:';

/** Makes room in the browser's storage. @returns whether there was any to make */
export function dropKeptCourses(): boolean {
  const [kept] = courseStorages();
  const keys = Object.keys(kept ?? {}).filter((key) => key.startsWith(coursePrefix));
  for (const key of keys) kept?.removeItem(key);
  return keys.length > 0;
}

/** The browser's storage and this tab's, in this order; none where the window allows none. */
export function courseStorages(): readonly Storage[] {
  try {
    return [localStorage, sessionStorage];
  } catch {
    return [];
  }
}
