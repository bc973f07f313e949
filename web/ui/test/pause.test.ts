// Something that waits until nothing more has come for a while.
import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { Pause } from "../src/motion/pause";

function open(t: TestContext) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  Object.assign(globalThis, { window: globalThis });
  let now = 0;
  t.mock.method(performance, "now", () => now);
  let done = 0;
  const timers = t.mock.method(globalThis, "setTimeout");
  const pause = new Pause(100, () => done++);
  return {
    pause,
    timers: () => timers.mock.callCount(),
    done: () => done,
    pass(time: number) {
      now += time;
      t.mock.timers.tick(time);
    },
  };
}

test("it is done once, a while after the last time that something came, with one timer meanwhile", (t) => {
  const { pause, pass, done, timers } = open(t);
  for (let i = 0; i < 9; i++) {
    pause.again();
    pass(10);
  }
  assert.equal(timers(), 1);
  pass(89);
  assert.equal(done(), 0);
  pass(1);
  assert.equal(done(), 1);
  pass(1000);
  assert.equal(done(), 1);
  pause.again();
  pass(100);
  assert.equal(done(), 2);
});

test("what is called off is not done, and may be asked for again", (t) => {
  const { pause, pass, done } = open(t);
  pause.again();
  pass(50);
  pause.cancel();
  pass(1000);
  assert.equal(done(), 0);
  pause.again();
  pass(99);
  assert.equal(done(), 0);
  pass(1);
  assert.equal(done(), 1);
});
