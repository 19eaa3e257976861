import { steppers } from "./stepper";

document.documentElement.classList.add("js");
document.querySelector<HTMLElement>(".form-errors")?.focus();
steppers(document);

/** The menu is open where there is room for it; on a narrow screen it waits for a touch. */
const menu = document.querySelector<HTMLDetailsElement>(".desk-menu");
const roomy = matchMedia("(min-width: 64rem)");
function fold(): void {
  if (menu) menu.open = roomy.matches;
}
fold();
roomy.addEventListener("change", fold);

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName));
}

/** "/" leads to the search box, as in most tools people know. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  const search = document.querySelector<HTMLInputElement>("main input[type=search], input[type=search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});
