// The interpreter of session packs, the same as tests.training.session_rules: (pack, state, event) → state and
// what to do. Pure: no clock, no storage, no page. Every decision about the body stands in the pack.

const START = { station: 0, side: 0, before: "prepare" };

/** The state before anything was said. `by` is a short word for this page, new for each page that is opened. */
export function begin(pack, session, by) {
  return {
    session,
    by,
    phase: "questions",
    place: { ...START },
    rungs: pack.items.map(() => 0),
    stopped: pack.items.map(() => false),
    loads: pack.items.map(({ rungs: [rung] }) => heldIn(rung)),
    answers: {},
    short: false,
    closing: -1,
    refs: 0,
    last: null,
    past: [],
  };
}

/** What an event leads to: { state, effects }. An event that makes no sense now changes nothing. */
export function happen(pack, state, event) {
  if (event.type === "resumed") return { state: { ...state, by: String(event.by) }, effects: [] };
  const handler = HANDLERS[state.phase]?.[event.type];
  return handler ? handler(pack, state, event) : { state, effects: [] };
}

/** What to show now; null while asking and at an end. */
export function stepOf(pack, state) {
  if (state.phase !== "work") return null;
  const { place } = state;
  const station = pack.stations[place.station];
  const item = pack.items[station.item];
  const rung = rungOf(pack, state, station.item);
  return {
    item: station.item,
    rung: state.rungs[station.item],
    exercise: rung.exercise,
    side: rung.sides[place.side],
    set: station.set,
    sets: rung.sets,
    round: station.round,
    reps: rung.reps,
    hold_s: rung.hold_s,
    to_the_limit: station.set === item.to_the_limit && state.rungs[station.item] === 0,
    before: place.before,
    before_s: place.before === "rest" ? rung.rest_s : pack.before_s[place.before],
    then: following(pack, state),
  };
}

/** The colour of pain by the pack's limits; pain that spreads is red. */
export function colourOf(pack, pain, spreads = false) {
  if (spreads || pain > pack.amber_to) return "red";
  return pain <= pack.green_to ? "green" : "amber";
}

/** The place of the most urgent closing an answer leads to; -1 for none. */
export function strictestClosing(pack, answers) {
  let found = -1;
  for (const question of pack.questions) {
    const said = answers[question.id] ?? "no";
    const leads = said === "yes" ? question.yes : said === "unsure" ? question.unsure : -1;
    if (leads >= 0 && (found < 0 || leads < found)) found = leads;
  }
  return found;
}

/**
 * Whether one tap, "nothing new", may stand for the whole list on a day of this device. `told`: the entries it was told
 * that the pack may not know of. A pack from before there was a check has none: then it is the list.
 */
export function mayBeShort(pack, date, told = []) {
  if (!pack.check?.short || date < pack.date || date >= pack.check.until) return false;
  return pack.questions.every(({ known }) => known) && !told.some((entry) => isDanger(pack, entry));
}

/** Whether an entry opens the whole list. */
export function isDanger(pack, entry) {
  if ([entry.pain, entry.pain_before, entry.pain_worst].some((pain) => colourOf(pack, pain ?? 0) === "red")) return true;
  if (entry.spreads || entry.limped || entry.night || entry.rest || entry.new_places?.length) return true;
  if (entry.kind === "this-hurts" || entry.how === "not-today" || entry.how === "referred") return true;
  return (entry.change ?? 0) < 0 || Object.values(entry.answers ?? {}).some((said) => said !== "no");
}

// --- questions ---------------------------------------------------------------------------------------------

function answer(pack, state, event) {
  if (!pack.questions.some((question) => question.id === event.question)) return { state, effects: [] };
  return { state: { ...state, answers: { ...state.answers, [event.question]: String(event.answer) }, short: false }, effects: [] };
}

function noneOfThese(pack, state) {
  const open = pack.questions.filter((question) => question.known && !(question.id in state.answers));
  const noes = Object.fromEntries(open.map((question) => [question.id, "no"]));
  return { state: { ...state, answers: { ...state.answers, ...noes }, short: false }, effects: [] };
}

