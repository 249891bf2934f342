/**
 * The Command contract. One file per command and package that provides it, `commands/<name>/<suite>.ts`, exporting
 * `command`; registry, `help`, completion and the reference page derive from the files. Other files in the folder are
 * the command's own parts. A command is a program: it runs as a process of the simulated machine.
 */
import type { Completer } from '../linux/process/kernel.ts';
import type { Program } from '../linux/process/wait.ts';

/** The package that provides the executable: the same name behaves differently in containers (BusyBox) and on nodes. */
export const SUITES = [
  'busybox',
  'bash',
  'coreutils',
  'procps',
  'psmisc',
  'util-linux',
  'net-tools',
  'iproute2',
  'iputils',
  'iptables',
  'bind9-dnsutils',
  'bridge-utils',
  'curl',
  'netcat',
  'grep',
  'sed',
  'awk',
  'findutils',
  'hostname',
  'mount',
  'kubectl',
  'vim',
  'less',
  'man',
  'nodejs',
  'nginx',
  'system',
] as const;

export type Suite = (typeof SUITES)[number];

export interface Command {
  /** As typed, such as `ps`. */
  readonly name: string;
  readonly suite: Suite;
  /** One line for the reference page, in both languages. */
  readonly summary: { readonly zh: string; readonly en: string };
  /** Options that are modelled, for completion and the reference page, such as `-o`, `--all`. */
  readonly options?: readonly string[];
  /** Words that Tab offers, beside `options`, which it offers anyway. */
  readonly complete?: Completer;
  readonly run: Program;
}

/** The id under which executables name a program: `<name>/<suite>`. */
export function programId(name: string, suite: Suite): string {
  return `${name}/${suite}`;
}
