// The learner's manifest as a script for a cluster of their own.

/** Shell text that creates what `text` describes; safe to paste whatever the text contains. */
export function ownClusterScript(text: string): string {
  const lines = text.replace(/\n?$/, '\n');
  let end = 'END';
  while (lines.split('\n').includes(end)) end += 'X';
  return `kubectl apply -f - <<'${end}'\n${lines}${end}\n`;
}
