/** Names as BusyBox resolves them (libbb/xconnect.c str2sockaddr): the first IPv4 address is preferred, brackets and a port may be in the name. */
import { familyOf, type Family } from '../../linux/net/address.ts';
import { isResolveFailure, resolve } from '../../linux/net/resolver.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';

/** @returns one address, or undefined (then the applet says `bad address`) */
export function* busyboxAddress(context: ProcessContext, name: string, family?: Family): Blocking<string | undefined> {
  if (name === '') return undefined;
  const addresses = yield* resolve(context, name, { flavour: 'glibc', ...(family === undefined ? {} : { family }) });
  if (isResolveFailure(addresses)) return undefined;
  return addresses.find((each) => familyOf(each) === 4) ?? addresses[0];
}

/** `host`, `host:port`, `[v6]`, `[v6]:port`, a bare IPv6 address. @returns undefined when the port is no number */
export function splitHostPort(text: string, usualPort: number): { readonly host: string; readonly port: number } | undefined {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  const plain = /^([^:]*)(?::([^:]*))?$/.exec(text);
  const match = bracketed ?? plain;
  if (!match) return { host: text, port: usualPort };
  const port = match[2] === undefined || match[2] === '' ? usualPort : Number(match[2]);
  return Number.isInteger(port) && port >= 0 && port <= 65_535 ? { host: match[1] ?? '', port } : undefined;
}
