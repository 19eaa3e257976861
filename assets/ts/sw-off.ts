/// <reference lib="webworker" />
/** The kill switch: sent instead of `sw.ts`, it removes itself and everything that was kept of pages. The outbox stays. */
declare const self: ServiceWorkerGlobalScope;

self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const each of await caches.keys()) await caches.delete(each);
      await self.registration.unregister();
    })(),
  );
});
export {};
