// What this device keeps, and when: the store under it is a list.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import * as Y from "yjs";
import { Device } from "../src/motion/device";

/** open gives a text that a device keeps, and what it has kept of it so far. */
function open(t: TestContext, alone = false) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const leaving: (() => void)[] = [];
  // A database that never opens; what would go there is put in the list.
  Object.assign(globalThis, { window: globalThis, indexedDB: { open: () => ({}) }, addEventListener: (name: string, act: () => void) => name === "pagehide" && leaving.push(act) });
  const doc = new Y.Doc();
  const line = { alone };
  const device = new Device("motion", doc, () => line.alone);
  const kept: Uint8Array[] = [];
  Object.assign(device, { store: (update: Uint8Array) => kept.push(update) });
  const read = () => {
    const copy = new Y.Doc();
    for (const update of kept) Y.applyUpdate(copy, update);
    return copy.getText("motion").toString();
  };
  return { doc, device, line, kept, read, leave: () => leaving.forEach((act) => act()), type: (words: string) => doc.getText("motion").insert(doc.getText("motion").length, words) };
}

test("letters that the server hears are kept together, a second after the first of them", (t) => {
  const { kept, read, type } = open(t);
  type("a");
  t.mock.timers.tick(600);
  type("b");
  t.mock.timers.tick(399);
  assert.equal(kept.length, 0);
  t.mock.timers.tick(1);
  assert.equal(kept.length, 1);
  assert.equal(read(), "ab");
  t.mock.timers.tick(5000);
  assert.equal(kept.length, 1, "nothing is kept twice");
  type("c");
  t.mock.timers.tick(1000);
  assert.equal(read(), "abc");
});

test("without a line each letter is kept at once, and before it what had been gathered", (t) => {
  const { line, kept, read, type } = open(t);
  type("a");
  line.alone = true;
  type("b");
  assert.equal(read(), "ab");
  type("c");
  assert.equal(kept.length, 2);
  assert.equal(read(), "abc");
});

test("a page that is left keeps what it had gathered", (t) => {
  const { leave, kept, read, type } = open(t);
  type("a");
  leave();
  assert.equal(read(), "a");
  t.mock.timers.tick(5000);
  assert.equal(kept.length, 1);
});

test("what comes from the device is not kept again, and nothing once it is closed", (t) => {
  const { device, doc, kept, type } = open(t, true);
  const other = new Y.Doc();
  other.getText("motion").insert(0, "x");
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), device);
  assert.equal(doc.getText("motion").toString(), "x");
  assert.equal(kept.length, 0);
  void device.destroy();
  type("a");
  assert.equal(kept.length, 0);
});
