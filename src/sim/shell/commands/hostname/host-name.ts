/** What both families of hostname share: the canonical name behind a host name, and setting it. */
import { errno, isErrno, type Errno } from '../../../linux/errno.ts';
import { isResolveFailure, lookupHosts, resolve, type ResolveFailure, type ResolverFlavour } from '../../../linux/net/resolver.ts';
import { capable } from '../../../linux/process/credentials.ts';
import type { Blocking, ProcessContext } from '../../../linux/process/process-context.ts';

/** sethostname(2). */
export function setHostname(context: ProcessContext, name: string): Errno | undefined {
  const { uts } = context.process.namespaces;
  if (!capable(context.process.credentials, 'CAP_SYS_ADMIN', uts.owner)) return errno('EPERM');
  if (name.length > 64) return errno('EINVAL');
  uts.hostname = name;
  return undefined;
}

/** The full name as gethostbyname(3) finds it: in /etc/hosts, else in DNS. @returns why there is none */
export function* fullName(context: ProcessContext, name: string, flavour: ResolverFlavour): Blocking<string | ResolveFailure> {
  const canonical = yield* canonicalName(context, name);
  if (canonical !== name || (yield* isInHosts(context, name))) return canonical;
  const addresses = yield* resolve(context, name, { flavour, family: 4 });
  return isResolveFailure(addresses) ? addresses : name;
}

function* isInHosts(context: ProcessContext, name: string): Blocking<boolean> {
  const hosts = yield* context.readFile('/etc/hosts');
  return !isErrno(hosts) && lookupHosts(hosts, name).length > 0;
}

/** BusyBox's words for a name that cannot be resolved (libbb/herror_msg.c). */
export function lookupFailure(failure: ResolveFailure): string {
  return failure.code === 'EAI_AGAIN' ? 'Host name lookup failure' : 'Unknown host';
}

/** The first name of the line of /etc/hosts that knows `name` (ai_canonname, h_name); the name itself otherwise. */
export function* canonicalName(context: ProcessContext, name: string): Blocking<string> {
  const hosts = yield* context.readFile('/etc/hosts');
  if (isErrno(hosts)) return name;
  for (const line of hosts.split('\n')) {
    const [, first, ...others] = (line.split('#')[0] ?? '').trim().split(/\s+/);
    if (first !== undefined && [first, ...others].includes(name)) return first;
  }
  return name;
}

/** The first line of a file that is no comment. */
export function* nameFromFile(context: ProcessContext, path: string): Blocking<string | Errno> {
  const text = yield* context.readFile(path);
  if (isErrno(text)) return text;
  return (
    text
      .split('\n')
      .map((line) => line.trim())
      .find((line) => line !== '' && !line.startsWith('#')) ?? ''
  );
}
