/** Ages as Kubernetes writes them (`5s`, `3m20s`, `2d3h`). Modelled on apimachinery pkg/util/duration/duration.go (v0.37). */
import { millisecondsOf } from '../time-text.ts';

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const YEAR = 365 * DAY;

function withRest(first: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${String(first)}${unit}` : `${String(first)}${unit}${String(rest)}${restUnit}`;
}

/** HumanDuration of upstream: two units at most, coarser the longer. @param milliseconds may be negative (clock skew) */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.trunc(milliseconds / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 2 * MINUTE) return `${String(seconds)}s`;
  const minutes = Math.trunc(seconds / MINUTE);
  if (minutes < 10) return withRest(minutes, 'm', seconds % MINUTE, 's');
  if (minutes < 3 * MINUTE) return `${String(minutes)}m`;
  const hours = Math.trunc(seconds / HOUR);
  if (hours < 8) return withRest(hours, 'h', minutes % MINUTE, 'm');
  if (hours < 48) return `${String(hours)}h`;
  if (hours < 24 * 8) return withRest(Math.trunc(hours / 24), 'd', hours % 24, 'h');
  if (hours < 24 * 365 * 2) return `${String(Math.trunc(hours / 24))}d`;
  const years = Math.trunc(seconds / YEAR);
  if (hours < 24 * 365 * 8) return withRest(years, 'y', Math.trunc(hours / 24) % 365, 'd');
  return `${String(years)}y`;
}

/** Time since a timestamp of the API; `<unknown>` when there is none. */
export function ageText(timestamp: string | null | undefined, wallClock: number): string {
  const at = millisecondsOf(timestamp);
  return at === undefined ? '<unknown>' : humanDuration(wallClock - at);
}
