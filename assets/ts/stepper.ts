/** Reads "2,5", "2.5" and "1.500" as the server does (langso.kernel.ui.forms.read_amount). */
export function readAmount(typed: string, grouping: string): number | null {
  const text = typed.replace(/\s/g, "");
  const marks = text.replace(/[^.,]/g, "");
  const grouped = /^-?[1-9]\d{0,2}([.,])\d{3}(\1\d{3})*$/;
  let mark = "";
  if (new Set(marks).size === 2) mark = marks.slice(-1);
  else if (marks.length === 1 && !(marks === grouping && grouped.test(text))) mark = marks;
  const at = mark ? text.lastIndexOf(mark) : text.length;
  const plain = text.slice(0, at).replace(/[.,]/g, "") + (mark ? "." + text.slice(at + 1) : "");
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

function limit(box: HTMLElement, name: "min" | "max", otherwise: number): number {
  const given = box.dataset[name];
  return given === undefined ? otherwise : Number(given);
}

function step(box: HTMLElement, input: HTMLInputElement, direction: number): void {
  const english = document.documentElement.lang === "en";
  const size = Number(box.dataset.stepper) || 1;
  const current = readAmount(input.value, english ? "," : ".") ?? 0;
  const wanted = Math.min(Math.max(current + direction * size, limit(box, "min", 0)), limit(box, "max", Infinity));
  const text = String(Number(wanted.toFixed(6)));
  input.value = english ? text : text.replace(".", ",");
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Minus, plus and "as last time" of every stepper. */
export function steppers(root: ParentNode): void {
  for (const box of root.querySelectorAll<HTMLElement>("[data-stepper]")) {
    const input = box.querySelector("input");
    if (!input) continue;
    box.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("button");
      if (button?.dataset.by) step(box, input, Number(button.dataset.by));
      if (button?.dataset.fill !== undefined) {
        input.value = button.dataset.fill;
        input.dispatchEvent(new Event("input", { bubbles: true }));
      }
    });
  }
}
