// What the browser runs: scenarios by the motion's own editor or by its peer.
import * as Y from "yjs";
import { docOf, sameDoc } from "../src/binding/flat";
import { Paged } from "./paged";
import { identified, scenario, type Options } from "./scenario";
import { Tree } from "./tree";

function run(binding: "flat" | "tree", seed: number, ops: number, options: Options) {
  const present = new Set<Paged>();
  const places: HTMLElement[] = [];
  const { doc, updates, ...counts } = scenario(
    seed,
    ops,
    (ydoc, fault) => {
      const place = document.body.appendChild(document.createElement("div"));
      places.push(place);
      return binding === "flat" ? new Paged(ydoc, fault, place, present) : new Tree(ydoc, place);
    },
    options,
  );
  places.forEach((place) => place.remove());
  const whole = new Y.Doc();
  for (const update of updates) Y.applyUpdate(whole, update);
  const ytext = whole.getText("motion");
  return {
    ...counts,
    identifiers: identified(doc),
    /** Whether a copy that only got what was sent has the same document. */
    same: sameDoc(docOf(ytext), doc),
    delta: ytext.toDelta() as unknown[],
    updates: updates.map((update) => btoa(String.fromCharCode(...update))),
  };
}

Object.assign(globalThis, { run });
