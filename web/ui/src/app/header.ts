// The menu of a phone opens and closes by itself; here it also closes by Escape
// and when one goes on elsewhere.
export function header(root: Document): void {
  const menu = root.querySelector<HTMLDetailsElement>(".site-menu");
  if (!menu) return;
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")!.focus();
  });
  root.addEventListener("click", (event) => {
    if (!menu.contains(event.target as Node)) menu.open = false;
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget as Node)) menu.open = false;
  });
}
