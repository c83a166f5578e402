// Where one is in a session: what comes next, how much is left, what was done. Pure.

import { happen, stepOf } from "./rules.js";
import { isHold, phasesOf } from "./scheduler.js";

export const rungAt = (pack, state, item) => pack.items[item].rungs[state.rungs[item]];

/** The step after this set; null at the end. */
export function nextStep(pack, state) {
  return stepOf(pack, happen(pack, state, { type: "set-done", reps: 0, hold_s: 0 }).state);
}

/** The number of this move and of all, in the order they come first. */
export function moveNumber(pack, state) {
  const order = [...new Set(pack.stations.map((station) => station.item))];
  const here = pack.stations[state.place.station]?.item;
  return { n: order.indexOf(here) + 1, of: order.length };
}

/** Minutes of what is left, at least one. */
export function minutesLeft(pack, state, paceOf) {
  let seconds = 0;
  pack.stations.forEach((station, number) => {
    if (number < state.place.station || state.stopped[station.item]) return;
    const rung = rungAt(pack, state, station.item);
    if (station.set > rung.sets) return;
    const sides = rung.sides.length - (number === state.place.station ? state.place.side : 0);
    const rest = station.set > 1 ? rung.rest_s : pack.before_s.prepare;
    seconds += rest + sides * workSeconds(rung, paceOf(rung.exercise)) + (sides - 1) * pack.before_s.switch;
  });
  return Math.max(1, Math.round(seconds / 60));
}

function workSeconds(rung, pace) {
  if (isHold(rung)) return rung.hold_s;
  const [up, hold, down] = phasesOf(rung, pace, rung.tempo);
  return rung.reps * (up + hold + down);
}

/** Each set as done, now, left out or to come. */
export function ticks(pack, state) {
  return pack.stations.map((station, number) => {
    if (number < state.place.station) return "done";
    if (number === state.place.station) return "now";
    const rung = rungAt(pack, state, station.item);
    return state.stopped[station.item] || station.set > rung.sets ? "out" : "";
  });
}

/** Every exercise a session may lead to, for fetching its figures beforehand. */
export function exercisesOf(pack) {
  return [...new Set(pack.items.flatMap((item) => item.rungs.map((rung) => rung.exercise)))];
}

/** Where a session is, as one word: the same while it stays at one set. */
export const placeOf = ({ phase, place, rungs }) => `${phase} ${place.station} ${place.side} ${place.before} ${rungs.join("")}`;

/** Whole minutes a session took so far. */
export const minutesOf = (began, now) => Math.min(Math.max(Math.round((now - (began ?? now)) / 60_000), 0), 600);
