// On a phone what one can go to is a line that scrolls: the present page is
// brought into sight where the style sheet alone could not.
export function header(root: Document): void {
  const bar = root.querySelector<HTMLElement>(".site-bar");
  const here = bar?.querySelector<HTMLElement>("[aria-current]");
  if (bar && here && !bar.scrollLeft) bar.scrollLeft = here.offsetLeft - bar.offsetLeft - 16;
}
