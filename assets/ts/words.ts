/** What a page says to its scripts: whose it is, and the sentences that they show. */

/** The mark of account and person that this page was made for; empty when nobody is signed in. */
export const me = (): string => document.body.dataset.who ?? "";
export const words = (): DOMStringMap => document.getElementById("words")!.dataset;

export function when(moment: number | string): string {
  const shape = { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit", day: "numeric", month: "numeric" } as const;
  return new Date(moment).toLocaleString(document.documentElement.lang === "en" ? "en-GB" : "vi-VN", shape);
}

/** One line a level, under the head of the page. */
export function say(sentence: string, level = "info"): void {
  const strip = document.getElementById("strip")!;
  const line = strip.querySelector(`.${level}`) ?? strip.appendChild(document.createElement("p"));
  line.className = level;
  line.textContent = sentence;
}
