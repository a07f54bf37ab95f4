// Without a line a visitor still reads where the centres are and how to call them. The network always comes first; nothing
// is kept but one public page and the files it needs, and nothing of a person is ever touched.
"use strict";
const KEPT = {{ kept|safe }};
const NAME = `offline-${KEPT.version}`;
const PAGE = KEPT.files[0];
const NOT_OURS = /^\/(admin|api|apply|requests|forms|documents|helped|appearance|media|healthz|readyz)(\/|$)/;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(NAME);
    await cache.addAll([new Request(PAGE, { cache: "reload", credentials: "omit" }), ...KEPT.files.slice(1)]);
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith("offline-") && name !== NAME);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const request = event.request, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || NOT_OURS.test(url.pathname)) return;
  const wanted = request.mode === "navigate" ? PAGE : KEPT.files.includes(url.pathname) ? url.pathname : "";
  if (!wanted) return;
  event.respondWith(fetch(request).catch(async () => (await (await caches.open(NAME)).match(wanted)) || Response.error()));
});
