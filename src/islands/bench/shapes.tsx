// The verdict's shapes, drawn once and used by reference, so that colour never stands alone.
import type { JSX } from 'preact';

export function Shapes(): JSX.Element {
  return (
    <svg width="0" height="0" aria-hidden="true" class="shapes">
      <symbol id="v-open" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" />
      </symbol>
      <symbol id="v-waiting" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.4 2.4" />
      </symbol>
      <symbol id="v-accepted" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6" />
        <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" />
      </symbol>
      <symbol id="v-solved" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="7" fill="currentColor" />
        <path d="m4.8 8.3 2.2 2.2 4.3-4.7" fill="none" stroke="var(--sheet)" stroke-width="1.8" />
      </symbol>
      <symbol id="v-refused" viewBox="0 0 16 16">
        <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="currentColor" />
        <path d="M4.5 8h7" stroke="var(--sheet)" stroke-width="2" />
      </symbol>
      <symbol id="v-broken" viewBox="0 0 16 16">
        <path d="M8 1 15.4 14.5H.6z" fill="currentColor" />
        <path d="M8 5.6v4.2m0 1.4v1.6" stroke="var(--sheet)" stroke-width="1.7" />
      </symbol>
    </svg>
  );
}
