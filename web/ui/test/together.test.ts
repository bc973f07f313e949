// Two people write at one place: each one's letters stay together, in whatever order
// what they write reaches the other.
import assert from "node:assert/strict";
import { test } from "node:test";
import { TextSelection } from "prosemirror-state";
import * as Y from "yjs";
import { Binding } from "../src/binding/binding";
import { enter } from "../src/binding/blocks";
import { Random } from "./random";
import { WIRE } from "./subject";

/** pair opens one text in two editors; what each writes waits for the other. */
function pair(lines: readonly string[], ids: readonly [number, number] = [1, 2]) {
  const first = new Y.Doc();
  first.clientID = 9;
  for (const line of [...lines].reverse()) {
    first.getText("motion").insert(0, "\n", { b: `paragraph|${line}` });
    first.getText("motion").insert(0, line, {});
  }
  const people = ids.map((id) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(first), WIRE);
    doc.clientID = id;
    const binding = new Binding(doc.getText("motion"));
    binding.onMismatch = (where) => assert.fail(where);
    const waiting: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array, origin: unknown) => origin !== WIRE && waiting.push(update));
    return {
      binding,
      waiting,
      select(anchor: number, head = anchor) {
        binding.dispatch(binding.state.tr.setSelection(TextSelection.create(binding.state.doc, anchor, head)));
      },
      type: (letter: string) => binding.dispatch(binding.state.tr.insertText(letter)),
      enter: () => enter(binding.state, binding.dispatch),
      hear: (update: Uint8Array) => Y.applyUpdate(doc, update, WIRE),
      text: () => doc.getText("motion").toString(),
    };
  });
  const deliver = () => {
    for (const [i, one] of people.entries()) for (const update of one.waiting.splice(0)) people[1 - i].hear(update);
  };
  return { a: people[0], b: people[1], people, deliver };
}

test("letters at one place stay apart, however they are delivered", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = new Random(seed);
    const { a, b, people, deliver } = pair(["mot"], random.chance(0.5) ? [1, 2] : [2, 1]);
    const place = 1 + random.int(4);
    a.select(place);
    b.select(place);
    const left = ["abcdef", "123456"].map((word) => [...word]);
    while (left.some((word) => word.length)) {
      const who = random.chance(0.5) ? 0 : 1;
      const letter = random.chance(0.5) ? left[who].shift() : undefined;
      if (letter) people[who].type(letter);
      else {
        const update = people[who].waiting.shift();
        if (update) people[1 - who].hear(update);
      }
    }
    deliver();
    assert.equal(a.text(), b.text(), `seed ${seed}`);
    assert.match(a.text(), /abcdef/, `seed ${seed}`);
    assert.match(a.text(), /123456/, `seed ${seed}`);
  }
});

test("a caret stays on its line where another splits at it, and with its words where blocks come before it", () => {
  const { a, b, deliver } = pair(["un deux", "trois"]);
  a.select(3);
  b.select(3);
  b.enter();
  deliver();
  a.type("X");
  deliver();
  assert.equal(a.text(), "unX\n deux\ntrois\n");
  // At the beginning of the second block: a line that comes before it takes no caret along.
  const start = a.binding.state.doc.content.size - "trois".length - 1;
  a.select(start);
  b.select(start);
  b.enter();
  deliver();
  a.type("Y");
  deliver();
  assert.equal(b.text(), "unX\n deux\n\nYtrois\n");
});

test("what another writes at a selection's edges is not selected", () => {
  for (const [anchor, head] of [[2, 4], [4, 2]]) {
    const { a, b, deliver } = pair(["abcde"]);
    a.select(anchor, head);
    for (const at of [4, 2]) {
      b.select(at);
      b.type("!");
    }
    deliver();
    a.type("X");
    deliver();
    assert.equal(b.text(), "a!X!de\n");
  }
  // All of it replaced: nothing is selected any more.
  const { a, b, deliver } = pair(["abcde"]);
  a.select(3, 4);
  b.select(2, 5);
  b.type("Z");
  deliver();
  assert.ok(a.binding.state.selection.empty);
});
