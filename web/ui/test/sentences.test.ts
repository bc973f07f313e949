// Sentences as the server's package motion counts them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { split } from "../src/binding/sentences";

for (const want of [
  [],
  ["J. Moulin"],
  ["Une phrase.", "Une autre\u202f!", "Et la fin"],
  ["M. Dupont vient.", "Art. 3 du code."],
  ["«\u202fOui. Non.\u202f» dit-il.", "Ensuite."],
  ["« jamais fermé.", "Ensuite."],
  ["Élan 𝔘 (ou non).", "À suivre…", "«\u202fFin\u202f»"],
  ["en 2.5 minutes, etc. et ainsi"],
])
  test(`sentences ${want.join(" / ")}`, () => assert.deepEqual(split(want.join(" ")).map(([a, b]) => want.join(" ").slice(a, b)), want));
