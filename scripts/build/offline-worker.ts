// The service worker: keeps the whole course in the browser, so that it also works without a network. Runs in the
// browser only; service-worker.ts strips its types and puts the list of files in front of it.

/** Addresses below the site's root that are kept from the start; `version` changes whenever one of them does. */
declare const files: readonly string[];
declare const version: string;

interface ExtendableLike extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchLike extends ExtendableLike {
  readonly request: Request;
  readonly preloadResponse: Promise<Response | undefined>;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  readonly registration: { readonly scope: string; readonly navigationPreload?: { enable(): Promise<void> } };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableLike) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchLike) => void): void;
}
const worker = globalThis as unknown as Worker;

const prefix = 'namespace-lab-';
const own = prefix + version;
/** How long a page may keep a reader waiting before the kept one is shown. */
const patience = 1500;
const atOnce = 6;

worker.addEventListener('install', (event) => event.waitUntil(keepAll().then(() => worker.skipWaiting())));

worker.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([forgetOld(), worker.registration.navigationPreload?.enable(), worker.clients.claim()]));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(worker.registration.scope)) return;
  if (request.mode === 'navigate') event.respondWith(page(event));
  else if (request.url.includes('/_astro/')) event.respondWith(unchanging(request));
  else event.respondWith(fetch(request).catch(() => kept(request.url)));
});

/** Fetches every file that an earlier version did not already keep; a name below _astro/ never changes its content. */
async function keepAll(): Promise<void> {
  const cache = await caches.open(own);
  const waiting = files.map((file) => new URL(file, worker.registration.scope).href);
  const keepNext = async (): Promise<void> => {
    for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
      const fixed = url.includes('/_astro/');
      const known = fixed ? await caches.match(url) : undefined;
      const response = known ?? (await fetch(url, { cache: fixed ? 'default' : 'no-cache' }));
      // 404.html comes as what it is.
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      await cache.put(url, response);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, keepNext));
}

/** The version before this one stays, because an open page may still ask for its parts. */
async function forgetOld(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== own);
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
}

/** A page from the network while that answers soon, so that readers get corrections; the kept one otherwise. */
async function page(event: FetchLike): Promise<Response> {
  const fresh = event.preloadResponse.then((response) => response ?? fetch(event.request));
  event.waitUntil(fresh.catch(() => undefined));
  const soon = new Promise<undefined>((done) => setTimeout(() => done(undefined), patience));
  const answer = await Promise.race([fresh, soon]).catch(() => undefined);
  return answer ?? kept(event.request.url).catch(() => fresh);
}

async function unchanging(request: Request): Promise<Response> {
  const known = await caches.match(request.url);
  if (known) return known;
  const response = await fetch(request);
  // The editor, which not everybody wants, is kept once it was used.
  if (response.ok) await (await caches.open(own)).put(request.url, response.clone());
  return response;
}

async function kept(url: string): Promise<Response> {
  const { href } = Object.assign(new URL(url), { hash: '', search: '' });
  const cache = await caches.open(own);
  const found = (await cache.match(href)) ?? (await cache.match(`${href}/`)) ?? (await cache.match(new URL('404.html', worker.registration.scope)));
  if (!found) throw new Error(`${href} is not kept`);
  return found;
}