function nothingNew(pack, state, event) {
  const open = Object.keys(state.answers).length > 0 || !mayBeShort(pack, String(event.date), event.told ?? []);
  if (open) return { state: { ...state, short: false }, effects: [{ do: "ask", what: "questions" }] };
  return { state: { ...state, short: true }, effects: [] };
}

function start(pack, state, event) {
  if (!state.short && pack.questions.some((question) => !(question.id in state.answers))) {
    return { state, effects: [{ do: "ask", what: "questions" }] };
  }
  const pain = event.pain || 0;
  const places = event.places || [];
  const [first, begun] = written(state, { ...begunEntry(pack), pain_before: pain });
  const checked = { kind: "rescreened", answers: { ...state.answers }, new_places: places };
  if (state.short) checked.nothing_new_since = pack.check.listed;
  const [now, asked] = written(first, checked);
  const effects = [begun, asked];
  const closing = strictestClosing(pack, state.answers);
  if (closing >= 0 || places.length > 0) return closed(pack, now, closing, effects);
  if (colourOf(pack, pain) === "red") {
    const [ended, kept] = written(now, { kind: "session-ended", how: "not-today" });
    return { state: { ...ended, phase: "not-today" }, effects: [...effects, said(pack.not_today), kept] };
  }
  return arrived(pack, now, nextOpen(pack, now, START), effects);
}

function closed(pack, state, closing, effects) {
  const closes = closing >= 0 && pack.closings[closing].closes;
  const [now, ended] = written(state, { kind: "session-ended", how: closes ? "referred" : "not-today" });
  return {
    state: { ...now, phase: closes ? "closed" : "not-today", closing, past: [], last: null },
    effects: [...effects, ended, ...(closes ? [{ do: "forget" }] : []), { do: "show", closing }],
  };
}

function begunEntry(pack) {
  const moves = pack.items
    .filter((item) => item.kind !== "stretch")
    .map(({ slot, rungs: [rung] }) => ({
      slot,
      exercise: rung.exercise,
      sides: rung.sides.length,
      sets: rung.sets,
      reps: rung.reps,
      hold_s: rung.hold_s,
      ...held(rung, heldIn(rung)),
    }));
  const begun = { kind: "session-begun", pack: pack.id, moves, kind_of_day: pack.kind_of_day };
  return pack.around ? { ...begun, around: pack.around } : begun;
}

// --- work --------------------------------------------------------------------------------------------------

function setDone(pack, state, event) {
  const done = setNow(pack, state);
  const item = pack.items[done.item];
  const rung = rungOf(pack, state, done.item);
  const [now, kept] = remembered({ ...state, last: done }, entryOfSet(pack, state, done, event));
  const unsaid = asksOf(item, rung) && Object.keys(reserveIn(item, rung, event)).length === 0;
  const effects = unsaid ? [kept, { do: "ask", what: "effort" }] : [kept];
  return arrived(pack, now, after(pack, state, state.place), effects);
}

function entryOfSet(pack, state, done, event) {
  const item = pack.items[done.item];
  const rung = item.rungs[done.rung];
  if (item.kind === "stretch") return { kind: "stretched", exercise: rung.exercise, when: pack.around || "after-exercise" };
  return {
    kind: "set-done",
    slot: item.slot,
    exercise: rung.exercise,
    side: rung.sides[done.side],
    set: done.set,
    reps: event.reps ?? null,
    hold_s: event.hold_s ?? null,
    to_the_limit: done.set === item.to_the_limit && done.rung === 0,
    ...held(rung, loadsOf(pack, state)[done.item]),
    ...reserveIn(item, rung, event),
  };
}

/** What was left in reserve, where it was said with the set. Not said stays not said. */
function reserveIn(item, rung, { rir }) {
  return asksOf(item, rung) === "reserve" && rir != null ? { rir } : {};
}

