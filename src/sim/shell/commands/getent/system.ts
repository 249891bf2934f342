/** getent of glibc 2.36 (nss/getent.c): entries of the name service databases, from files and DNS. */
import { isErrno } from '../../../linux/errno.ts';
import { familyOf, parseAddress, type Family } from '../../../linux/net/address.ts';
import { isResolveFailure, readFile, resolve } from '../../../linux/net/resolver.ts';
import type { Blocking, ProcessContext } from '../../../linux/process/process-context.ts';
import type { Running } from '../../../linux/process/wait.ts';
import type { Command } from '../../command.ts';
import { HostNames } from '../../network/name-service.ts';
import { has, parseOptions } from '../../options/parse-options.ts';

const TRY = "Try `getent --help' or `getent --usage' for more information.\n";
const DATABASES = [
  'ahosts',
  'ahostsv4',
  'ahostsv6',
  'aliases',
  'ethers',
  'group',
  'gshadow',
  'hosts',
  'initgroups',
  'netgroup',
  'networks',
  'passwd',
  'protocols',
  'rpc',
  'services',
  'shadow',
];

/** The lines of a file of /etc without comments; none when it cannot be read. */
function* lines(context: ProcessContext, name: string): Blocking<readonly string[]> {
  const text = yield* context.readFile(`/etc/${name}`);
  if (isErrno(text)) return [];
  return text
    .split('\n')
    .map((line) => (line.split('#')[0] ?? '').trimEnd())
    .filter((line) => line !== '');
}

function hostLine(address: string, names: readonly string[]): string {
  return `${address.padEnd(15)} ${names.join(' ')}\n`;
}

/** gethostbyname2(3), IPv6 first, and gethostbyaddr(3). */
function* hosts(context: ProcessContext, key: string): Blocking<string | undefined> {
  const entries = (yield* lines(context, 'hosts')).map((line) => line.trim().split(/\s+/));
  const literal = parseAddress(key);
  if (literal !== undefined) {
    const entry = entries.find(([address = '']) => parseAddress(address) === literal);
    if (entry) return hostLine(literal, entry.slice(1));
    const name = yield* new HostNames(context).nameOf(literal);
    return name === undefined ? undefined : hostLine(literal, [name]);
  }
  const wanted = key.toLowerCase();
  for (const family of [6, 4] as const) {
    const entry = entries.find(
      ([address = '', ...names]) =>
        parseAddress(address) !== undefined && familyOf(address) === family && names.some((name) => name.toLowerCase() === wanted),
    );
    if (entry) return hostLine(entry[0] ?? '', entry.slice(1));
    const found = yield* resolve(context, key, { flavour: 'glibc', family });
    if (!isResolveFailure(found)) return found.map((address) => hostLine(address, [key])).join('');
  }
  return undefined;
}

function* addressHosts(context: ProcessContext, key: string, family: Family | undefined): Blocking<string | undefined> {
  const found = yield* resolve(context, key, { flavour: 'glibc', ...(family === undefined ? {} : { family }) });
  if (isResolveFailure(found)) return undefined;
  return found
    .flatMap((address, at) =>
      ['STREAM', 'DGRAM', 'RAW'].map((kind) => `${address.padEnd(15)} ${kind.padEnd(6)} ${at === 0 && kind === 'STREAM' ? key : ''}\n`),
    )
    .join('');
}

function numbered(line: string): string {
  const [name = '', number = '', ...aliases] = line.trim().split(/\s+/);
  return `${name.padEnd(21)} ${[number, ...aliases].join(' ')}\n`;
}

/** Entries of databases that are plain files. */
function* fromFile(context: ProcessContext, database: string, key: string | undefined): Blocking<string | undefined> {
  const all = yield* lines(context, database);
  const colons = ['passwd', 'group', 'shadow', 'gshadow'].includes(database);
  const show = (line: string): string => (colons ? `${line}\n` : numbered(line));
  if (key === undefined) return all.map(show).join('');
  const found = all.find((line) => {
    if (colons) {
      const [name, , id] = line.split(':');
      return name === key || (/^\d+$/.test(key) && (database === 'passwd' || database === 'group') && id === key);
    }
    const [name = '', number = '', ...aliases] = line.trim().split(/\s+/);
    const [wanted = '', protocol] = key.split('/');
    const [port, kind] = number.split('/');
    return (protocol === undefined || protocol === kind) && ([name, ...aliases].includes(wanted) || port === wanted);
  });
  return found === undefined ? undefined : show(found);
}

function* groupsOf(context: ProcessContext, name: string): Blocking<string> {
  const groups = (yield* lines(context, 'group')).map((line) => line.split(':'));
  return `${name.padEnd(21)}${groups
    .filter(([, , , members = '']) => members.split(',').includes(name))
    .map(([, , id = '']) => ` ${id}`)
    .join('')}\n`;
}

function* lookUp(context: ProcessContext, database: string, key: string): Blocking<string | undefined> {
  switch (database) {
    case 'hosts':
      return yield* hosts(context, key);
    case 'ahosts':
      return yield* addressHosts(context, key, undefined);
    case 'ahostsv4':
      return yield* addressHosts(context, key, 4);
    case 'ahostsv6':
      return yield* addressHosts(context, key, 6);
    case 'initgroups':
      return yield* groupsOf(context, key);
    default:
      return yield* fromFile(context, database, key);
  }
}

export const command: Command = {
  name: 'getent',
  suite: 'system',
  summary: { zh: '查名字服务数据库（passwd、hosts……）', en: 'Look up entries of name service databases' },
  options: ['-s', '-i', '--help', '--version'],
  *run(context): Running {
    const parsed = parseOptions(context.args, {
      short: 's:iV?',
      long: { service: 'required', 'no-idn': 'none', version: 'none', help: 'none', usage: 'none' },
    });
    if (parsed.kind === 'mistake') {
      context.err(`getent: ${parsed.message}\n${TRY}`);
      return 64;
    }
    if (has(parsed, 'V', 'version')) {
      context.out('getent (Debian GLIBC 2.36-9+deb12u14) 2.36\n');
      return 0;
    }
    if (has(parsed, '?', 'help', 'usage')) {
      context.out(
        `Usage: getent [OPTION...] database [key ...]\nGet entries from administrative database.\n\n  -i, --no-idn               disable IDN encoding\n  -s, --service=CONFIG       Service configuration to be used\n  -?, --help                 Give this help list\n      --usage                Give a short usage message\n  -V, --version              Print program version\n\nSupported databases:\n${DATABASES.join(' ')}\n`,
      );
      return 0;
    }
    const [database, ...keys] = parsed.operands;
    if (database === undefined) {
      context.err(`getent: wrong number of arguments\n${TRY}`);
      return 1;
    }
    if (!DATABASES.includes(database)) {
      context.err(`Unknown database: ${database}\n${TRY}`);
      return 1;
    }
    if (keys.length === 0) {
      if (database.includes('hosts')) {
        for (const line of (yield* readFile(context, '/etc/hosts')).split('\n')) {
          const [address = '', ...names] = (line.split('#')[0] ?? '').trim().split(/\s+/);
          if (parseAddress(address) !== undefined && names.length > 0) context.out(hostLine(address, names));
        }
      } else if (database === 'initgroups' || database === 'netgroup') {
        context.err(`Enumeration not supported on ${database}\n`);
        return 3;
      } else context.out((yield* fromFile(context, database, undefined)) ?? '');
      return 0;
    }
    let code = 0;
    for (const key of keys) {
      const text = yield* lookUp(context, database, key);
      if (text === undefined) code = 2;
      else context.out(text);
    }
    return code;
  },
};
