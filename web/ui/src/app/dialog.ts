// A sentence that says what will happen, before it happens: a button with
// data-confirm="SENTENCE" (data-confirm-ok="Label") asks in a dialog.
export function dialogs(root: Document): void {
  root.addEventListener("click", (event) => {
    const button = (event.target as Element | null)?.closest?.<HTMLButtonElement>("button[data-confirm], input[data-confirm]");
    if (!button || button.dataset.confirmed) return;
    event.preventDefault();
    ask(root, button.dataset.confirm!, button.dataset.confirmOk ?? button.textContent ?? "Confirmer").then((yes) => {
      if (!yes) return button.focus();
      button.dataset.confirmed = "oui";
      button.click();
      delete button.dataset.confirmed;
    });
  });
}

function ask(root: Document, sentence: string, label: string): Promise<boolean> {
  const dialog = root.createElement("dialog");
  dialog.className = "dialog";
  const words = root.createElement("p");
  words.id = "confirmer-phrase";
  words.textContent = sentence;
  dialog.setAttribute("aria-labelledby", words.id);
  const form = root.createElement("form");
  form.method = "dialog";
  form.className = "actions";
  const button = (value: string, text: string, className: string) => {
    const b = root.createElement("button");
    b.value = value;
    b.textContent = text.trim();
    b.className = className;
    form.append(b);
    return b;
  };
  const no = button("non", "Ne rien changer", "button secondary");
  button("oui", label, "button");
  dialog.append(words, form);
  root.body.append(dialog);
  dialog.showModal();
  no.focus();
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "oui");
    }),
  );
}
