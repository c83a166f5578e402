// The words of the session: what the page was given, filled in.

import { formOf } from "./plurals.js";
import { isHold, phasesOf } from "./scheduler.js";

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** What the rules say of several moves: what differs only in the move named after the last colon, said once. */
export function together(changes) {
  const named = new Map();
  for (const { rule, says } of changes) {
    const colon = says.lastIndexOf(": ");
    const head = colon < 0 ? says : says.slice(0, colon);
    const key = `${rule} ${head}`;
    if (!named.has(key)) named.set(key, { head, names: new Set() });
    if (colon >= 0) named.get(key).names.add(says.slice(colon + 2));
  }
  return [...named.values()].map(({ head, names }) => (names.size ? `${head}: ${listed([...names])}` : head));
}

const listed = (names) => names.map((name, at) => (at < names.length - 1 ? name.replace(/\.$/, "") : name)).join(", ");

export class Words {
  constructor(said, language) {
    this.said = said;
    this.language = language;
  }

  get(name, values = {}) {
    return filled(formOf(this.said[name] ?? "", values, this.language), values);
  }

  side(side) {
    return side === "left" || side === "right" ? this.get(`side${side === "left" ? "Left" : "Right"}`) : "";
  }

  /** The dose of a set as one says it. */
  dose(step) {
    if (step.to_the_limit) return this.get("doseLimit");
    return isHold(step) ? this.get("doseHold", { n: step.hold_s }) : this.get("doseReps", { n: step.reps });
  }

  /** "there 2 · hold 1 · back 3", and which part of it is now. */
  tempo(step, pace, tempo) {
    if (isHold(step)) return [this.get("holdFor", { n: step.hold_s })];
    const [up, hold, down] = phasesOf(step, pace, tempo);
    const parts = [["up", up], ["hold", hold], ["down", down]];
    return parts.map(([name, n]) => (n > 0 ? this.get(name, { n }) : ""));
  }

  before(step) {
    return this.get({ prepare: "getReady", rest: "rest", switch: "switch", round: "roundRest" }[step.before]);
  }

  /** What is spoken at a mark; the same stands on the screen. `load`: what is held from now on, where that is new. */
  spoken(mark, step, name, load = "") {
    const side = this.side(step.side);
    switch (mark.say) {
      case "count":
        return String(mark.value);
      case "rest":
        return [this.get("sayRest", { s: step.before_s }), load && `${load}.`].filter(Boolean).join(" ");
      case "ready":
        return this.get("sayReady", { name, side, load, dose: this.dose(step) }).replace(/\.( \.)+/g, ".");
      case "go":
        return this.get("sayGo");
      case "hold":
        return this.get("sayHold");
      case "half":
        return this.get("sayHalf");
      default:
        return this.get("sayEnd");
    }
  }
}
