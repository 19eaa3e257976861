/// <reference lib="webworker" />
/** Opens pages without a link. `Langso-Keep` of each page says how; nothing else is kept but static files. */
export {};
declare const self: ServiceWorkerGlobalScope & { SHELL: { pages: string[]; files: string[] } };

const PAGES = "pages";
const FILES = "files";
const READER = "/offline/reader";
/** When all pages were last fetched ahead. It goes with the pages, so that another reader gets theirs at once. */
const AHEAD = "/offline/ahead";
const AHEAD_EVERY = 6 * 3_600_000;
const CAP = 3000;
const QUIET = { headers: { "X-Quiet": "1" } };

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((files) => files.addAll(self.SHELL.files)).then(() => self.skipWaiting()));
});

/** Kept pages name the files of their own version: they go with it, and are fetched anew at once. */
self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const files = await caches.open(FILES);
      for (const each of await files.keys()) if (!self.SHELL.files.includes(new URL(each.url).pathname)) await files.delete(each);
      await caches.delete(PAGES);
      await self.clients.claim();
      await keepAll().catch(() => undefined);
    })(),
  );
});

self.addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(keepAll());
});

/** Whether the reader is known: a form may have signed somebody in or out, until the next page says who reads. */
let sure = true;

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.mode === "navigate" && request.method !== "GET") sure = false;
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (request.mode === "navigate") event.respondWith(page(event, request));
});

async function file(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

async function page(event: FetchEvent, request: Request): Promise<Response> {
  const kept = await caches.match(request.url, { cacheName: PAGES });
  if (sure && kept?.headers.get("Langso-Keep") === "form") {
    event.waitUntil(renew(request.url));
    return shown(kept, "");
  }
  const coming = fetch(request).then(async (answer) => {
    await store(request.url, answer, true);
    return answer;
  });
  if (!kept) return coming.catch(async () => (await caches.match("/offline/", { cacheName: PAGES })) ?? Response.error());
  event.waitUntil(coming.catch(() => undefined));
  const late = new Promise<never>((_, fail) => sure && setTimeout(fail, CAP));
  try {
    const answer = await Promise.race([coming, late]);
    return answer.status > 501 ? shown(kept, " data-stale") : answer;
  } catch {
    return shown(kept, " data-stale");
  }
}

/** A kept page, with its age in the body for the page's own script. */
async function shown(kept: Response, more: string): Promise<Response> {
  const html = (await kept.text()).replace("<body", `<body data-kept="${kept.headers.get("Langso-At")}"${more}`);
  const headers = new Headers({ "Content-Type": "text/html; charset=utf-8" });
  headers.set("Content-Security-Policy", kept.headers.get("Content-Security-Policy") ?? "default-src 'self'");
  return new Response(html, { headers });
}

async function readerNow(pages: Cache): Promise<string | undefined> {
  return (await pages.match(READER))?.text();
}

let turn: Promise<unknown> = Promise.resolve();

/** One page after the other: two that find another reader at once must not throw away what the first has kept. */
function store(url: string, answer: Response, seen: boolean): Promise<void> {
  const copy = answer.clone();
  const kept = turn.then(() => keep(url, copy, seen));
  turn = kept.catch(() => undefined);
  return kept;
}

/** Keep a page if its headers allow. A page for another reader, seen by somebody, ends all that was kept before. */
async function keep(url: string, answer: Response, seen: boolean): Promise<void> {
  const reader = answer.headers.get("Langso-Reader");
  if (reader === null || answer.redirected) return;
  if (seen) sure = true;
  let pages = await caches.open(PAGES);
  const now = await readerNow(pages);
  if (now !== reader) {
    if (now !== undefined && !seen) return;
    await caches.delete(PAGES);
    pages = await caches.open(PAGES);
    await pages.put(READER, new Response(reader));
  }
  if (answer.ok && answer.headers.has("Langso-Keep")) await pages.put(url, answer);
  else if (answer.status === 403 || answer.status === 404) await pages.delete(url);
}

async function renew(url: string): Promise<void> {
  try {
    await store(url, await fetch(url, QUIET), false);
  } catch {
    // No link: what is kept stays.
  }
}

let keeping: Promise<void> | undefined;

function keepAll(): Promise<void> {
  return (keeping ??= keepEach().finally(() => (keeping = undefined)));
}

async function keepEach(): Promise<void> {
  const last = await caches.match(AHEAD, { cacheName: PAGES });
  if (last && Date.now() - Number(await last.text()) < AHEAD_EVERY) return;
  await Promise.all(self.SHELL.pages.map(renew));
  const told = await fetch("/offline/pages/").then((answer) => answer.json());
  for (const url of told.pages as string[]) await renew(new URL(url, location.href).href);
  await (await caches.open(PAGES)).put(AHEAD, new Response(String(Date.now())));
}
