// The learner's work as a script for a cluster of their own: the manifest, the commands, the way to be rid of it all.

export interface OwnCluster {
  readonly file: string;
  readonly text: string;
  /** Command lines that make sense wherever there is a kubectl. */
  readonly commands: readonly string[];
}

/** Shell text; safe to paste whatever the manifest contains. */
export function ownClusterScript({ file, text, commands }: OwnCluster): string {
  const lines = text.replace(/\n?$/, '\n');
  let end = 'END';
  while (lines.split('\n').includes(end)) end += 'X';
  const name = /^[\w.-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`;
  const creates = commands.some((line) => /^kubectl (?:create|apply|replace)\b/.test(line));
  return [
    `cat > ${name} <<'${end}'`,
    `${lines}${end}`,
    ...(creates ? [] : [`kubectl apply -f ${name}`]),
    ...commands,
    `kubectl delete --ignore-not-found -f ${name}`,
    '',
  ].join('\n');
}
