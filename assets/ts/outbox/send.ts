import { type Item, all, changed, me, mine, one, put, within, words } from "./store";

/** A part of a picture: some ten seconds on the slowest link. */
const PART = 48 * 1024;
const PATIENCE = 30_000;
const KEPT_SENT = 20;

class NoLink extends Error {}

interface Answer {
  status: number;
  told: { url?: string; received?: number; messages?: string[]; error?: { code: string; message: string; fields: Record<string, string> } };
  headers: Headers;
}

/** Ask the node. Whatever is not its own JSON (a hotspot's page, a proxy's, a redirect) counts as no link. */
async function ask(method: string, url: string, headers: Record<string, string>, body?: BodyInit): Promise<Answer> {
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const token = /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";
    const given = { Accept: "application/json", "X-CSRFToken": token, "X-Sender": me(), ...headers };
    const answer = await fetch(url, { method, headers: given, body: body ?? null, redirect: "manual", signal: stop.signal, cache: "no-store" });
    const told = await answer.json().catch(() => undefined);
    if (answer.status === 413 && !told?.error) return { status: 413, told: { error: { code: "too_large", message: words().large!, fields: {} } }, headers: answer.headers };
    if (!told || (!answer.ok && !told.error)) throw new NoLink();
    if (told.error?.code === "csrf_failed" && method !== "GET" && !headers["X-Again"]) {
      await ask("GET", "/offline/pages/", {});
      return await ask(method, url, { ...headers, "X-Again": "1" }, body);
    }
    return { status: answer.status, told, headers: answer.headers };
  } catch {
    throw new NoLink();
  } finally {
    clearTimeout(late);
  }
}

const BELIEVED = 90 * 86_400_000;

/**
 * How long ago an item was written. A page's own clock, which nobody sets, stands still while the phone sleeps and ends with the
 * page: it says how long it was at least. The phone's clock says the rest, unless it was set meanwhile.
 */
function age(item: Item): number {
  const least = item.origin === performance.timeOrigin ? performance.now() - item.ticks : 0;
  const told = Date.now() - item.at;
  return told >= least && told < BELIEVED ? told : least;
}

/** The node's clock decides when it was: it needs the age, and shows the phone's time where the two differ. */
function stamped(item: Item, key: string): Record<string, string> {
  return {
    "Idempotency-Key": key,
    "X-Client-Time": new Date(item.at).toISOString(),
    "X-Client-Age": String(Math.round(age(item) / 1000)),
  };
}

async function sendWords(item: Item): Promise<Answer> {
  let body: BodyInit = new URLSearchParams(item.fields);
  if (item.photos.length && !item.files) {
    const form = (body = new FormData());
    item.fields.forEach(([name, value]) => form.append(name, value));
    for (const photo of item.photos) form.append(photo.field, await blobOf(photo.id), photo.name);
  }
  return ask("POST", item.url, stamped(item, item.id), body);
}

function blobOf(id: string): Promise<Blob> {
  return within<Blob>(["blobs"], (blobs) => blobs.get(id));
}

/** The next picture: what is missing of it, part by part, then the form that takes it. */
async function sendPhoto(item: Item): Promise<Answer> {
  const photo = item.photos[0]!;
  const blob = await blobOf(photo.id);
  const place = `/offline/uploads/${photo.id}/`;
  let { told, status, headers } = await ask("GET", place, {});
  while (status === 200 && told.received! < blob.size) {
    const start = told.received!;
    const about = { "Upload-Offset": String(start), "Upload-Length": String(blob.size), "Content-Type": blob.type };
    ({ told, status, headers } = await ask("PUT", place, about, blob.slice(start, start + PART)));
  }
  if (status !== 200) return { told, status, headers };
  const target = new URL(item.files, new URL(item.result!, location.href)).pathname;
  const about = { ...stamped(item, photo.id), "X-Upload": `${photo.field}=${photo.id}` };
  return ask("POST", target, about, new URLSearchParams());
}

const LATER = [429, 500, 502, 503, 504];
const ANOTHER = ["another_sender", "assist_over", "key_of_another"];

/** What an answer makes of an item. False: the others wait too. */
function judge(item: Item, { status, told, headers }: Answer): boolean {
  const code = told.error?.code ?? "";
  if (status < 300) received(item, told.url, told.messages);
  else if (LATER.includes(status)) return later(item, Number(headers.get("Retry-After")) * 1000);
  else if (code === "upload_incomplete") return later(item, 0);
  else if (status === 401 || ANOTHER.includes(code)) {
    item.state = "login";
    if (told.error) item.why = told.error;
    return later(item, 0);
  } else {
    item.state = "wrong";
    item.why = told.error ?? { message: "", fields: {} };
    if (code === "key_reused") item.result = headers.get("Content-Location") ?? "";
  }
  return true;
}

function received(item: Item, url = "", said: string[] = []): void {
  if (item.state === "photos") item.photos.shift();
  else {
    item.result = url;
    item.said = said;
  }
  if (!item.files) item.photos = [];
  item.state = item.photos.length ? "photos" : "sent";
  item.tries = item.next = 0;
  delete item.why;
  if (item.state === "sent") {
    item.sentAt = Date.now();
    item.fields = [];
  }
}

function later(item: Item, asked: number): false {
  item.tries += 1;
  item.asked = asked > 0;
  item.next = Date.now() + (asked || Math.min(900_000, 5000 * 2 ** item.tries) * (0.75 + Math.random() / 2));
  return false;
}

/** One item as far as it goes. False: stop here. */
async function step(item: Item): Promise<boolean> {
  changed(item.n);
  const photo = item.state === "photos" ? item.photos[0] : undefined;
  const blobs = photo ? [photo] : item.files ? [] : [...item.photos];
  let goes: boolean;
  try {
    if (item.state === "login") item.state = "wait";
    goes = judge(item, await (photo ? sendPhoto(item) : sendWords(item)));
  } catch {
    goes = later(item, 0);
  }
  const kept = await one(item.n!);
  if (kept && kept.rev === item.rev) await put(item);
  if (item.state === "sent" || item.photos[0] !== photo) {
    await within(["blobs"], (store) => blobs.forEach((each) => item.photos.includes(each) || store.delete(each.id)));
  }
  changed();
  return goes;
}

function isDue(item: Item, eager: boolean): boolean {
  return item.next <= Date.now() || (eager && !item.asked);
}

/** Words first, in the order of writing; pictures when no words wait. The first that cannot go holds those behind it. */
async function flushAll(eager: boolean): Promise<void> {
  for (const states of [["wait", "login"], ["photos"]]) {
    for (;;) {
      const item = (await all()).find((each) => mine(each) && states.includes(each.state));
      if (!item) break;
      if (!isDue(item, eager) || !(await step(item))) return;
    }
  }
  await forgetOldest();
}

async function forgetOldest(): Promise<void> {
  const sent = (await all()).filter((item) => mine(item) && item.state === "sent");
  const old = sent.slice(0, -KEPT_SENT);
  if (old.length) await within(["items"], (items) => old.forEach((item) => items.delete(item.n!)));
}

let running: Promise<void> | undefined;

/** Send what waits. Only one tab does; `eager` (somebody just did something) does not wait for the next try. */
export function flush(eager: boolean): Promise<void> {
  if (!me()) return Promise.resolve();
  const work = (): Promise<void> => flushAll(eager);
  if (!navigator.locks) return (running ??= work().finally(() => (running = undefined)));
  const how = eager ? {} : { ifAvailable: true };
  return navigator.locks.request("outbox", how, (lock) => (lock ? work() : undefined)).then(() => undefined);
}
