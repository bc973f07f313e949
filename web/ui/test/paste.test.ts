// Plain words pasted: what each line becomes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { kindOf } from "../src/binding/schema";
import { read } from "../src/motion/paste";

const lines = (text: string, inside = false) => read("", text, inside).blocks.map((block) => [kindOf(block), block.textContent]);

for (const [line, kind, words] of [
  ["- tiret", "item", "tiret"],
  ["– demi", "item", "demi"],
  ["— cadratin", "item", "cadratin"],
  ["* étoile", "item", "étoile"],
  ["•puce", "item", "puce"],
  ["  1. Premier", "item", "Premier"],
  ["2) Deuxième", "item", "Deuxième"],
  ["3° Troisième", "item", "Troisième"],
  ["a) la lettre", "item", "la lettre"],
  ["-5 degrés", "paragraph", "-5 degrés"],
  ["1,5 million", "paragraph", "1,5 million"],
  ["2026. Une année", "paragraph", "2026. Une année"],
  ["*gras*", "paragraph", "*gras*"],
  ["- ", "paragraph", "-"],
  ["Vu la loi du 7 octobre 2016 ;", "visa", "Vu la loi du 7 octobre 2016 ;"],
  ["Considérant que l’eau manque ;", "recital", "Considérant que l’eau manque ;"],
  ["CONSIDÉRANT l’eau ;", "recital", "CONSIDÉRANT l’eau ;"],
  ["Vue d’ensemble", "paragraph", "Vue d’ensemble"],
  ["Nous avons vu la loi", "paragraph", "Nous avons vu la loi"],
  ["En considérant que", "paragraph", "En considérant que"],
])
  test(`a line « ${line} »`, () => assert.deepEqual(lines(line), [[kind, words]]));

test("a lone line among words keeps the signs that begin it; several lines do not", () => {
  assert.deepEqual(lines("- tiret", true), [["paragraph", "- tiret"]]);
  assert.deepEqual(lines("- un\n- deux", true), [["item", "un"], ["item", "deux"]]);
});

test("points set further in are one list, and it is said", () => {
  assert.equal(read("", "- un\n- deux").notice, undefined);
  assert.match(read("", "- un\n  - dedans\n- deux").notice ?? "", /plusieurs niveaux/);
});
