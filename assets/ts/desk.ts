import { filters, foldMenu } from "./fold";
import { kept } from "./kept";
import { steppers } from "./stepper";

document.documentElement.classList.add("js");
document.querySelector<HTMLElement>(".form-errors")?.focus();
steppers(document);
filters(document);
kept();

foldMenu(document.querySelector(".desk-menu"));

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
