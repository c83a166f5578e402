// What a session tells of danger stays on the device with it: without a connection the next start asks the whole list.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const at = (name) => import(new URL(name, pathToFileURL(`${process.env.SESSION_MODULES}/`)));
const { act, beginSession } = await at("guide.js");
const { mayBeShort } = await at("rules.js");

const check = { short: true, why: "", says: "", until: "2026-11-30", listed: "2026-11-23" };
const pack = { id: "pack-1", episode: "e", date: "2026-11-24", check, questions: [], closings: [], items: [], stations: [], green_to: 2, amber_to: 3, around: "", kind_of_day: "full", not_today: { rule: "r", says: "Rest." } };

class Disk {
  kept = new Map();
  async put(name, value) {
    this.kept.set(name, value);
  }
  async change(decide) {
    const outcome = decide(structuredClone(this.kept.get("session") ?? null));
    if (outcome) this.kept.set("session", outcome.session);
    return outcome;
  }
}

test("red pain before a session is an alarm, which a session begun without a connection carries on", async () => {
  const disk = new Disk();
  await beginSession(disk, pack, { id: "session-1", by: "a", now: 1 });
  const { session } = await act(disk, pack, { type: "start", pain: 8, places: [] }, { version: 1, by: "a", now: 2, at: "2026-11-24T08:00:00+00:00" });
  assert.equal(session.state.phase, "not-today");
  assert.deepEqual(session.alarms.map(({ kind }) => kind), ["session-begun", "session-ended"]);
  assert.equal(mayBeShort(pack, "2026-11-24", session.alarms), false);

  const other = { ...pack, id: "pack-2" };
  const next = await beginSession(disk, other, { id: "session-2", by: "b", now: 3, alarms: session.alarms });
  assert.deepEqual(next.alarms, session.alarms);
});

test("the tap ends with the week, never comes before the pack's day, and an older pack has none", () => {
  assert.equal(mayBeShort(pack, "2026-11-29"), true);
  assert.equal(mayBeShort(pack, "2026-11-30"), false);
  assert.equal(mayBeShort(pack, "2026-11-23"), false);
  assert.equal(mayBeShort({ ...pack, check: undefined }, "2026-11-24"), false);
});
