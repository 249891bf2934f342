/** Help screens: the overview of `kubectl` and that of one subcommand. Only their shape is upstream's; texts come from verbs. */
import type { Flag } from './flags.ts';
import type { Verb } from './verb.ts';

const GROUPS = [
  'Basic Commands (Beginner):',
  'Basic Commands (Intermediate):',
  'Deploy Commands:',
  'Cluster Management Commands:',
  'Troubleshooting and Debugging Commands:',
  'Advanced Commands:',
  'Settings Commands:',
  'Other Commands:',
];

/** What `kubectl` alone prints. */
export function overviewText(verbs: readonly Verb[]): string {
  const parts = ['kubectl controls the Kubernetes cluster manager.\n\n Find more information at: https://kubernetes.io/docs/reference/kubectl/\n'];
  for (const group of GROUPS) {
    if (group === 'Other Commands:') parts.push('Subcommands provided by plugins:\n');
    const members = verbs.filter((verb) => verb.group === group);
    if (members.length > 0) parts.push(`${group}\n${members.map((verb) => `  ${verb.name.padEnd(15)} ${verb.short}\n`).join('')}`);
  }
  parts.push('Usage:\n  kubectl [flags] [options]\n');
  parts.push(
    'Use "kubectl <command> --help" for more information about a given command.\nUse "kubectl options" for a list of global command-line options (applies to all commands).\n',
  );
  return parts.join('\n');
}

function flagText(flag: Flag): string {
  const names = flag.short === undefined ? `    --${flag.name}` : `-${flag.short}, --${flag.name}`;
  if (flag.kind === 'bool') return `    ${names}=${flag.initial === 'true' ? 'true' : 'false'}`;
  const initial = flag.kind === 'list' || flag.kind === 'array' ? '[]' : flag.kind === 'string' ? `'${flag.initial ?? ''}'` : (flag.initial ?? '0');
  return `    ${names}=${initial}`;
}

/** What `--help` prints. */
export function helpText(verb: Verb, path: string): string {
  const parts = [`${verb.long ?? `${verb.short}.`}\n`];
  const children = verb.children ?? [];
  if (children.length > 0) parts.push(`Available Commands:\n${children.map((child) => `  ${child.name.padEnd(15)} ${child.short}\n`).join('')}`);
  if (verb.flags.length > 0)
    parts.push(
      `Options:\n${[...verb.flags]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map((flag) => `${flagText(flag)}\n`)
        .join('')}`,
    );
  parts.push(`Usage:\n  ${path}${verb.usage === undefined ? ' [options]' : ` ${verb.usage} [options]`}\n`);
  if (children.length > 0) parts.push(`Use "${path} <command> --help" for more information about a given command.\n`);
  parts.push('Use "kubectl options" for a list of global command-line options (applies to all commands).\n');
  return parts.join('\n');
}