/** What is asked after a set: "reserve", "left" or nothing. A pack from before there were loads says it by its reserve. */
export function asksOf(item, rung) {
  return rung.asks ?? (item.kind === "exercise" && rung.rir !== null ? "reserve" : "");
}

/** The places of the loads, item by item; a session begun before there were loads has none. */
export function loadsOf(pack, state) {
  return state.loads ?? pack.items.map(() => -1);
}

const heldIn = (rung) => rung.held ?? -1;

function held(rung, place) {
  const found = rung.loads?.[place];
  return found ? { load: { ...found.load } } : {};
}

function load(pack, state, event) {
  const { item } = setNow(pack, state);
  if (!rungOf(pack, state, item).loads?.[event.place]) return { state, effects: [] };
  return { state: { ...state, loads: replaced(loadsOf(pack, state), item, event.place) }, effects: [] };
}

function effort(pack, state, event) {
  if (state.last === null || pack.items[state.last.item].kind === "stretch") return { state, effects: [] };
  const said = event.left_s === undefined ? { rir: event.rir } : { left_s: event.left_s };
  const [now, kept] = remembered(state, { ...felt(pack, state.last), ...said });
  return { state: now, effects: [kept] };
}

function pain(pack, state, event) {
  const during = event.of === "now" || state.last === null;
  const about = during ? setNow(pack, state) : state.last;
  const spreads = Boolean(event.spreads);
  const entry = { ...felt(pack, about), set: during ? 0 : about.set, pain: event.pain, spreads };
  const [now, kept] = remembered(state, entry);
  if (about.rung !== state.rungs[about.item] || state.stopped[about.item]) return { state: now, effects: [kept] };
  const rung = pack.items[about.item].rungs[about.rung];
  return acted(pack, now, about.item, rung[colourOf(pack, event.pain, spreads)], [kept]);
}

function hurts(pack, state, event) {
  const { item } = setNow(pack, state);
  const rung = rungOf(pack, state, item);
  const entry = {
    kind: "this-hurts",
    slot: pack.items[item].slot,
    exercise: rung.exercise,
    rep: event.rep || 0,
    pain: event.pain ?? null,
    swapped_to: rung.hurts.do === "swap" ? pack.items[item].rungs[rung.hurts.to].exercise : "",
  };
  const [now, kept] = remembered(state, entry);
  return acted(pack, now, item, rung.hurts, [kept]);
}

function acted(pack, state, item, action, before) {
  const effects = action.says ? [...before, said(action)] : before;
  if (action.do === "go-on") return { state, effects };
  if (action.do === "refer") return closed(pack, state, pack.twice, effects);
  const swap = action.do === "swap";
  const eased = swap
    ? { ...state, rungs: replaced(state.rungs, item, action.to), loads: replaced(loadsOf(pack, state), item, heldIn(pack.items[item].rungs[action.to])) }
    : { ...state, stopped: replaced(state.stopped, item, true) };
  const told = swap ? { do: "swap", item, to: rungOf(pack, eased, item).exercise } : { do: "stop", item };
  const { place } = state;
  const here = place.station < pack.stations.length && pack.stations[place.station].item === item;
  const from = here ? { ...START, station: place.station } : place;
  return arrived(pack, eased, nextOpen(pack, eased, from), [...effects, told]);
}

function skip(pack, state, event) {
  const here = setNow(pack, state);
  const what = event.what === "move" ? "move" : "set";
  const entry = {
    kind: "skipped",
    slot: pack.items[here.item].slot,
    exercise: rungOf(pack, state, here.item).exercise,
    what,
  };
  const [kept, effect] = remembered({ ...state, last: null }, entry);
  const now = what === "move" ? { ...kept, stopped: replaced(kept.stopped, here.item, true) } : kept;
  return arrived(pack, now, nextOpen(pack, now, { ...START, station: state.place.station + 1 }), [effect]);
}

