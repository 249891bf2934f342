/** What both families of hostname share: the canonical name behind a host name, and setting it. */
import { errno, isErrno, type Errno } from '../../../linux/errno.ts';
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
  return text.split('\n').map((line) => line.trim()).find((line) => line !== '' && !line.startsWith('#')) ?? '';
}
