/** Ages as Kubernetes writes them (`5s`, `3m20s`, `2d3h`). Modelled on apimachinery pkg/util/duration/duration.go (v0.37). */
import { millisecondsOf } from '../time-text.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const YEAR = 365 * DAY;

/** Two amounts with the units of `units`, the second only when there is any. */
function withRest(first: number, rest: number, units: 'dh' | 'hm' | 'ms' | 'yd'): string {
  const head = `${String(first)}${units.charAt(0)}`;
  return rest === 0 ? head : `${head}${String(rest)}${units.charAt(1)}`;
}

/** HumanDuration of upstream: two units at most, coarser the longer. @param milliseconds may be negative (clock skew) */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.trunc(milliseconds / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 2 * MINUTE) return `${String(seconds)}s`;
  const minutes = Math.trunc(seconds / MINUTE);
  if (minutes < 10) return withRest(minutes, seconds % MINUTE, 'ms');
  if (minutes < 3 * MINUTE) return `${String(minutes)}m`;
  const hours = Math.trunc(seconds / HOUR);
  if (hours < 8) return withRest(hours, minutes % MINUTE, 'hm');
  if (hours < 48) return `${String(hours)}h`;
  if (hours < 24 * 8) return withRest(Math.trunc(hours / 24), hours % 24, 'dh');
  if (hours < 24 * 365 * 2) return `${String(Math.trunc(hours / 24))}d`;
  const years = Math.trunc(seconds / YEAR);
  if (hours < 24 * 365 * 8) return withRest(years, Math.trunc(hours / 24) % 365, 'yd');
  return `${String(years)}y`;
}

/** Time since a timestamp of the API; `<unknown>` when there is none. */
export function ageText(timestamp: string | null | undefined, wallClock: number): string {
  const at = millisecondsOf(timestamp);
  return at === undefined ? '<unknown>' : humanDuration(wallClock - at);
}
