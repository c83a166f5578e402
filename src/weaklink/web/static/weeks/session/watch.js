// The watch of a session: it reads the clock and leads to what shows, sounds and ends by itself.

import { placeOf, rungAt } from "./route.js";
import { loadsOf, stepOf } from "./rules.js";
import * as scheduler from "./scheduler.js";

const LOOK_MS = 250;
const BEAT_MS = 2_000;
const AHEAD_MS = 1_500;

export class Watch {
  #seen = 0;
  #t = -1;
  #heardOn = "";
  #beat = 0;
  #ended = null;
  #held = "";

  constructor(player) {
    this.player = player;
  }

  listen() {
    addEventListener("pagehide", () => this.player.session?.clock && this.#keepSeen(this.player.moments.now()));
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.look());
  }

  /** Looks before each picture; a page that draws none is looked at all the same. */
  begin() {
    this.look();
    setInterval(() => this.look(), LOOK_MS);
    const frame = () => {
      this.look();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  /** What was before this moment is not looked at again. */
  sawAt(now) {
    this.#seen = now;
  }

  /** The clock of a step as it stands at a moment. */
  reading(step, now) {
    const { pack, session, stage } = this.player;
    return scheduler.read(step, stage.pace(step.exercise), session.clock, now, rungAt(pack, session.state, step.item).tempo);
  }

  look() {
    const { session, pack, screens } = this.player;
    if (!session?.clock || session.state.phase !== "work") return;
    const now = this.player.moments.now();
    const step = stepOf(pack, session.state);
    const clock = scheduler.looked(step, session.clock, this.#seen || now, now);
    this.#seen = now;
    if (clock !== session.clock) this.player.keepClock(clock);
    const rung = rungAt(pack, session.state, step.item);
    const reading = this.reading(step, now);
    this.#sounds(step, clock, reading, rung);
    screens.clock(pack, session, step, reading, rung);
    this.#ends(step, clock, reading, now);
    if (now - this.#beat > BEAT_MS) {
      this.#beat = now;
      this.#keepSeen(now);
    }
  }

  #sounds(step, clock, reading, rung) {
    const { session, sound, stage, words } = this.player;
    const pace = stage.pace(step.exercise);
    const on = `${clock.since} ${placeOf(session.state)}`;
    if (on !== this.#heardOn) {
      this.#heardOn = on;
      this.#t = reading.t > 1_000 ? reading.t : 0;
      sound.unplan();
    }
    if (reading.paused || document.visibilityState === "hidden" && reading.t === this.#t) return;
    sound.plan(scheduler.marks(step, pace, clock, reading.t, reading.t + AHEAD_MS, rung.tempo), reading.t, on);
    const passed = scheduler.marks(step, pace, clock, this.#t, reading.t, rung.tempo);
    sound.pass(passed, reading.t, (mark) => words.spoken(mark, step, rung.name, this.#newLoad(mark, step, rung)));
    this.#t = Math.max(reading.t, this.#t);
  }

  /** What is held from this set on, in the words on the screen, where that was not said yet. */
  #newLoad({ say }, step, rung) {
    return say === "rest" || say === "ready" ? this.#loadUnsaid(step, rung) : "";
  }

  #loadUnsaid(step, rung) {
    const { pack, session } = this.player;
    const says = rung.loads?.[loadsOf(pack, session.state)[step.item]]?.says ?? "";
    if (!says || says === this.#held) return "";
    this.#held = says;
    return says;
  }

  /** Another weight was chosen: it is said at once. */
  sayLoad() {
    const { pack, session, sound } = this.player;
    const step = stepOf(pack, session.state);
    if (step) sound.say(this.#loadUnsaid(step, rungAt(pack, session.state, step.item)), { replace: true });
  }

  /** A hold that ended while it was watched is done; one that ended unseen waits for a tap. */
  #ends(step, clock, reading, now) {
    if (reading.phase !== "work" || reading.kind !== "hold" || !reading.over || reading.paused) return;
    const end = scheduler.momentOf(clock, scheduler.endOf(step, clock));
    if (now - end > scheduler.AWAY_MS || this.#ended === end) return;
    this.#ended = end;
    this.player.event({ type: "set-done", reps: step.reps, hold_s: Math.round(reading.length_s) }, { here: true, from: end });
  }

  #keepSeen(now) {
    this.player.port.put("seen", now).catch(() => {});
  }
}
