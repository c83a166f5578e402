// The screens of the session: what the page shows. They read; the player decides.

import { asksOf, loadsOf, stepOf } from "./rules.js";
import { doneOf, setsDone } from "./guide.js";
import { minutesLeft, moveNumber, nextStep, rungAt, ticks } from "./route.js";
import { together } from "./words.js";

export const part = (name, root = document) => root.querySelector(`[data-part="${name}"]`);
const PAINS = [...Array(11).keys()];
// What is asked with a set or after it, with the words of its answers: repetitions that were left, or seconds of a hold.
const EFFORTS = {
  done: { values: [0, 1, 2, 3, 4, 5, 6], words: "effortWords", asks: "doneAsks" },
  reserve: { values: [0, 1, 2, 3, 4, 5, 6], words: "effortWords", asks: "effortAsks" },
  left: { values: [0, 5, 10, 20], words: "leftWords", asks: "leftAsks" },
};
const URGENCY = ["emergency", "same-day", "within-week", "see-professional"];

/** Puts words where they are, only when they change: a screen reader is told once. */
export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function element(name, className = "", text = "") {
  return Object.assign(document.createElement(name), { className, textContent: text });
}

const sentence = (text) => (text ? `${text[0].toUpperCase()}${text.slice(1).replace(/[.!?]?$/, ".")}` : "");

export class Screens {
  constructor(words, stage) {
    this.words = words;
    this.stage = stage;
    this.counted = {};
  }

  show(name) {
    for (const screen of document.querySelectorAll("[data-screen]")) screen.hidden = screen.dataset.screen !== name;
    if (this.shown === name) return;
    this.shown = name;
    part("ticks").hidden = name !== "work";
    if (name !== "work") put(part("where"), "");
    scrollTo(0, 0);
  }

  // Before and after.

  none(title, says, go = null) {
    put(part("none-title"), title);
    put(part("none-says"), says);
    if (go) {
      part("none-go").textContent = go.words;
      part("none-go").href = go.url;
    }
    this.show("none");
  }

  /** One question that was never answered, by itself. */
  question({ text, help }) {
    put(part("question-text"), text);
    put(part("question-help"), help);
    this.show("question");
  }

  /** Every question in full, the most urgent first. */
  questions(pack, answers, why = "") {
    put(part("check-why"), why);
    part("check-why").hidden = !why;
    const groups = pack.questions.map((question) => pack.closings[question.yes]?.tier ?? "known");
    const order = [...URGENCY, "known"].filter((tier) => groups.includes(tier));
    part("flag-rows").replaceChildren(...order.map((tier) => {
      const group = element("section", "flag-group");
      const mine = pack.questions.filter((question, number) => groups[number] === tier);
      group.append(element("h2", "", this.words.get(`flags${camel(tier)}`)), ...mine.map((question) => this.#flagRow(pack, question, answers[question.id])));
      return group;
    }));
    this.show("questions");
  }

  #flagRow(pack, question, said) {
    const made = part("flag-row").content.firstElementChild.cloneNode(true);
    const box = made.querySelector('[name="new"]');
    box.value = question.id;
    box.checked = said === "yes" || said === "unsure";
    for (const words of made.querySelectorAll("[data-text], [data-legend]")) words.textContent = question.text;
    made.querySelector("[data-help]").textContent = question.help;
    for (const radio of made.querySelectorAll('[type="radio"]')) {
      radio.name = `how:${question.id}`;
      radio.checked = radio.value === (said === "unsure" ? "unsure" : "yes");
      made.querySelector(`[data-leads="${radio.value}"]`).textContent = this.#leads(pack.closings[question[radio.value]]);
    }
    return made;
  }

  #leads(closing) {
    return closing ? this.words.get(`closed${camel(closing.tier)}`) : this.words.get("leadsOn");
  }

  start(pack) {
    scale(part("pain-before"), "pain-before", PAINS.map(String));
    part("says").replaceChildren(...pack.says.map((text) => element("li", "", text)));
    this.show("start");
  }

  // The work.

