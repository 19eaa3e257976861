import { reduced } from "./photos";
import { flush } from "./send";
import { type Item, type Photo, all, changed, me, one, save, uuid, within, words } from "./store";

const PAUSE = 400;
/** How long somebody looks at the form before "saved on this phone" is the answer. */
const GLANCE = 4000;

interface Draft {
  fields: [string, string][];
  files: [string, File][];
}

function draftKey(form: HTMLFormElement): string {
  return `${me()} ${form.action}`;
}

function texts(form: HTMLFormElement, by?: HTMLElement | null): [string, string][] {
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  if (by instanceof HTMLButtonElement && by.name) fields.push([by.name, by.value]);
  return fields as [string, string][];
}

function files(form: HTMLFormElement): [string, File][] {
  return [...new FormData(form)].filter((pair): pair is [string, File] => pair[1] instanceof File && pair[1].size > 0);
}

/** Put words back into a form. */
function fill(form: HTMLFormElement, fields: [string, string][]): void {
  const left = [...fields];
  for (const each of form.elements) {
    if (!(each instanceof HTMLInputElement || each instanceof HTMLTextAreaElement || each instanceof HTMLSelectElement)) continue;
    if (!each.name || each.type === "file" || each.name === "csrfmiddlewaretoken" || each.name === "client_id") continue;
    const ticks = each.type === "radio" || each.type === "checkbox";
    const at = left.findIndex(([name, value]) => name === each.name && (!ticks || value === each.value));
    if (ticks) (each as HTMLInputElement).checked = at >= 0;
    else if (at >= 0) each.value = left[at]![1];
    if (at >= 0) left.splice(at, 1);
    if (each.value !== (each as HTMLInputElement).defaultValue) each.closest("details")?.setAttribute("open", "");
  }
}

function fillFiles(form: HTMLFormElement, kept: [string, File][]): void {
  for (const input of form.querySelectorAll<HTMLInputElement>("input[type=file]")) {
    const hand = new DataTransfer();
    kept.filter(([name]) => name === input.name).forEach(([, file]) => hand.items.add(file));
    if (hand.files.length) input.files = hand.files;
  }
}

/** A page that was kept yesterday still says yesterday: days that were offered, not chosen, become today's. */
function today(form: HTMLFormElement): void {
  const now = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
  const said = (day: string): string => day.split("-").reverse().join("/");
  for (const input of form.querySelectorAll<HTMLInputElement>("input[type=date][max]")) {
    const then = input.max;
    if (document.body.dataset.kept === undefined || now <= then) return;
    if (input.value === then) input.value = now;
    input.max = now;
    for (const shown of form.querySelectorAll("summary")) shown.textContent = shown.textContent!.replace(said(then), said(now));
  }
}

function saveDraft(form: HTMLFormElement): Promise<unknown> {
  const draft: Draft = { fields: texts(form), files: files(form) };
  return within(["drafts"], (drafts) => drafts.put(draft, draftKey(form)));
}

/** What stands in the way of a form, above it, each line leading to its field. */
function complain(form: HTMLFormElement, why: Item["why"], way = ""): void {
  form.parentElement!.querySelector(".form-errors")?.remove();
  if (!why) return;
  const part = (document.getElementById("mend") as HTMLTemplateElement).content.cloneNode(true) as DocumentFragment;
  const box = part.firstElementChild as HTMLElement;
  const list = box.querySelector("ul")!;
  const lines = Object.entries(why.fields);
  for (const [name, sentence] of lines.length ? lines : [["", why.message] as const]) {
    const line = list.appendChild(document.createElement("li"));
    const field = name ? form.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`) : null;
    const label = field?.closest(".field")?.querySelector("label, legend")?.firstChild?.textContent?.trim();
    const target = field?.id ? `#${field.id}` : way;
    const at = target ? line.appendChild(document.createElement("a")) : line;
    if (at instanceof HTMLAnchorElement) at.href = target;
    at.textContent = label ? `${label} – ${sentence}` : sentence;
    field?.closest("details")?.setAttribute("open", "");
  }
  form.before(box);
  box.focus();
}

interface Made {
  item: Item;
  blobs: Map<string, Blob>;
  replaced: Photo[];
}

/** What the outbox calls it: the form's own words, and the number that was typed. */
function told(form: HTMLFormElement): string {
  const box = form.querySelector(".stepper-box");
  const typed = box?.querySelector("input")?.value;
  return `${form.dataset.outbox}${typed ? `: ${typed} ${box!.querySelector(".unit")?.textContent ?? ""}` : ""}`.trim();
}

