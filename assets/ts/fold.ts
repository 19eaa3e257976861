/** The desk's menu is open where there is room for it, and waits for a touch on a narrow screen. */
export function foldMenu(menu: HTMLDetailsElement | null): void {
  if (!menu) return;
  const roomy = matchMedia("(min-width: 64rem)");
  const set = (): void => {
    menu.open = roomy.matches;
  };
  set();
  roomy.addEventListener("change", set);
}

/** On a phone the filters of a list wait behind a button, which the style sheet shows only there. */
export function filters(root: ParentNode): void {
  const button = root.querySelector<HTMLElement>(".listing-fold");
  button?.addEventListener("click", () => {
    button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
  });
}