  work(pack, session) {
    const { state } = session;
    const step = stepOf(pack, state);
    const rung = rungAt(pack, state, step.item);
    this.show("work");
    put(part("where"), `${this.words.get("where", moveNumber(pack, state))} · ${this.words.get("left", { min: minutesLeft(pack, state, (move) => this.stage.pace(move)) })}`);
    this.#ticks(ticks(pack, state));
    put(part("name"), rung.name);
    const round = pack.rounds > 1 ? this.words.get("round", { n: step.round, of: pack.rounds }) : this.words.get("set", { n: step.set, of: step.sets });
    const cue = sentence(rung.cap) || rung.cues[(step.set + state.place.side) % Math.max(rung.cues.length, 1)] || "";
    put(part("cue"), `${round} ${cue}`.trim());
    put(part("then"), this.#then(pack, state));
    put(part("side"), this.words.side(step.side) || rung.how_heavy);
    this.#load(pack, state, step.item, rung);
    this.stage.show(step.exercise, step.side, rung.name);
    this.#said(session);
    this.#after(pack, session);
  }

  /** What is held, with a lighter and a heavier one beside it. */
  #load(pack, state, item, rung) {
    const place = loadsOf(pack, state)[item];
    const found = rung.loads?.[place];
    part("load").hidden = !rung.loads?.length;
    if (!rung.loads?.length) return;
    put(part("load-says"), found ? found.says : this.words.get("loadUnknown"));
    part("lighter").disabled = place <= 0;
    part("heavier").disabled = place >= rung.loads.length - 1;
  }

  /** What changes with the clock. */
  clock(pack, session, step, reading, rung) {
    const session_ = document.querySelector('[data-screen="work"]');
    session_.dataset.phase = reading.phase;
    session_.classList.toggle("is-paused", reading.paused);
    const resting = reading.phase === "before";
    const hold = !resting && reading.kind === "hold";
    const number = reading.breath_s || (resting || hold ? reading.left_s : reading.count);
    put(part("count"), String(number));
    part("count").classList.toggle("long", String(number).length > 2);
    put(part("of"), this.#of(step, reading, resting, hold));
    this.#tempo(step, reading, rung, resting);
    const done = !resting && (hold ? reading.over : true);
    const go = reading.paused ? "goOn" : resting ? "startNow" : "setDone";
    put(part("go"), this.words.get(go));
    part("go").dataset.now = go;
    part("tap").disabled = resting || hold || reading.paused;
    document.querySelector('[data-do="pause"]').disabled = reading.paused;
    session_.classList.toggle("is-over", done && reading.over);
    part("after").hidden = !(resting && this.asking);
    this.#effort(session.state, step, reading, asksOf(pack.items[step.item], rung));
    this.stage.seek(reading.share);
  }

  /** How many more: at work it ends the set in the same tap, in the rest it is about the set just done. */
  #effort(state, step, reading, asked) {
    const resting = reading.phase === "before";
    const working = reading.kind === "reps" && !reading.paused && !step.to_the_limit && asked === "reserve";
    const asks = resting ? this.unsaid : working ? "done" : "";
    const box = part("ask-effort");
    const buttons = part("effort");
    const key = `${asks} ${state.past.length} ${state.place.station} ${state.place.side}`;
    // Its place stays where it is asked at all, so that no button moves under the thumb.
    box.hidden = !asks && !asked;
    box.classList.toggle("is-quiet", !asks);
    if (buttons.dataset.key !== key) {
      buttons.dataset.key = key;
      buttons.dataset.asks = asks;
      const { values, words, asks: legend } = EFFORTS[asks || "reserve"];
      put(box.querySelector("legend"), this.words.get(legend));
      const said = this.words.get(words).split("|");
      buttons.replaceChildren(...said.map((word, n) => Object.assign(element("button", "", word), { type: "button", value: String(values[n]) })));
      for (const button of buttons.children) button.dataset.do = asks === "done" ? "done-with" : "effort";
    }
    for (const button of buttons.children) button.disabled = !asks || asks === "done" && !reading.settled;
  }

