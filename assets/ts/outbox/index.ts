import { say, words } from "../words";
import { watchForms } from "./forms";
import { flush } from "./send";
import { all, lost, mine } from "./store";

const DAY = 86_400_000;

/** The count on every page, and what should be known before anything else. */
async function show(): Promise<void> {
  const items = await all();
  const waiting = items.filter((item) => item.state !== "sent");
  const own = waiting.filter(mine);
  const gone = lost(items.length, waiting.length);
  if (gone) say(words().gone!.replace("{n}", String(gone)), "danger");
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

export function outbox(): void {
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
  void show().catch(() => undefined);
}
