// The taps of a session: what each button, scale and choice leads to.

import { keepSettings } from "./device.js";
import { minutesOf } from "./route.js";
import { loadsOf, stepOf } from "./rules.js";
import * as scheduler from "./scheduler.js";
import { part } from "./screens.js";

const DOUBLE_TAP_MS = 350;

const effortOf = (asks, value) => (asks === "left" ? { type: "effort", left_s: value } : { type: "effort", rir: value });

export class Taps {
  #tappedAt = 0;

  constructor(player) {
    this.player = player;
  }

  listen() {
    const { player } = this;
    document.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-do]");
      if (button && !button.disabled) this.#tap(button.dataset.do, button.value);
    });
    part("effort-end").addEventListener("change", ({ target }) => player.event(effortOf(part("effort-end").dataset.asks, Number(target.value))));
    for (const name of ["pain-after", "pain-end"]) part(name).addEventListener("change", ({ target }) => player.event({ type: "pain", pain: Number(target.value) }));
    part("pain-now").addEventListener("change", ({ target }) => this.#painNow(Number(target.value)));
    part("menu").addEventListener("close", () => this.#left(part("menu").returnValue));
    for (const name of ["ways", "ways-menu"]) this.#ways(part(name));
  }

  #tap(what, value) {
    const { player } = this;
    const now = player.moments.now();
    const step = player.session && stepOf(player.pack, player.session.state);
    player.sound.unlock();
    const leads = {
      go: () => this.#go(step, now),
      "done-with": () => this.#doneWith(step, now, Number(value)),
      effort: () => player.event(effortOf(part("effort").dataset.asks, Number(value)), { here: true }),
      hurts: () => this.#hurts(step, now),
      undo: () => player.event({ type: "undo" }),
      skip: () => this.#skip(step, now),
      pause: () => player.turn((clock) => scheduler.paused(clock, now)),
      "more-time": () => player.turn((clock) => scheduler.more(step, scheduler.unpaused(clock, now), now)),
      tap: () => player.turn((clock) => scheduler.tapped(clock)),
      lighter: () => this.#load(step, -1),
      heavier: () => this.#load(step, 1),
      menu: () => player.screens.menu(player.pack, player.session.state),
      finish: () => this.#finish(),
      "all-done": () => this.#allDone(now),
      answer: () => this.#answer(value, now),
    };
    return leads[what]?.();
  }

  /** Whether this tap is the second of a double tap, which nobody meant. */
  #twice(now) {
    if (now - this.#tappedAt < DOUBLE_TAP_MS) return true;
    this.#tappedAt = now;
    return false;
  }

  #go(step, now) {
    if (this.#twice(now)) return null;
    const { player } = this;
    const reading = player.watch.reading(step, now);
    if (reading.paused) return player.turn((clock) => scheduler.unpaused(clock, now));
    if (reading.phase === "before") return player.turn((clock) => scheduler.atOnce(step, clock, now));
    return this.#done(step, reading);
  }

  /** The set is done, and so many more were left: one tap. */
  #doneWith(step, now, rir) {
    if (this.#twice(now)) return null;
    const reading = this.player.watch.reading(step, now);
    return reading.settled && !reading.paused ? this.#done(step, reading, { rir }) : null;
  }

  #done(step, reading, said = {}) {
    const reps = reading.kind === "hold" ? step.reps : reading.count || step.reps;
    const hold = reading.kind === "hold" ? reading.done_s : step.hold_s;
    return this.player.event({ type: "set-done", reps, hold_s: hold, ...said }, { here: true });
  }

  async #load(step, by) {
    const { pack, session } = this.player;
    const rung = pack.items[step.item].rungs[step.rung];
    const place = Math.min(Math.max(loadsOf(pack, session.state)[step.item] + by, 0), rung.loads.length - 1);
    await this.player.event({ type: "load", place });
    this.player.watch.sayLoad();
  }

  async #hurts(step, now) {
    const { player } = this;
    const reading = player.watch.reading(step, now);
    await player.event({ type: "hurts", rep: reading.count ?? 0 }, { here: true });
    // What comes now is read before it is done.
    if (player.session.clock) await player.turn((clock) => scheduler.paused(clock, player.moments.now()));
  }

  /** The set again, with every repetition: the short one is taken back, the rest goes on as it was. */
  async #allDone(now) {
    const { pack, session } = this.player;
    const { clock, heard, state } = session;
    const { reps } = pack.items[state.last.item].rungs[state.last.rung];
    const said = heard.at_once ? { rir: heard.rir } : {};
    await this.player.event({ type: "undo" }, { here: true });
    return this.player.event({ type: "set-done", reps, hold_s: null, ...said }, { from: clock?.since ?? now });
  }

  #skip(step, now) {
    const { player } = this;
    const before = player.watch.reading(step, now).phase === "before";
    if (before && !player.session.clock.paused_at) return player.turn((clock) => scheduler.atOnce(step, clock, now));
    return player.event({ type: "skip", what: "set" }, { here: true });
  }

  #answer(said, now) {
    const question = this.player.questions.alone();
    if (!question || this.#twice(now)) return null;
    return this.player.event({ type: "answer", question: question.id, answer: said });
  }

  #painNow(pain) {
    part("menu").close("said");
    return this.player.event({ type: "pain", pain, spreads: part("spreads").checked, of: "now" });
  }

  #left(value) {
    if (value === "skip-move") this.player.event({ type: "skip", what: "move" }, { here: true });
    if (value === "end") this.#finish();
    part("menu").returnValue = "";
  }

  #finish() {
    const { moments, session } = this.player;
    return this.player.event({ type: "finish", minutes: minutesOf(session.began, moments.now()) });
  }

  #ways(box) {
    const { player } = this;
    for (const input of box.querySelectorAll("input")) {
      input.checked = player.settings[input.name];
      input.addEventListener("change", () => {
        player.settings[input.name] = input.checked;
        keepSettings(player.settings);
        if (!input.checked) player.sound.hush();
        if (input.name === "awake") player.render();
        for (const twin of document.querySelectorAll(`[data-part^="ways"] [name="${input.name}"]`)) twin.checked = input.checked;
      });
    }
  }
}
