import { filters } from "./fold";
import { kept } from "./kept";
import { listen } from "./listen";
import { steppers } from "./stepper";

/** Everything works without this script; it only saves effort. */
document.documentElement.classList.add("js");
document.querySelector<HTMLElement>(".form-errors")?.focus();
steppers(document);
listen(document);
filters(document);
kept();