function undo(pack, state) {
  if (state.past.length === 0) return { state, effects: [] };
  const gone = state.past[state.past.length - 1];
  const [now, kept] = written(state, { kind: "undone", undoes: gone.entry });
  const phase = gone.place.station < pack.stations.length ? "work" : "ending";
  const { place, rungs, stopped } = gone;
  const loads = gone.loads ?? loadsOf(pack, state);
  return { state: { ...now, phase, place, rungs, stopped, loads, past: state.past.slice(0, -1), last: null }, effects: [kept] };
}

function finish(pack, state, event) {
  const how = state.phase === "ending" ? "finished" : "stopped";
  const [now, kept] = written(state, { kind: "session-ended", how, minutes: event.minutes ?? null });
  return { state: { ...now, phase: "done", past: [], last: null }, effects: [kept, { do: "show", closing: -1 }] };
}

function arrived(pack, state, place, effects) {
  const ends = place.station >= pack.stations.length;
  const asks = ends && state.phase !== "ending" ? [{ do: "ask", what: "end" }] : [];
  return { state: { ...state, phase: ends ? "ending" : "work", place }, effects: [...effects, ...asks] };
}

// --- where -------------------------------------------------------------------------------------------------

function rungOf(pack, state, item) {
  return pack.items[item].rungs[state.rungs[item]];
}

function setNow(pack, state) {
  if (state.place.station >= pack.stations.length) {
    const end = pack.stations[pack.stations.length - 1];
    return state.last ?? { item: end.item, rung: state.rungs[end.item], set: end.set, side: 0 };
  }
  const { item, set } = pack.stations[state.place.station];
  return { item, rung: state.rungs[item], set, side: state.place.side };
}

function nextOpen(pack, state, place) {
  for (let number = place.station; number < pack.stations.length; number++) {
    const { item, set } = pack.stations[number];
    if (set <= rungOf(pack, state, item).sets && !state.stopped[item]) {
      return number === place.station ? place : { ...START, station: number };
    }
  }
  return { ...START, station: pack.stations.length };
}

function after(pack, state, place) {
  const station = pack.stations[place.station];
  if (place.side + 1 < rungOf(pack, state, station.item).sides.length) {
    return { station: place.station, side: place.side + 1, before: "switch" };
  }
  const next = nextOpen(pack, state, { ...START, station: place.station + 1 });
  if (next.station >= pack.stations.length) return next;
  return { station: next.station, side: 0, before: pause(pack, station, pack.stations[next.station]) };
}

function pause(pack, before, ahead) {
  if (pack.items[ahead.item].follows) return "prepare";
  if (ahead.round !== before.round) return "round";
  return ahead.item === before.item || pack.shape === "circuit" ? "rest" : "prepare";
}

function following(pack, state) {
  const next = after(pack, state, state.place);
  if (next.station >= pack.stations.length) return "";
  return rungOf(pack, state, pack.stations[next.station].item).exercise;
}

// --- entries -----------------------------------------------------------------------------------------------

function felt(pack, about) {
  const rung = pack.items[about.item].rungs[about.rung];
  const { slot } = pack.items[about.item];
  return { kind: "felt", slot, exercise: rung.exercise, side: rung.sides[about.side], set: about.set };
}

function written(state, entry) {
  const named = { id: `${state.session}-${state.by}-${state.refs}`, ...entry };
  if (entry.kind !== "undone") named.session = state.session;
  return [{ ...state, refs: state.refs + 1 }, { do: "keep", entry: named }];
}

function remembered(state, entry) {
  const [now, kept] = written(state, entry);
  const { place, rungs, stopped, loads } = state;
  return [{ ...now, past: [...state.past, { entry: kept.entry.id, place, rungs, stopped, loads }] }, kept];
}

function replaced(values, place, value) {
  return values.map((old, number) => (number === place ? value : old));
}

function said(action) {
  return { do: "say", rule: action.rule, says: action.says };
}

const ENDING = { effort, pain, hurts, undo, finish };
const HANDLERS = { questions: { answer, "none-of-these": noneOfThese, "nothing-new": nothingNew, start }, work: { ...ENDING, "set-done": setDone, skip, load }, ending: ENDING };
