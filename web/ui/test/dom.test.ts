// Names in a sentence.
import assert from "node:assert/strict";
import { test } from "node:test";
import { of } from "../src/motion/dom";

const cases = ["d’Ismaël", "d’Élise", "d’Œuvrard", "d’Hélène", "d’Yves", "de Yannick", "de Hassan", "de Nolwenn Tanguic", "d’une maire, Drôme", "d’un adjoint", "d’Unéa"];
for (const want of cases)
  test(`of: ${want}`, () => {
    const name = want.replace(/^de |^d’/, "").replace(/^un/, "Un");
    assert.equal(of(name), want);
  });
