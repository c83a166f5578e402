// Keeps the page of the session and its files on the device. It answers for them and the session's figures, and with
// one page of its own where any other cannot be reached: no page with health data is ever in its cache, and no answer
// of the API.

const SHELL = `weaklink-shell-${EDITION}`;
const FIGURES = "weaklink-figures";
const PATIENCE_MS = 2_500;
const known = new Set(FILES);

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname === "/session") return event.respondWith(page(request));
  if (request.mode === "navigate") return event.respondWith(fetch(request).catch(() => offline()));
  if (known.has(url.pathname + url.search)) return event.respondWith(fromShell(request));
  if (isFigure(url)) event.respondWith(fromFigures(request));
});

async function install() {
  const cache = await caches.open(SHELL);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })));
  await self.skipWaiting();
}

async function tidy() {
  for (const name of await caches.keys()) if (name.startsWith("weaklink-shell-") && name !== SHELL) await caches.delete(name);
  await self.clients.claim();
}

/** The page from the network while it is quick; else the kept one. It is the same for everybody. */
async function page(request) {
  const kept = await caches.match("/session", { cacheName: SHELL });
  const fresh = fetch(request);
  if (!kept || kept.redirected) return fresh; // before there was a plan it led elsewhere
  const late = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  return Promise.race([fresh.catch(() => kept), late]);
}

/** What can be done without a connection; it holds nothing of the runner. */
async function offline() {
  return (await caches.match("/offline", { cacheName: SHELL })) ?? Response.error();
}

async function fromShell(request) {
  const kept = await caches.match(request, { cacheName: SHELL });
  return kept ?? fetch(request);
}

const isFigure = (url) => /^\/(static\/figures\/(body\.glb|movements\/)|figures\/moves\/)/.test(url.pathname);

/** Figures are put into the cache by the session itself and taken out when its plan goes. */
async function fromFigures(request) {
  const kept = await caches.match(request, { cacheName: FIGURES });
  return kept ?? fetch(request);
}
