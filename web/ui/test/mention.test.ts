import assert from "node:assert/strict";
import { test } from "node:test";
import { begun, matching } from "../src/motion/mention";

for (const [text, want] of [
  ["@", ""],
  ["Merci @Élo", "Élo"],
  ["Merci @Élodie Du", "Élodie Du"],
  ["(@é", "é"],
  ["l’@é", "é"],
  ["ecrire@exemple", null],
  ["@ rien", null],
  ["@un\nligne", null],
  ["sans", null],
  ["@a @b", "b"],
  [`@${"x".repeat(61)}`, null],
] as const)
  test(`behind ${JSON.stringify(text)}`, () => assert.equal(begun(text, text.length), want));

test("what follows the cursor does not count", () => assert.equal(begun("@Élodie demain", 3), "Él"));

test("names by their beginning first, then by any of their words, accents or not", () => {
  const names = ["Jean Élan", "Élodie Dubois", "Anne-Élise d’Orme", "Karim Ben Ali"];
  assert.deepEqual(matching(names, "el"), ["Élodie Dubois", "Jean Élan", "Anne-Élise d’Orme"]);
  assert.deepEqual(matching(names, "orme"), ["Anne-Élise d’Orme"]);
  assert.deepEqual(matching(names, "ben a"), ["Karim Ben Ali"]);
  assert.deepEqual(matching(names, "dubois "), []);
  assert.deepEqual(matching(names, ""), names);
});
