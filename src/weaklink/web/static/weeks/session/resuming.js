// Resuming: a session that was begun on another device, put together from what was told of it. Pure.

import { begin, happen, isDanger, loadsOf, stepOf } from "./rules.js";
import { clockFrom } from "./scheduler.js";

const TOLD = new Set(["set-done", "stretched", "felt", "this-hurts", "skipped"]);

/** A session as this device would keep it. `entries`: what counts of it, in any order. */
export function sessionFrom(pack, { session, entries }, { by, now, byTap = false, version = 0 }) {
  const told = inOrder(entries);
  const state = stateFrom(pack, session, by, told);
  const log = told.map(({ id, kind, slot, exercise, set }) => ({ id, kind, slot, exercise, set }));
  const began = Date.parse(told[0]?.at ?? "") || now;
  const clock = stepOf(pack, state) ? clockFrom(now, { byTap }) : null;
  return { state, pack: pack.id, episode: pack.episode, clock, heard: {}, said: null, closing: null, log, alarms: told.filter((entry) => isDanger(pack, entry)), version: version + 1, seen: now, began };
}

/** Where a session is after all that was told of it: each entry happens once more, and none is written again. */
export function stateFrom(pack, session, by, entries) {
  const answered = pack.questions.reduce((state, { id }) => happen(pack, state, { type: "answer", question: id, answer: "no" }).state, begin(pack, session, by));
  return inOrder(entries).filter(({ kind }) => TOLD.has(kind)).reduce((state, entry) => again(pack, state, entry), happen(pack, answered, { type: "start", pain: 0 }).state);
}

/** Whether another device knows of sets this one does not, or took some back. */
export function differs(session, entries) {
  const gone = new Set(session.log.filter(({ kind }) => kind === "undone").map(({ undoes }) => undoes));
  const mine = new Set(session.log.filter(({ id, kind }) => TOLD.has(kind) && !gone.has(id)).map(({ id }) => id));
  const theirs = entries.filter(({ kind }) => TOLD.has(kind));
  return theirs.length !== mine.size || theirs.some(({ id }) => !mine.has(id));
}

function again(pack, state, entry) {
  return eventsOf(entry).reduce((now, event) => {
    const ready = placed(pack, now, entry);
    if (!ready) return now;
    const next = happen(pack, loaded(pack, ready, entry), event).state;
    // What is taken back on this device is what was told on the other.
    const past = next.past.length > ready.past.length ? [...next.past.slice(0, -1), { ...next.past.at(-1), entry: entry.id }] : next.past;
    return { ...next, past };
  }, state);
}

function eventsOf({ kind, reps = null, hold_s = null, rir, left_s, pain, spreads = false, set = 0, rep = 0, what = "move" }) {
  if (kind === "set-done" || kind === "stretched") return [{ type: "set-done", reps, hold_s, ...(rir != null ? { rir } : {}) }];
  if (kind === "this-hurts") return [{ type: "hurts", rep, pain: pain ?? null }];
  if (kind === "skipped") return [{ type: "skip", what }];
  const effort = rir != null ? [{ type: "effort", rir }] : left_s != null ? [{ type: "effort", left_s }] : [];
  return pain != null ? [...effort, { type: "pain", pain, spreads, ...(set === 0 ? { of: "now" } : {}) }] : effort;
}

/** The state at the set an entry is about; null where this session has no such set. */
function placed(pack, state, entry) {
  if (entry.kind === "felt" && entry.set > 0) return felt(pack, state, entry);
  const step = stepOf(pack, state);
  if (step && fits(pack, step, entry)) return state;
  if (entry.kind !== "set-done") return step && mine(pack, step.item, entry) ? state : null;
  const station = pack.stations.findIndex(({ item, set }) => mine(pack, item, entry) && set === entry.set);
  if (station < 0) return null;
  const { item } = pack.stations[station];
  const side = pack.items[item].rungs[state.rungs[item]].sides.indexOf(entry.side ?? "none");
  const at = { ...state, phase: "work", place: { station, side: Math.max(side, 0), before: "prepare" } };
  return fits(pack, stepOf(pack, at), entry) ? at : null;
}

function felt(pack, state, entry) {
  const item = pack.items.findIndex((_, number) => mine(pack, number, entry));
  const rung = item < 0 ? -1 : pack.items[item].rungs.findIndex(({ exercise }) => exercise === entry.exercise);
  if (rung < 0) return null;
  const side = Math.max(pack.items[item].rungs[rung].sides.indexOf(entry.side ?? "none"), 0);
  return { ...state, last: { item, rung, set: entry.set, side } };
}

const mine = (pack, item, entry) => (entry.kind === "stretched" ? pack.items[item].rungs[0].exercise === entry.exercise : pack.items[item].slot === entry.slot);

function fits(pack, step, entry) {
  if (!mine(pack, step.item, entry) || step.exercise !== entry.exercise) return false;
  return entry.kind !== "set-done" || (step.set === entry.set && step.side === (entry.side ?? "none"));
}

function loaded(pack, state, entry) {
  const step = entry.kind === "set-done" && entry.load ? stepOf(pack, state) : null;
  const place = step ? (pack.items[step.item].rungs[step.rung].loads ?? []).findIndex(({ load }) => same(load, entry.load)) : -1;
  if (place < 0) return state;
  return { ...state, loads: loadsOf(pack, state).map((old, item) => (item === step.item ? place : old)) };
}

const same = (a, b) => a.kind === b.kind && (a.kg ?? null) === (b.kg ?? null) && (a.colour ?? null) === (b.colour ?? null);

/** By time; within a second as they were written. */
function inOrder(entries) {
  const numberOf = ({ id }) => Number(id.slice(id.lastIndexOf("-") + 1)) || 0;
  return [...entries].sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || numberOf(a) - numberOf(b));
}
