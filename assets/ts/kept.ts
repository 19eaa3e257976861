import { say, when, words } from "./words";

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

/** Pages that were opened are kept by the phone, for everybody: a buyer's lot as well. */
export function kept(): void {
  old();
  addEventListener("load", () => void worker().catch(() => undefined));
}
