/** What this phone keeps: one database, written through to the disk before anything is sent. */
import { me } from "../words";

export { me, when, words } from "../words";

/** `wait`: saved here. `photos`: the words are there, pictures follow. `login`, `wrong`: need somebody. `sent`: received. */
export type State = "wait" | "photos" | "login" | "wrong" | "sent";

export interface Photo {
  id: string;
  field: string;
  name: string;
}

export interface Item {
  /** Its place in the order of writing. */
  n?: number;
  /** The idempotency key: the same for every sending, also after it was mended. */
  id: string;
  who: string;
  kind: string;
  label: string;
  url: string;
  page: string;
  fields: [string, string][];
  photos: Photo[];
  /** Where pictures go, relative to the result; empty: with the words. */
  files: string;
  /** When it was written, by this phone's clock, and by the one of the page that counts evenly. */
  at: number;
  origin: number;
  ticks: number;
  /** Changes with each mending, so that an answer to the words before does not pass for one to these. */
  rev: number;
  state: State;
  tries: number;
  next: number;
  /** `next` was asked for by the node. */
  asked?: boolean;
  why?: { message: string; fields: Record<string, string> };
  result?: string;
  said?: string[];
  sentAt?: number;
}

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((done, fail) => {
    const asked = indexedDB.open("langso", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("items", { keyPath: "n", autoIncrement: true });
      asked.result.createObjectStore("blobs");
      asked.result.createObjectStore("drafts");
    };
    asked.onsuccess = () => {
      asked.result.onclose = () => (opened = undefined);
      done(asked.result);
    };
    asked.onerror = () => {
      opened = undefined;
      fail(asked.error);
    };
  });
  return opened;
}

type Name = "items" | "blobs" | "drafts";

/** One transaction over the named stores; done when it is on the disk. */
export async function within<T>(names: Name[], act: (...stores: IDBObjectStore[]) => IDBRequest<T> | void): Promise<T> {
  const base = await open();
  const write = base.transaction(names, "readwrite", { durability: "strict" });
  return new Promise((done, fail) => {
    write.onabort = () => fail(write.error);
    const asked = act(...names.map((name) => write.objectStore(name)));
    write.oncomplete = () => done((asked ? asked.result : undefined) as T);
  });
}

export const all = (): Promise<Item[]> => within<Item[]>(["items"], (items) => items.getAll());
export const one = (n: number): Promise<Item | undefined> => within(["items"], (items) => items.get(n));
export const put = (item: Item): Promise<IDBValidKey> => within(["items"], (items) => items.put(item));

/** Words and pictures together or not at all; pictures that were replaced go. A full phone rejects with `QuotaExceededError`. */
export function save(item: Item, pictures: Map<string, Blob>, replaced: Photo[]): Promise<IDBValidKey> {
  return within(["items", "blobs"], (items, blobs) => {
    replaced.forEach((photo) => blobs.delete(photo.id));
    pictures.forEach((blob, id) => blobs.put(blob, id));
    return items.put(item);
  });
}

export async function remove(item: Item): Promise<void> {
  await within(["items", "blobs"], (items, blobs) => {
    items.delete(item.n!);
    item.photos.forEach((photo) => blobs.delete(photo.id));
  });
  note(COUNT, Math.max(0, noted(COUNT) - 1));
}

/** Counts that lie outside the database, so that they outlive what the browser throws away. */
const COUNT = "langso.waiting";
const GONE = "langso.gone";
const noted = (name: string): number => Number(localStorage.getItem(name));
const note = (name: string, count: number): void => localStorage.setItem(name, String(count));

/** How many the browser threw away unsent; told on every page until the outbox was opened. */
export function lost(held: number, waiting: number): number {
  const gone = noted(GONE) + (held ? 0 : noted(COUNT));
  note(COUNT, waiting);
  note(GONE, document.getElementById("outbox-list") ? 0 : gone);
  return gone;
}

export const uuid = (): string => {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 15) | 64;
  bytes[8] = (bytes[8]! & 63) | 128;
  return Array.from(bytes, (byte, at) => ([4, 6, 8, 10].includes(at) ? "-" : "") + byte.toString(16).padStart(2, "0")).join("");
};

export const mine = (item: Item): boolean => item.who === me();

const heard = "BroadcastChannel" in window ? new BroadcastChannel("outbox") : undefined;

/** Tell this page and the other tabs that something changed; `sending` is what is on its way this moment, or 0. */
export function changed(sending = 0): void {
  heard?.postMessage(sending);
  dispatchEvent(new CustomEvent("outbox", { detail: sending }));
}
heard?.addEventListener("message", (event) => dispatchEvent(new CustomEvent("outbox", { detail: event.data })));
