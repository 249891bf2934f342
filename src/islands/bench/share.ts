// Carries a manifest out of the page: as a link to this lesson, or as a script for one's own cluster.
import { writeSharedWork } from '../../lab/shared-work.ts';
import type { SharedWork } from '../../lab/shared-work.ts';
import { ownClusterScript } from './own-cluster.ts';

/** The text to hand on. */
export async function shareText(how: 'link' | 'script', work: SharedWork): Promise<string> {
  if (how === 'script') return ownClusterScript(work.text);
  return `${location.origin}${location.pathname}#${await writeSharedWork(work)}`;
}

/** Puts a text on the clipboard; false where the browser forbids it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
