// What the end of a session says was done: sets are counted for the move they were done of.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(process.env.SESSION_MODULES + "/");
const { doneOf } = await import(new URL("guide.js", folder));
const { together } = await import(new URL("words.js", folder));

const rung = (exercise, name) => ({ exercise, name, sets: 3, sides: ["left", "right"] });
const item = { slot: "raise", rungs: [rung("leg-raise", "Leg raise"), rung("quad-set", "Quad set")] };
const sets = (exercise, count) => Array.from({ length: count }, () => ({ kind: "set-done", slot: "raise", exercise }));

test("a move done as planned counts its own sets", () => {
  assert.deepEqual(doneOf(item, 0, sets("leg-raise", 5)), { name: "Leg raise", n: 5, of: 6, hurt: "", before: 0 });
});

test("a move changed before its first set has none of the sets", () => {
  assert.deepEqual(doneOf(item, 1, sets("quad-set", 6)), { name: "Quad set", n: 6, of: 6, hurt: "Leg raise", before: 0 });
});

test("a move changed after two sets keeps those two", () => {
  const done = [...sets("leg-raise", 2), ...sets("quad-set", 4)];
  assert.deepEqual(doneOf(item, 1, done), { name: "Quad set", n: 4, of: 6, hurt: "Leg raise", before: 2 });
});

test("a stretch has no slot and counts by its name", () => {
  const stretch = { rungs: [{ ...rung("calf-stretch", "Calf stretch"), sets: 1 }] };
  const done = [{ kind: "stretched", exercise: "calf-stretch" }];
  assert.deepEqual(doneOf(stretch, 0, done), { name: "Calf stretch", n: 1, of: 2, hurt: "", before: 0 });
});

test("what the rules say of several moves is said once", () => {
  const changes = [
    { rule: "more", says: "A little more: Clamshell." },
    { rule: "hold", says: "The dose stays: Clamshell." },
    { rule: "more", says: "A little more: Leg raise." },
    { rule: "more", says: "A little more: Leg raise." },
    { rule: "rest", says: "Rest first." },
  ];
  assert.deepEqual(together(changes), ["A little more: Clamshell, Leg raise.", "The dose stays: Clamshell.", "Rest first."]);
});

test("the same words by two rules stay two sentences", () => {
  const changes = [{ rule: "a", says: "Wait: Clamshell." }, { rule: "b", says: "Wait: Leg raise." }];
  assert.deepEqual(together(changes), ["Wait: Clamshell.", "Wait: Leg raise."]);
});
