// The guide of one session: an event in, the next state kept with its entries, and what to do out. No page, no
// clock of its own: it is given a port to keep things with, the moment, and the time of day.

import { begin, happen, isDanger, stepOf } from "./rules.js";
import { clockFrom } from "./scheduler.js";

/** Whether a kept session is still going on. */
export const goesOn = (session) => ["work", "ending"].includes(session?.state.phase);

/**
 * A new session of a pack, kept; one of the same pack that has begun goes on. `id` is made where it happens.
 * `alarms`: entries of earlier sessions that open the whole list of questions and that the pack does not know of.
 */
export async function beginSession(port, pack, { id, by, now, alarms = [] }) {
  await port.put("pack", pack);
  let found = null;
  await port.change((kept) => {
    found = kept;
    if (kept?.pack === pack.id && (goesOn(kept) || kept.state.phase === "questions")) return null;
    found = { state: begin(pack, id, by), pack: pack.id, episode: pack.episode, clock: null, heard: {}, said: null, closing: null, log: [], alarms, version: 1, seen: now, began: null };
    return { session: found, entries: [] };
  });
  return found;
}

/**
 * What an event leads to, kept before it is shown: { session, effects, stale }.
 * `version` is the one the person saw: where another page went on meanwhile, nothing happens and its state comes back.
 */
export async function act(port, pack, event, { version, by, now, at, from = now, byTap = false }) {
  let answer = { session: null, effects: [], stale: true };
  await port.change((kept) => {
    if (!kept || kept.pack !== pack.id || kept.version !== version) {
      answer = { session: kept, effects: [], stale: true };
      return null;
    }
    const state = kept.state.by === by ? kept.state : happen(pack, kept.state, { type: "resumed", by }).state;
    const next = happen(pack, state, event);
    const entries = next.effects.filter((effect) => effect.do === "keep").map((effect) => ({ ...effect.entry, at }));
    const session = { ...kept, state: next.state, version: version + 1, seen: now, began: kept.began ?? (event.type === "start" && next.state.phase === "work" ? now : null) };
    session.log = [...kept.log, ...entries.map(({ id: entry, kind, undoes, slot, exercise, set }) => ({ id: entry, kind, undoes, slot, exercise, set }))];
    session.alarms = [...(kept.alarms ?? []), ...entries.filter((entry) => isDanger(pack, entry))];
    if (event.type === "finish" && next.state.phase === "done") Object.assign(session, { ended: now, ended_early: kept.state.phase === "work" });
    session.closing = next.state.closing >= 0 ? pack.closings[next.state.closing] : null;
    Object.assign(session, clockOf(pack, kept, session, from, byTap), heardOf(kept, next.state, event), saidOf(kept, next.effects, event));
    answer = { session, effects: next.effects, stale: false };
    return { session, entries, forget: next.effects.some((effect) => effect.do === "forget") };
  });
  return answer;
}

/** Keeps a change of the clock alone: pause, ten seconds more, a tap. */
export async function turnClock(port, change, { version, now }) {
  let answer = { session: null, stale: true };
  await port.change((kept) => {
    if (!kept || kept.version !== version || !kept.clock) {
      answer = { session: kept, stale: true };
      return null;
    }
    const session = { ...kept, clock: change(kept.clock), seen: now, version: version + 1 };
    answer = { session, stale: false };
    return { session, entries: [] };
  });
  return answer;
}

function clockOf(pack, kept, session, from, byTap) {
  const step = stepOf(pack, session.state);
  if (!step) return { clock: null };
  if (kept.clock && !moved(kept.state, session.state)) return { clock: kept.clock };
  return { clock: clockFrom(from, { byTap }) };
}

/** Whether the person is at another set than before. */
function moved(before, after) {
  if (before.phase !== after.phase) return true;
  const [a, b] = [before.place, after.place];
  if (a.station !== b.station || a.side !== b.side || a.before !== b.before) return true;
  return before.rungs.some((rung, item) => rung !== after.rungs[item]);
}

/** What was said about the last set; asked anew after each. */
function heardOf(kept, state, event) {
  if (event.type === "set-done") return { heard: { reps: event.reps, ...(event.rir != null ? { rir: event.rir, at_once: true } : {}) } };
  if (state.last === null) return { heard: {} };
  if (event.type === "effort") return { heard: { ...kept.heard, rir: event.rir ?? null, left_s: event.left_s ?? null } };
  if (event.type === "pain" && event.of !== "now") return { heard: { ...kept.heard, pain: event.pain } };
  return { heard: kept.heard };
}

function saidOf(kept, effects, event) {
  const said = effects.find((effect) => effect.do === "say");
  if (said) return { said: { says: said.says, rule: said.rule } };
  if (["undo", "set-done", "skip"].includes(event.type)) return { said: null };
  return { said: kept.said };
}

/** What was done of one item: of the move it ended with, and of the one that hurt, if it was changed. */
export function doneOf(item, at, done) {
  const { exercise, name, sets, sides } = item.rungs[at];
  const mine = done.filter((entry) => (entry.slot ?? entry.exercise) === (entry.slot ? item.slot : exercise));
  const of = sets * sides.length;
  if (at === 0) return { name, n: Math.min(mine.length, of), of, hurt: "", before: 0 };
  const n = mine.filter((entry) => entry.exercise === exercise).length;
  return { name, n: Math.min(n, of), of, hurt: item.rungs[0].name, before: mine.length - n };
}

/** The sets of a session that count: what was done and not taken back. */
export function setsDone(session) {
  const gone = new Set(session.log.filter((entry) => entry.kind === "undone").map((entry) => entry.undoes));
  return session.log.filter((entry) => ["set-done", "stretched"].includes(entry.kind) && !gone.has(entry.id));
}
