/** `route add` and `route del` of both families: the same words, the same ioctl. */
import { errno, isErrno, type Errno } from '../../linux/errno.ts';
import { ipv4Bits, networkOf, parseAddress, type Cidr } from '../../linux/net/address.ts';
import { capable } from '../../linux/process/credentials.ts';
import type { Blocking, ProcessContext } from '../../linux/process/process-context.ts';
import { isResolveFailure, resolve, type ResolveFailure } from '../../linux/net/resolver.ts';

export interface RouteWish {
  readonly kind: 'wish';
  readonly destination: Cidr;
  readonly gateway: string | undefined;
  readonly device: string | undefined;
  readonly metric: number | undefined;
  readonly reject: boolean;
}

export type RouteProblem =
  | { readonly kind: 'usage' }
  | { readonly kind: 'unresolved'; readonly name: string; /** DNS said that there is none. */ readonly certain: boolean }
  | { readonly kind: 'netmask'; readonly message: string };

function maskPrefix(mask: string): number | undefined {
  const bits = ipv4Bits(mask);
  if (bits === undefined) return undefined;
  const prefix = bits === 0 ? 0 : Math.clz32(~bits >>> 0);
  return bits === (prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0) ? prefix : undefined;
}

/** @param words what follows `add` or `del` */
export function* readRouteWish(context: ProcessContext, words: readonly string[]): Blocking<RouteWish | RouteProblem> {
  const rest = [...words];
  let how: 'net' | 'host' | undefined;
  if (rest[0] === '-net' || rest[0] === '-host') how = rest.shift() === '-net' ? 'net' : 'host';
  const target = rest.shift();
  if (target === undefined) return { kind: 'usage' };
  let gateway: string | undefined;
  let device: string | undefined;
  let metric: number | undefined;
  let prefix: number | undefined;
  let reject = false;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? '';
    const takes = ['gw', 'gateway', 'netmask', 'genmask', 'dev', 'device', 'metric', 'mss', 'window', 'irtt'].includes(word);
    const value = takes ? rest[++at] : undefined;
    if (takes && value === undefined) return { kind: 'usage' };
    if (word === 'gw' || word === 'gateway') {
      const found = yield* addressOf(context, value ?? '');
      if (typeof found !== 'string') return { kind: 'unresolved', name: value ?? '', certain: found.code === 'EAI_NONAME' };
      gateway = found;
    } else if (word === 'netmask' || word === 'genmask') {
      prefix = maskPrefix(value ?? '');
      if (prefix === undefined) return { kind: 'netmask', message: `bogus netmask ${value ?? ''}` };
    } else if (word === 'metric') metric = Number(value) || undefined;
    else if (word === 'dev' || word === 'device') device = value;
    else if (word === 'reject') reject = true;
    else if (!takes && !['mod', 'dyn', 'reinstate'].includes(word)) device = word;
  }
  const [text = '', length] = target.split('/');
  if (text === 'default') return { kind: 'wish', destination: { address: '0.0.0.0', prefix: 0 }, gateway, device, metric, reject };
  const address = yield* addressOf(context, text);
  if (typeof address !== 'string') return { kind: 'unresolved', name: text, certain: address.code === 'EAI_NONAME' };
  const asHost = how === 'host' || (how === undefined && length === undefined && prefix === undefined && !isClassNetwork(address));
  const bits = asHost ? 32 : (prefix ?? (length === undefined ? classPrefix(address) : Number(length)));
  if (how === 'host' && length !== undefined) return { kind: 'netmask', message: "netmask doesn't make sense with host route" };
  // Without a mask the kernel is asked, with the mask of the address's class.
  const isGiven = prefix !== undefined || length !== undefined;
  if (isGiven && networkOf({ address, prefix: bits }).address !== address) return { kind: 'netmask', message: "netmask doesn't match route address" };
  return { kind: 'wish', destination: { address, prefix: bits }, gateway, device, metric, reject };
}

function* addressOf(context: ProcessContext, text: string): Blocking<string | ResolveFailure> {
  const literal = parseAddress(text);
  if (literal !== undefined) return literal;
  const found = yield* resolve(context, text, { flavour: 'glibc', family: 4 });
  return isResolveFailure(found) ? found : (found[0] ?? { kind: 'resolve-failure', code: 'EAI_NONAME' });
}

function classPrefix(address: string): number {
  const first = Number(address.split('.')[0]);
  return first === 0 ? 0 : first < 128 ? 8 : first < 192 ? 16 : 24;
}

function isClassNetwork(address: string): boolean {
  return networkOf({ address, prefix: classPrefix(address) }).address === address;
}

/** Does it. @returns EPERM without CAP_NET_ADMIN, and what the kernel says */
export function changeRoute(context: ProcessContext, action: 'add' | 'del', wish: RouteWish): Errno | undefined {
  const { net } = context.process.namespaces;
  if (!capable(context.process.credentials, 'CAP_NET_ADMIN', net.owner)) return errno('EPERM');
  const device = wish.device === undefined ? undefined : net.interfaces.find(wish.device);
  if (wish.device !== undefined && !device) return errno('ENODEV');
  const common = { destination: wish.destination, gateway: wish.gateway, metric: wish.metric };
  const request = wish.reject ? { ...common, device: net.interfaces.loopback, refusing: 'unreachable' as const } : { ...common, device };
  const result = action === 'add' ? net.routes.add(request) : net.routes.remove(request);
  return isErrno(result) ? result : undefined;
}
