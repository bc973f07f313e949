// Which keys write where the cursor is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { types, type Key } from "../src/motion/typing";

const key = (name: string, held: Partial<Key> = {}, graph = false): Key => ({ key: name, isComposing: false, ctrlKey: false, altKey: false, metaKey: false, getModifierState: (state) => graph && state === "AltGraph", ...held });

for (const [what, pressed, want] of [
  ["a letter", key("a"), true],
  ["a letter of two units", key("𝒜"), true],
  ["a space", key(" "), true],
  ["Enter", key("Enter"), true],
  ["Backspace", key("Backspace"), true],
  ["Delete", key("Delete"), true],
  ["an arrow", key("ArrowDown"), false],
  ["Tab", key("Tab"), false],
  ["Page Down", key("PageDown"), false],
  ["F6", key("F6"), false],
  ["Ctrl+C", key("c", { ctrlKey: true }), false],
  ["Alt+↑", key("ArrowUp", { altKey: true }), false],
  ["⌘V", key("v", { metaKey: true }), false],
  ["AltGr+E, which says Ctrl and Alt", key("€", { ctrlKey: true, altKey: true }, true), true],
  ["AltGr and an arrow", key("ArrowLeft", { ctrlKey: true, altKey: true }, true), false],
  ["Shift alone", key("Shift"), null],
  ["Ctrl alone", key("Control", { ctrlKey: true }), null],
  ["a dead key", key("Dead"), null],
  ["what an input method takes", key("Process"), null],
  ["what is composed", key("a", { isComposing: true }), null],
] as const)
  test(`${what}: ${want === null ? "cannot be told" : want ? "writes" : "leads elsewhere"}`, () => assert.equal(types(pressed), want));
