import { watchForms } from "./forms";
import { flush } from "./send";
import { all, mine, when, words } from "./store";

const DAY = 86_400_000;
const COUNT = "langso.waiting";

/** One line a level, under the head of the page. */
function say(sentence: string, level = "info"): void {
  const strip = document.getElementById("strip")!;
  const line = strip.querySelector(`.${level}`) ?? strip.appendChild(document.createElement("p"));
  line.className = level;
  line.textContent = sentence;
}

/** The count on every page, and what should be known before anything else. */
async function show(first = false): Promise<void> {
  const items = await all();
  const waiting = items.filter((item) => item.state !== "sent");
  const own = waiting.filter(mine);
  const before = Number(localStorage.getItem(COUNT));
  if (first && before && !items.length) say(words().gone!.replace("{n}", String(before)), "danger");
  localStorage.setItem(COUNT, String(waiting.length));
  for (const link of document.querySelectorAll<HTMLElement>("[data-outbox-link]")) {
    const badge = link.querySelector("b")!;
    badge.textContent = String(own.length || waiting.length || "");
    badge.hidden = !waiting.length;
    link.classList.toggle("needs", own.some((item) => item.state === "wrong" || item.state === "login"));
    link.hidden = false;
  }
  if (own.some((item) => Date.now() - item.at > DAY)) say(words().nag!, "warning");
}

/** Leaving with something unsent asks first; what was kept of the pages goes either way. */
async function leave(form: HTMLFormElement): Promise<void> {
  const waits = (await all().catch(() => [])).some((item) => mine(item) && item.state !== "sent");
  if (waits && !confirm(words().leave)) return;
  if ("caches" in window) await caches.delete("pages");
  form.submit();
}

/** Pages open without a link; where the node says no to that, everything of it goes. */
async function worker(): Promise<void> {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const { sw, kept } = document.body.dataset;
  if (sw === undefined) {
    for (const each of await workers.getRegistrations()) await each.unregister();
    for (const each of await caches.keys()) await caches.delete(each);
    return;
  }
  await workers.register("/sw.js");
  const { active } = await workers.ready;
  if (kept === undefined) active!.postMessage("keep");
}

/** A page out of the phone's store says how old it is, and does not pretend to do what only the node can. */
function old(): void {
  const { kept, stale } = document.body.dataset;
  if (stale === undefined) return;
  say(`${words().asof} ${when(kept!)}`);
  for (const form of document.querySelectorAll<HTMLFormElement>("form[method=post]:not([data-outbox])")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.live) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { submitter } = event;
      const live = (): void => {
        form.dataset.live = "1";
        form.requestSubmit(submitter);
      };
      void fetch("/offline/pages/", { cache: "no-store" }).then(live, () => {
        say(words().needs!, "warning");
        scrollTo(0, 0);
      });
    });
  }
}

export function outbox(): void {
  old();
  const said = sessionStorage.getItem("langso.said");
  if (said) say(said, "ok");
  sessionStorage.removeItem("langso.said");
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-leave]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void leave(form);
    });
  }
  if (!("indexedDB" in window)) return;
  watchForms();
  addEventListener("outbox", (event) => (event as CustomEvent).detail || void show());
  const again = (eager: boolean) => (): void => void flush(eager).catch(() => undefined);
  addEventListener("online", again(true));
  addEventListener("pageshow", again(true));
  addEventListener("outbox:send", again(true));
  document.addEventListener("visibilitychange", () => document.hidden || again(true)());
  setInterval(again(false), 30_000);
  void show(true).catch(() => undefined);
  addEventListener("load", () => void worker().catch(() => undefined));
}
