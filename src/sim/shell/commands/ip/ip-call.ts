/** One run of `ip`: the options before the object, and what all objects need of their process. */
import { isErrno, errno, type Errno } from '../../../linux/errno.ts';
import { parseCidr, type Cidr } from '../../../linux/net/address.ts';
import type { Family } from '../../../linux/net/address.ts';
import type { NetworkInterface } from '../../../linux/net/network-interface.ts';
import type { NetworkNamespace } from '../../../linux/net/network-namespace.ts';
import { capable } from '../../../linux/process/credentials.ts';
import type { ProcessContext } from '../../../linux/process/process-context.ts';
import { colored } from './colors.ts';

export interface IpOptions {
  family: Family | 'link' | undefined;
  brief: boolean;
  details: boolean;
  /** How often `-s` was given. */
  statistics: number;
  oneline: boolean;
  json: boolean;
  pretty: boolean;
  resolve: boolean;
  all: boolean;
  color: boolean;
  numeric: boolean;
}

/** What holds where no option was given; a copy to be written into. */
export const plainOptions = (): IpOptions => ({
  family: undefined,
  brief: false,
  details: false,
  statistics: 0,
  oneline: false,
  json: false,
  pretty: false,
  resolve: false,
  all: false,
  color: false,
  numeric: false,
});

/** A mistake of the person who typed: what goes to standard error, and the exit code. */
export interface IpMistake {
  readonly kind: 'mistake';
  readonly text: string;
  readonly code: number;
}

export function mistake(text: string, code = 255): IpMistake {
  return { kind: 'mistake', text, code };
}

export class IpCall {
  readonly context: ProcessContext;
  readonly options: IpOptions;
  readonly net: NetworkNamespace;

  constructor(context: ProcessContext, options: IpOptions) {
    this.context = context;
    this.options = options;
    this.net = context.process.namespaces.net;
  }

  /** Whether the process may change this namespace. @returns EPERM otherwise */
  get refused(): Errno | undefined {
    return capable(this.context.process.credentials, 'CAP_NET_ADMIN', this.net.owner) ? undefined : errno('EPERM');
  }

  find(name: string): NetworkInterface | undefined {
    return this.net.interfaces.find(name);
  }

  out(text: string): void {
    const painted = this.options.color ? colored(text, this.options.brief) : text;
    this.context.out(this.options.oneline ? painted.replace(/\n(?=.)/g, '\\') : painted);
  }

  /** @returns the mistake's exit code */
  fail(problem: IpMistake): number {
    this.context.err(problem.text);
    return problem.code;
  }

  /** An answer of the kernel. @returns 0 without one, else 2 */
  answered(result: unknown, words?: Partial<Record<string, string>>): number {
    if (!isErrno(result)) return 0;
    const own = words?.[result.code];
    this.context.err(own === undefined ? `RTNETLINK answers: ${result.text}\n` : `${own}\n`);
    return 2;
  }

  json(values: readonly unknown[]): void {
    this.context.out(this.options.pretty ? prettyJson(values) : `${JSON.stringify(values)}\n`);
  }
}

/** An address or a prefix; of an IPv4 prefix zeros at the end may be left out, as in `10.7/16` (lib/utils.c get_addr_ipv4). */
export function readPrefix(text: string): Cidr | undefined {
  const [address = '', length] = text.split('/');
  const missing = 3 - (address.match(/\./g) ?? []).length;
  return parseCidr(/^\d+(?:\.\d+){0,2}$/.test(address) ? `${address}${'.0'.repeat(missing)}${length === undefined ? '' : `/${length}`}` : text);
}

/** The indented form of lib/json_writer.c: objects of a list open on the line of the comma. */
function prettyJson(values: readonly unknown[]): string {
  if (values.length === 0) return '[ ]\n';
  return `[ ${values.map((value) => prettyValue(value, 1)).join(',')} ]\n`;
}

function prettyValue(value: unknown, depth: number): string {
  if (Array.isArray(value)) {
    if (value.every((each) => typeof each !== 'object'))
      return value.length === 0 ? '[ ]' : `[ ${value.map((each) => JSON.stringify(each)).join(',')} ]`;
    return `[ ${value.map((each) => prettyValue(each, depth + 1)).join(',')} ]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const pad = '    '.repeat(depth + 1);
  return `{\n${Object.entries(value)
    .map(([key, each]) => `${pad}${JSON.stringify(key)}: ${prettyValue(each, depth + 1)}`)
    .join(',\n')}\n${'    '.repeat(depth)}}`;
}

/** Commands are abbreviated by their beginning; the first in the list wins (lib/utils.c matches). */
export function pick<T extends string>(typed: string, commands: readonly T[]): T | undefined {
  return commands.find((each) => each.startsWith(typed));
}
