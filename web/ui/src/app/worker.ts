// The service worker. It keeps the shell, which is the same for everybody, and
// the page « Hors connexion »; never a page of anybody's. Pages always come
// from the server while it answers, so that no old one is ever shown.
//
// VERSION and SHELL are the bundle's (build.mjs): a new bundle is a new worker,
// which takes over at once and lets the old shell go.
declare const VERSION: string;
declare const SHELL: string[];

interface Extended extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetched extends Extended {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
const worker = self as unknown as {
  addEventListener(kind: "install" | "activate", take: (event: Extended) => void): void;
  addEventListener(kind: "fetch", take: (event: Fetched) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
};

const cache = `congres-${VERSION}`;
const page = "/hors-ligne";
/** Forms whose words this device keeps, and signing out, which has none: these
 * alone may fail to be sent and still show a page. */
const kept = /^\/(contributions\/(nouvelle|[^/]+\/modifier)|sortir)$/;

worker.addEventListener("install", (event) =>
  event.waitUntil(
    caches
      .open(cache)
      .then((c) => c.addAll([...SHELL, page].map((url) => new Request(url, { cache: "reload" }))))
      .then(() => worker.skipWaiting()),
  ),
);

worker.addEventListener("activate", (event) =>
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("congres-") && name !== cache).map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  ),
);

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== location.origin) return;
  if (SHELL.includes(pathname + search)) event.respondWith(first(request));
  else if (request.mode === "navigate" && (request.method === "GET" || kept.test(pathname))) event.respondWith(fetch(request).catch(absent));
});

async function first(request: Request): Promise<Response> {
  return (await (await caches.open(cache)).match(request)) ?? fetch(request);
}

async function absent(error: unknown): Promise<Response> {
  const answer = await (await caches.open(cache)).match(page);
  if (!answer) throw error;
  return answer;
}