  #of(step, reading, resting, hold) {
    if (reading.breath_s) return this.words.get("breath");
    if (reading.paused) return this.words.get("paused");
    if (resting) return this.words.before(step);
    if (hold) return this.words.get("sec");
    return step.to_the_limit ? this.words.get("limit") : this.words.get("of", { n: step.reps });
  }

  #tempo(step, reading, rung, resting) {
    const line = part("tempo");
    const key = `${step.exercise} ${step.side} ${resting} ${reading.part} ${rung.tempo}`;
    if (line.dataset.key === key) return;
    line.dataset.key = key;
    if (resting) {
      line.replaceChildren(this.words.dose(step));
      return;
    }
    const parts = this.words.tempo(step, this.stage.pace(step.exercise), rung.tempo);
    const shown = parts.map((text, n) => (text && n === reading.part ? element("b", "", text) : text)).filter(Boolean);
    line.replaceChildren(...shown.flatMap((one, n) => (n ? [" · ", one] : [one])));
  }

  #ticks(states) {
    const row = part("ticks");
    row.setAttribute("aria-label", `${states.filter((state) => state === "done").length} / ${states.length}`);
    row.replaceChildren(...states.filter((state) => state !== "out").map((state) => element("i", state)));
  }

  #then(pack, state) {
    const here = stepOf(pack, state);
    const next = nextStep(pack, state);
    if (!next) return this.words.get("thenEnd");
    const side = this.words.side(next.side);
    const name = rungAt(pack, state, next.item).name;
    if (next.before === "switch") return this.words.get("thenSide", { side: side.toLowerCase() });
    const what = next.item === here.item ? side.toLowerCase() : name;
    if (next.before === "rest" || next.before === "round") return [this.words.get("thenRest", { s: next.before_s }), what].filter(Boolean).join(", ");
    return this.words.get("thenMove", { name });
  }

  #said({ said }) {
    part("told").hidden = !said;
    if (said) put(part("told-says"), said.says);
  }

  /** Pain, asked in the rest after a set, and effort where it was not said with it; said once, they are gone. */
  #after(pack, session) {
    const { heard, state } = session;
    const about = state.last;
    const item = about ? pack.items[about.item] : null;
    const asked = item?.kind === "exercise";
    const short = state.place.before === "switch";
    const pain = asked && !short && heard.pain === undefined;
    this.unsaid = asked && heard.rir === undefined ? asksOf(item, item.rungs[about.rung]) : "";
    const few = this.#short(asked && !short ? item.rungs[about.rung] : null, heard);
    this.asking = pain || few;
    this.#lastSet(this.unsaid || pain ? item.rungs[about.rung].name : "");
    part("ask-pain").hidden = !pain;
    this.#fresh("pain-after", `${state.past.length} ${about?.item} ${about?.set} ${about?.side}`, () => scale(part("pain-after"), "pain-after", PAINS.map(String)));
  }

  /** Whose set is asked about, where another move stands at the top by now. */
  #lastSet(name) {
    const other = name && name !== part("name").textContent;
    part("last-set").hidden = !other;
    if (other) put(part("last-set"), this.words.get("lastSet", { name }));
  }

  /** The metronome was slower than the runner: one tap puts the count right. */
  #short(rung, { reps, rir, at_once, pain }) {
    const fresh = (rir === undefined || at_once) && pain === undefined;
    const few = Boolean(fresh && rung?.reps && reps !== undefined && reps !== null && reps < rung.reps);
    part("short").hidden = !few;
    if (!few) return false;
    put(part("short-says"), this.words.get("short", { n: reps, of: rung.reps }));
    put(part("short-do"), this.words.get("shortDo", { of: rung.reps }));
    return true;
  }

  /** Makes a scale anew where it is about another set; what was chosen on it stays otherwise. */
  #fresh(name, key, make) {
    if (this.counted[name] === key) return;
    this.counted[name] = key;
    make();
  }

  menu(pack, state) {
    const step = stepOf(pack, state);
    if (!step) return;
    const rung = rungAt(pack, state, step.item);
    put(part("menu-title"), rung.name);
    scale(part("pain-now"), "pain-now", PAINS.map(String));
    part("spreads").checked = false;
    part("how").replaceChildren(...rung.steps.map((text) => element("li", "", text)));
    part("stop-if").replaceChildren(...rung.stop_if.map((text) => element("li", "", text)));
    part("menu").showModal();
  }

  // The end.

  ending(pack, session) {
    const { heard, state } = session;
    const item = state.last ? pack.items[state.last.item] : null;
    const asked = item?.kind === "exercise";
    const effort = asked && heard.rir === undefined ? asksOf(item, item.rungs[state.last.rung]) : "";
    part("end-effort").hidden = !effort;
    part("end-pain").hidden = !asked || heard.pain !== undefined;
    this.#fresh("effort-end", `end ${state.last?.set} ${state.past.length}`, () => {
      const about = EFFORTS[effort || "reserve"];
      put(part("end-effort").querySelector("legend"), this.words.get(about.asks));
      scale(part("effort-end"), "effort-end", this.words.get(about.words).split("|"), about.values);
      part("effort-end").dataset.asks = effort;
      scale(part("pain-end"), "pain-end", PAINS.map(String));
    });
    part("ending-says").hidden = !session.said;
    if (session.said) put(part("ending-says"), session.said.says);
    this.show("ending");
  }

  done(pack, session, minutes) {
    const done = setsDone(session);
    const early = session.ended_early;
    part("changes-block").hidden = part("done-why").hidden = Boolean(pack.around);
    part("done-run").hidden = pack.around !== "after-run";
    put(part("done-title"), pack.around && !early ? this.words.get(`done${camel(pack.around)}`) : early ? this.words.get("doneEarly", { sets: done.length }) : this.words.get("done", { sets: done.length, min: minutes }));
    put(part("done-lede"), this.words.get("doneLede"));
    part("done-list").replaceChildren(...pack.items.map((item, number) => this.#doneRow(item, number, session, done)));
    this.show("done");
  }

  #doneRow(item, number, session, done) {
    const { rungs, stopped } = session.state;
    const rung = item.rungs[rungs[number]];
    const { name, n, of, hurt, before } = doneOf(item, rungs[number], done);
    const row = element("li");
    const text = element("p");
    const notes = [this.words.get("doneSets", { n, of })];
    if (hurt) notes.push(this.words.get(before ? "doneHurt" : "doneHurtAtOnce", { name: hurt, sets: before }));
    if (stopped[number]) notes.push(this.words.get("doneStopped"));
    text.append(element("b", "", name), element("span", "", notes.join(" · ")));
    row.append(this.stage.picture(rung.exercise, rung.sides[0]) ?? element("i"), text);
    return row;
  }

  /** What changes next time, in the words of the rules; null while there is no connection. */
  changes(found) {
    const list = part("changes");
    if (!found) return list.replaceChildren(element("li", "", this.words.get("changesLater")));
    const says = together(found.changes);
    list.replaceChildren(...(says.length ? says : [this.words.get("changesNone")]).map((text) => element("li", "", text)));
    const next = found.due?.next_date;
    if (next) put(part("next"), this.words.get("next", { day: weekday(next) }));
  }

  /** A session that ended before or in its work: whom to see, why not today, or the questions that come first. */
  over({ closing, said }) {
    const { words } = this;
    if (closing) return this.closed(closing);
    if (said) return this.none(words.get("notToday"), said.says);
    return this.none(words.get("newPlace"), words.get("newPlaceSays"), { words: words.get("noneQuestionsGo"), url: "/today" });
  }

  closed(closing) {
    const { words } = this;
    const urgent = closing.tier === "emergency";
    put(part("closing-title"), words.get(`closed${camel(closing.tier)}`) || closing.leading);
    put(part("closing-lede"), closing.leading);
    part("closing-call").hidden = !urgent;
    part("closing-mostly-harmless").hidden = urgent;
    part("closing-letter").classList.toggle("second", urgent);
    put(part("closing-number"), words.get("emergency", { number: closing.emergency }));
    part("closing-tel").textContent = words.get("call", { number: closing.emergency });
    part("closing-tel").href = `tel:${closing.emergency}`;
    terms(part("closing-see-block"), closing.see);
    terms(part("closing-meanwhile-block"), closing.meanwhile);
    part("closing-tell-block").hidden = closing.tell.length === 0;
    part("closing-tell").replaceChildren(...closing.tell.map((text) => element("li", "", text)));
    put(part("closing-rule"), closing.rule ? words.get("rule", { id: closing.rule }) : "");
    this.show("closed");
  }
}

const camel = (text) => text.replace(/(^|-)(\w)/g, (whole, dash, letter) => letter.toUpperCase());

function weekday(date) {
  return new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(new Date(`${date}T12:00:00Z`));
}

function terms(block, lines) {
  block.hidden = lines.length === 0;
  block.replaceChildren(block.querySelector("dt"), ...lines.map((text) => element("dd", "", text)));
}

function scale(box, name, words, values = words) {
  box.replaceChildren(...words.map((word, n) => {
    const label = element("label");
    const input = Object.assign(document.createElement("input"), { type: "radio", name, value: String(values[n]) });
    label.append(input, element("span", "", word));
    return label;
  }));
}
