/** Virtual wall-clock milliseconds as the API writes times. Knows no clock. */

let last = { second: Number.NaN, text: '' };

/** RFC 3339 in whole seconds (metav1.Time). */
export function timeText(unixMilliseconds: number): string {
  const second = Math.floor(unixMilliseconds / 1000);
  // Much of what happens, happens in the same second.
  if (second !== last.second) last = { second, text: `${new Date(second * 1000).toISOString().slice(0, 19)}Z` };
  return last.text;
}

/** RFC 3339 with microseconds (metav1.MicroTime). */
export function microTimeText(unixMilliseconds: number): string {
  const whole = Math.floor(unixMilliseconds);
  const micros = Math.floor((unixMilliseconds - whole) * 1000);
  return `${new Date(whole).toISOString().slice(0, 23)}${String(micros).padStart(3, '0')}Z`;
}

/** Unix milliseconds of a text the API wrote; undefined for no or a bad text. */
export function millisecondsOf(text: string | null | undefined): number | undefined {
  if (text === undefined || text === null) return undefined;
  const value = Date.parse(text);
  return Number.isNaN(value) ? undefined : value;
}
