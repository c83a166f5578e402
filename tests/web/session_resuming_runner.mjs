// Random sessions on one device, put together on another from their entries: prints where both stand.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , folder, dataPath] = process.argv;
const at = (name) => import(new URL(name, pathToFileURL(`${folder}/`)));
const { begin, happen, stepOf } = await at("rules.js");
const { differs, sessionFrom, stateFrom } = await at("resuming.js");
const { packs, walks } = JSON.parse(readFileSync(dataPath, "utf8"));

function chance(seed) {
  let a = seed;
  return () => {
    a = (a * 1103515245 + 12345) % 2147483648;
    return a / 2147483648;
  };
}

function walk(pack, seed) {
  const dice = chance(seed);
  const entries = [];
  let now = begin(pack, "session-1", "a");
  let second = 0;
  const event = (what) => {
    const { state, effects } = happen(pack, now, what);
    now = state;
    if (dice() < 0.7) second += 1;
    const written = effects.filter(({ do: kind }) => kind === "keep").map(({ entry }) => ({ ...entry, at: new Date(1.7e12 + 1000 * second).toISOString() }));
    entries.push(...written);
  };
  for (const { id } of pack.questions) event({ type: "answer", question: id, answer: "no" });
  event({ type: "start", pain: 0 });
  const count = Math.floor(dice() * 30);
  for (let n = 0; n < count && now.phase === "work"; n++) {
    const step = stepOf(pack, now);
    const luck = dice();
    if (luck < 0.08) event({ type: "hurts", rep: 2, pain: 6 });
    else if (luck < 0.18) event({ type: "undo" });
    else if (luck < 0.24) event({ type: "skip", what: dice() < 0.5 ? "set" : "move" });
    else if (luck < 0.4) event({ type: "effort", rir: 2 });
    else if (luck < 0.55) event({ type: "pain", pain: Math.floor(dice() * 7), ...(dice() < 0.3 ? { of: "now" } : {}) });
    else {
      const loads = pack.items[step.item].rungs[step.rung].loads ?? [];
      if (loads.length && dice() < 0.4) event({ type: "load", place: Math.floor(dice() * loads.length) });
      event({ type: "set-done", reps: step.reps, hold_s: step.hold_s });
    }
  }
  return { state: now, entries };
}

const where = ({ phase, place, rungs, stopped }) => ({ phase, place, rungs, stopped });
const answers = walks.map(([number, seed]) => {
  const pack = packs[number];
  const { state, entries } = walk(pack, seed);
  const gone = new Set(entries.filter(({ kind }) => kind === "undone").map(({ undoes }) => undoes));
  const counting = entries.filter(({ id, kind }) => kind !== "undone" && !gone.has(id));
  const mixed = [...counting].reverse();
  const there = stateFrom(pack, "session-1", "b", mixed);
  const session = sessionFrom(pack, { session: "session-1", entries: mixed }, { by: "b", now: 1 });
  const next = happen(pack, there, { type: "undo" }).effects.map(({ entry }) => entry.undoes);
  const last = counting.filter(({ kind }) => !["session-begun", "rescreened"].includes(kind)).length ? state.past.at(-1)?.entry : undefined;
  return {
    phase: state.phase,
    sets: counting.filter(({ kind }) => kind === "set-done").length,
    undone: gone.size,
    here: where(state),
    there: where(there),
    takesBack: next,
    last: last === undefined ? [] : [last],
    same: differs(session, counting),
    more: differs(session, [...counting, { id: "session-1-c-0", kind: "set-done" }]),
  };
});
process.stdout.write(JSON.stringify(answers));
