// How much room is left in a field: <textarea maxlength data-count="ID">, where
// ID is the element that says it. Said aloud only when little is left.
export function counters(root: Document): void {
  for (const field of root.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>("[data-count]")) {
    const place = root.getElementById(field.dataset.count!);
    const max = field.maxLength;
    if (!place || max <= 0) continue;
    const show = () => {
      const left = max - field.value.length;
      place.textContent = `${left.toLocaleString("fr-FR")}\u00a0${left < 2 ? "caractère restant" : "caractères restants"}`;
      place.setAttribute("aria-live", left < max / 20 ? "polite" : "off");
    };
    field.addEventListener("input", show);
    show();
  }
}
