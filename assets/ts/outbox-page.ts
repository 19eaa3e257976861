import { type Item, type State, all, mine, one, put, remove, when } from "./outbox/store";

const list = document.getElementById("outbox-list")!;
const part = (id: string): HTMLElement =>
  (document.getElementById(id) as HTMLTemplateElement).content.firstElementChild!.cloneNode(true) as HTMLElement;

function badgeOf(state: State | "sending"): HTMLElement {
  return part(`state-${state}`);
}

function row(item: Item, sending: boolean): HTMLElement {
  const line = part("outbox-item");
  const set = (name: string, text: string): void => {
    line.querySelector(`[data-${name}]`)!.textContent = text;
  };
  line.dataset.state = item.state;
  set("what", item.label);
  set("when", when(item.at));
  line.querySelector("[data-state-here]")!.append(badgeOf(sending ? "sending" : item.state));
  const reasons = item.why ? [...Object.values(item.why.fields), item.why.message].filter(Boolean).slice(0, 4) : [];
  const why = line.querySelector("[data-why]")!;
  reasons.forEach((sentence) => (why.appendChild(document.createElement("li")).textContent = sentence));
  if (!reasons.length) why.remove();
  acts(line, item);
  return line;
}

function acts(line: HTMLElement, item: Item): void {
  const open = { wait: ["resend", "edit", "delete"], login: ["login", "resend", "delete"], photos: ["see", "resend"], wrong: ["edit", "delete"], sent: ["see"] };
  const offered = new Set(open[item.state]);
  if (item.result && item.state === "wrong") offered.add("see").delete("edit");
  for (const act of line.querySelectorAll<HTMLElement>("[data-act]")) {
    const name = act.dataset.act!;
    if (!offered.has(name)) act.remove();
    else if (act instanceof HTMLAnchorElement) act.href = name === "see" ? item.result! : name === "edit" ? `${item.page}#item=${item.n}` : act.href;
    else act.addEventListener("click", () => void (name === "delete" ? drop(act, item) : again(item)));
  }
}

async function again(item: Item): Promise<void> {
  const now = await one(item.n!);
  if (now) await put({ ...now, next: 0, asked: false });
  dispatchEvent(new Event("outbox:send"));
}

async function drop(act: HTMLElement, item: Item): Promise<void> {
  if (!confirm(act.dataset.sure)) return;
  await remove(item);
  dispatchEvent(new CustomEvent("outbox", { detail: 0 }));
}

async function show(sending = 0): Promise<void> {
  const items = await all();
  const own = items.filter(mine).reverse();
  const rows = [...own.filter((item) => item.state !== "sent"), ...own.filter((item) => item.state === "sent")];
  list.replaceChildren(...rows.map((item) => row(item, item.n === sending)));
  document.getElementById("outbox-none")!.hidden = rows.length > 0;
  const others = items.filter((item) => !mine(item) && item.state !== "sent").length;
  const note = document.getElementById("outbox-others")!;
  note.hidden = !others;
  note.querySelector("b")!.textContent = String(others);
  await warn(items.some((item) => item.state !== "sent"));
}

/** Say in words when the phone may throw away what waits, or has hardly any room left. */
async function warn(waiting: boolean): Promise<void> {
  const safe = (await navigator.storage?.persisted?.()) ?? false;
  document.getElementById("outbox-unsafe")!.hidden = safe || !waiting;
  const { usage = 0, quota = Infinity } = (await navigator.storage?.estimate?.()) ?? {};
  document.getElementById("outbox-full")!.hidden = quota - usage > 20_000_000;
}

addEventListener("outbox", (event) => void show((event as CustomEvent<number>).detail));
void show();