async function make(form: HTMLFormElement, by: HTMLElement | null): Promise<Made> {
  const editing = form.dataset.item ? await one(Number(form.dataset.item)) : undefined;
  const { kind, files: target } = form.dataset;
  const id = editing?.id ?? uuid();
  const blobs = new Map<string, Blob>();
  const photos: Photo[] = [];
  for (const [field, file] of files(form)) {
    const photo = { id: uuid(), field, name: file.name };
    blobs.set(photo.id, await reduced(file));
    photos.push(photo);
  }
  const item: Item = {
    id,
    who: me(),
    kind: kind ?? "",
    label: told(form),
    url: form.action.replace(location.origin, "").split("#")[0]!,
    page: location.pathname + location.search,
    fields: texts(form, by).map(([name, value]) => [name, name === "client_id" ? id : value]),
    photos: photos.length ? photos : editing?.photos ?? [],
    files: target ?? "",
    at: editing?.at ?? Date.now(),
    origin: editing?.origin ?? performance.timeOrigin,
    ticks: editing?.ticks ?? performance.now(),
    rev: Math.random(),
    state: "wait",
    tries: 0,
    next: 0,
  };
  if (editing) item.n = editing.n!;
  return { item, blobs, replaced: photos.length && editing ? editing.photos : [] };
}

async function submit(form: HTMLFormElement, by: HTMLElement | null): Promise<void> {
  const wrong = form.querySelector<HTMLElement>(":invalid");
  wrong?.closest("details")?.setAttribute("open", "");
  if (!form.reportValidity() || form.dataset.busy) return;
  form.dataset.busy = "1";
  let item: Item;
  try {
    const made = await make(form, by);
    item = made.item;
    item.n = (await save(item, made.blobs, made.replaced)) as number;
    await within(["drafts"], (drafts) => drafts.delete(draftKey(form)));
  } catch {
    // Nothing could be kept here: say so, and let the next touch send it as a page without scripts would.
    form.dataset.direct = "1";
    delete form.dataset.busy;
    return complain(form, { message: words().full!, fields: {} });
  }
  form.dataset.item = String(item.n);
  void navigator.storage?.persist?.();
  changed();
  complain(form, undefined);
  const panel = showSaved(form);
  await Promise.race([flush(true), new Promise((done) => setTimeout(done, GLANCE))]);
  delete form.dataset.busy;
  if (!(await settled(form, panel, item.n!))) {
    const look = (): void => void settled(form, panel, item.n!).then((done) => done && removeEventListener("outbox", look));
    addEventListener("outbox", look);
  }
}

function showSaved(form: HTMLFormElement): HTMLElement {
  const panel = (document.getElementById("saved") as HTMLTemplateElement).content.firstElementChild!.cloneNode(true) as HTMLElement;
  panel.querySelector<HTMLAnchorElement>("[data-another]")!.href = location.pathname + location.search;
  form.before(panel);
  form.hidden = true;
  panel.focus();
  return panel;
}

/** Follow a form that was saved: on to its page once it is received, back to the form when it was refused. */
async function settled(form: HTMLFormElement, panel: HTMLElement, n: number): Promise<boolean> {
  const item = await one(n);
  if (item && item.state === "wrong") {
    panel.remove();
    // What arrived before stands: it is corrected there, not here.
    form.hidden = !!item.result;
    complain(form, item.why, item.result);
    return true;
  }
  const away = item && (item.state === "sent" || item.state === "photos") && item.result;
  if (away) {
    sessionStorage.setItem("langso.said", item.said?.join(" ") ?? "");
    location.assign(away);
  }
  return !item || !!away;
}

async function begin(form: HTMLFormElement): Promise<void> {
  today(form);
  const asked = /^#item=(\d+)$/.exec(location.hash);
  const item = asked ? (await all()).find((each) => each.n === Number(asked[1]) && each.who === me()) : undefined;
  if (item && item.state !== "sent" && item.url === form.action.replace(location.origin, "").split("#")[0]) {
    form.dataset.item = String(item.n);
    fill(form, item.fields);
    return complain(form, item.why);
  }
  if (form.parentElement!.querySelector(".form-errors")) return;
  const draft = await within<Draft | undefined>(["drafts"], (drafts) => drafts.get(draftKey(form)));
  if (!draft) return;
  fill(form, draft.fields);
  fillFiles(form, draft.files);
}

/** Every form that carries `data-outbox` keeps what is typed and is saved here before it is sent. */
export function watchForms(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-outbox]")) {
    if (!me()) continue;
    let pause = 0;
    const keep = (): void => {
      clearTimeout(pause);
      pause = window.setTimeout(() => void saveDraft(form).catch(() => undefined), PAUSE);
    };
    void begin(form).catch(() => undefined);
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
    form.addEventListener("submit", (event) => {
      clearTimeout(pause);
      if (form.dataset.direct) return;
      event.preventDefault();
      void submit(form, event.submitter);
    });
  }
}

