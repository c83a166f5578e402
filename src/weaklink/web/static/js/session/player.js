// The player of a session: what a tap, the clock and another page lead to.

import { Awake, keepSettings, Moments, newId, newWord, readSettings, timeOfDay } from "./device.js";
import { fetchFigures, fetchToday, forgetFiles, settleIn } from "./fetching.js";
import { act, beginSession, goesOn, turnClock } from "./guide.js";
import { openKeeping, readyName } from "./keeping.js";
import { Postman } from "./outbox.js";
import { rungAt } from "./route.js";
import { stepOf, strictestClosing } from "./rules.js";
import * as scheduler from "./scheduler.js";
import { part, put, Screens } from "./screens.js";
import { Sound } from "./sound.js";
import { FigureStage } from "./stage.js";
import { Words } from "./words.js";

const LOOK_MS = 250;
const BEAT_MS = 2_000;
const AHEAD_MS = 1_500;
const DOUBLE_TAP_MS = 350;
const OLDEST_DAYS = 1; // a pack kept on the device may be used a day later
const DAY_MS = 86_400_000;

class Player {
  #queue = Promise.resolve();
  #seen = 0;
  #t = -1;
  #heardOn = "";
  #beat = 0;
  #tappedAt = 0;

  constructor(port) {
    this.port = port;
    this.by = newWord();
    this.moments = new Moments();
    this.settings = readSettings();
    this.words = new Words(part("words").dataset);
    this.stage = new FigureStage(part("figure"));
    this.screens = new Screens(this.words, this.stage);
    this.spoken = [];
    this.sound = new Sound(this.settings, (text) => this.#said(text));
    this.awake = new Awake();
    this.channel = window.BroadcastChannel ? new BroadcastChannel("weaklink-session") : null;
    this.postman = new Postman(port, (told) => this.#synced(told), () => this.session?.episode ?? "");
  }

  // Getting ready.

  async open() {
    this.#listen();
    const [kept, pack] = await Promise.all([this.port.get("session"), this.port.get("pack")]);
    const going = goesOn(kept) && pack?.id === kept.pack;
    if (going && fresh(pack)) await this.#resume(kept, pack);
    else await this.#ready(going ? await this.#leftBehind(kept, pack) : kept);
    this.#keepOffline();
    this.#look();
    setInterval(() => this.#look(), LOOK_MS);
    const frame = () => {
      this.#look();
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  async #resume(kept, pack) {
    this.pack = pack;
    this.session = kept;
    this.#figures();
    const seen = Math.max(kept.seen, (await this.port.get("seen")) ?? 0);
    const now = this.moments.now();
    this.#seen = now;
    if (kept.clock) {
      const clock = scheduler.resumed(stepOf(pack, kept.state), kept.clock, seen, now);
      if (clock !== kept.clock) await this.turn(() => clock);
    }
    this.render();
    put(part("live"), this.words.get("resumed"));
    this.postman.hurry();
  }

  /** A session nobody came back to is over; what was done of it counts. */
  async #leftBehind(kept, pack) {
    const now = this.moments.now();
    const { session } = await act(this.port, pack, { type: "finish", minutes: minutesOf(kept.began, kept.seen) }, { version: kept.version, by: this.by, now, at: timeOfDay() });
    return session ?? kept;
  }

  async #ready(kept) {
    await Promise.race([this.postman.hurry(), new Promise((resolve) => setTimeout(resolve, 4_000))]);
    const asked = new URLSearchParams(location.search);
    const wishes = Object.fromEntries(["minutes", "away", "anyway", "around"].filter((name) => asked.has(name)).map((name) => [name, asked.get(name)]));
    const found = await fetchToday(wishes);
    if (found) return this.#begin(found);
    const ready = await this.port.get(readyName(wishes.around));
    if (kept?.state.phase === "closed" && kept.closing) return this.screens.closed(kept.closing);
    const again = kept?.pack === ready?.pack.id && kept?.state.phase !== "questions";
    if (!ready || !fresh(ready.pack) || again && !wishes.around) return this.screens.none(this.words.get("noneOffline"), this.words.get("noneOfflineSays"));
    return this.#begin({ pack: ready.pack });
  }

  async #begin(found) {
    if (found.closing) {
      await this.#forget();
      return this.screens.closed(found.closing);
    }
    if (!found.pack) return this.#noSession(found);
    this.pack = found.pack;
    await this.port.put(readyName(found.pack.around), { pack: found.pack });
    this.session = await beginSession(this.port, found.pack, { id: newId(), by: this.by, now: this.moments.now() });
    this.render();
    return this.#figures();
  }

  async #noSession(found) {
    // Erased, or never there: nothing about it stays on this device.
    if (found.why_not === "no-plan") await Promise.all([this.port.clear(), forgetFiles()]);
    const says = {
      questions: ["noneQuestions", "noneQuestionsSays", { words: this.words.get("noneQuestionsGo"), url: "/answers" }],
      "nothing-left": ["noneLeft", "noneLeftSays"],
      "no-plan": ["nonePlan", "nonePlanSays", { words: this.words.get("noneQuestionsGo"), url: "/" }],
    }[found.why_not] ?? [found.due?.why === "done-today" ? "noneDone" : "noneRest", "noneRestSays"];
    this.screens.none(this.words.get(says[0]), this.words.get(says[1]), says[2]);
  }

  async #figures() {
    const kept = await this.port.get("figures");
    if (kept) this.stage.files(kept.figures);
    if (!kept?.packs?.includes(this.pack.id)) {
      const figures = await fetchFigures(this.port, [this.pack]).catch(() => null);
      if (figures) this.stage.files(figures);
    }
    this.render();
  }

  async #keepOffline() {
    const kept = await settleIn();
    put(part("ready-offline"), this.words.get(kept ? "offlineReady" : "offlineNot"));
  }

  // What happens.

  /** One event after another; each is kept before it is shown. */
  event(event, options = {}) {
    const place = this.session && placeOf(this.session.state);
    this.#queue = this.#queue.then(async () => {
      // A tap belongs to the set it was made for, not to the next one.
      if (options.here && place !== placeOf(this.session.state)) return;
      const now = this.moments.now();
      const answer = await act(this.port, this.pack, event, { version: this.session.version, by: this.by, now, at: timeOfDay(), byTap: this.settings.byTap, from: options.from ?? now });
      await this.#took(answer);
    }).catch((problem) => this.#failed(problem));
    return this.#queue;
  }

  /** A change of the clock alone. */
  turn(change) {
    this.#queue = this.#queue.then(async () => {
      const answer = await turnClock(this.port, change, { version: this.session.version, now: this.moments.now() });
      if (!answer.session) return;
      this.session = answer.session;
      this.sound.unplan();
      this.channel?.postMessage("changed");
      if (answer.stale) this.render();
      this.#look();
    }).catch((problem) => this.#failed(problem));
    return this.#queue;
  }

  async #took({ session, effects, stale }) {
    if (!session) return location.reload();
    this.session = session;
    if (stale) put(part("live"), this.words.get("elsewhere"));
    else this.channel?.postMessage("changed");
    for (const effect of effects) await this.#effect(effect);
    this.render();
    this.postman.go();
  }

  async #effect(effect) {
    if (effect.do === "say") {
      this.sound.hush();
      this.sound.buzz("swap");
      this.sound.say(effect.says);
    } else if (effect.do === "forget") await forgetFiles();
  }

  async #forget() {
    await this.port.forget();
    await forgetFiles();
    this.stage.clear();
  }

  #failed(problem) {
    put(part("live"), String(problem?.message ?? problem));
    const strip = part("sync");
    strip.hidden = false;
    put(strip, String(problem?.message ?? problem));
  }

  // What is shown.

  render() {
    const { session, pack } = this;
    if (!session) return;
    const { phase } = session.state;
    this.awake.keep(phase === "work" && this.settings.awake);
    if (phase !== "work") this.sound.unplan();
    const screens = {
      questions: () => this.#asks(pack, session.state.answers),
      work: () => this.screens.work(pack, session),
      ending: () => this.screens.ending(pack, session),
      done: () => this.#done(),
      closed: () => session.closing && this.screens.closed(session.closing),
      "not-today": () => this.#notToday(),
    };
    screens[phase]?.();
    this.#look();
  }

  /** What was never answered is asked by itself; then everything else on one page. */
  #asks(pack, answers) {
    if (this.screens.shown === "start") return;
    const alone = pack.questions.find((question) => !question.known && !(question.id in answers));
    if (alone) this.screens.question(alone);
    // What was ticked and not sent yet must not be lost when a figure arrives.
    else if (this.screens.shown !== "questions") this.screens.questions(pack, answers);
  }

  #notToday() {
    const { closing, said } = this.session;
    if (closing) return this.screens.closed(closing);
    if (said) return this.screens.none(this.words.get("notToday"), said.says);
    return this.screens.none(this.words.get("newPlace"), this.words.get("newPlaceSays"), { words: this.words.get("noneQuestionsGo"), url: "/today" });
  }

  #done() {
    if (this.screens.shown === "done") return;
    const { began, ended } = this.session;
    this.screens.done(this.pack, this.session, minutesOf(began, ended ?? this.moments.now()));
    this.screens.changes(null);
    if (this.pack.around) return void this.postman.hurry();
    this.postman.hurry().then(async (told) => told && !told.failed && this.screens.changes(await fetchToday()));
  }

  /** Reads the clock: what shows, sounds and ends by itself. */
  #look() {
    const { session, pack } = this;
    if (!session?.clock || session.state.phase !== "work") return;
    const now = this.moments.now();
    const step = stepOf(pack, session.state);
    const clock = scheduler.looked(step, session.clock, this.#seen || now, now);
    this.#seen = now;
    if (clock !== session.clock) {
      this.session = { ...session, clock };
      this.turn(() => clock);
    }
    const rung = rungAt(pack, session.state, step.item);
    const pace = this.stage.pace(step.exercise);
    const reading = scheduler.read(step, pace, clock, now, rung.tempo);
    this.#sounds(step, pace, clock, reading, rung);
    this.screens.clock(pack, session, step, reading, rung);
    this.#ends(step, clock, reading, now);
    if (now - this.#beat > BEAT_MS) {
      this.#beat = now;
      this.port.put("seen", now).catch(() => {});
    }
  }

  #sounds(step, pace, clock, reading, rung) {
    const on = `${clock.since} ${placeOf(this.session.state)}`;
    if (on !== this.#heardOn) {
      this.#heardOn = on;
      this.#t = reading.t > 1_000 ? reading.t : 0;
      this.sound.unplan();
    }
    if (reading.paused || document.visibilityState === "hidden" && reading.t === this.#t) return;
    this.sound.plan(scheduler.marks(step, pace, clock, reading.t, reading.t + AHEAD_MS, rung.tempo), reading.t, on);
    const passed = scheduler.marks(step, pace, clock, this.#t, reading.t, rung.tempo);
    this.sound.pass(passed, reading.t, (mark) => this.words.spoken(mark, step, rung.name));
    this.#t = Math.max(reading.t, this.#t);
  }

  /** A hold that ended while it was watched is done; one that ended unseen waits for a tap. */
  #ends(step, clock, reading, now) {
    if (reading.phase !== "work" || reading.kind !== "hold" || !reading.over || reading.paused) return;
    const end = scheduler.momentOf(clock, scheduler.endOf(step, clock));
    if (now - end > scheduler.AWAY_MS || this.ending === end) return;
    this.ending = end;
    this.event({ type: "set-done", reps: step.reps, hold_s: Math.round(reading.length_s) }, { here: true, from: end });
  }

  #said(text) {
    this.spoken.push({ text, count: part("count").textContent, at: this.moments.now() });
    if (this.spoken.length > 200) this.spoken.shift();
    if (!/^\d+$/.test(text)) put(part("live"), text);
  }

  async #synced({ left, clashes, failed }) {
    const strip = part("sync");
    const refused = (await this.port.waiting()).filter((row) => row.refused).length;
    const waiting = left > 0 && (failed || left > 20);
    strip.hidden = !(waiting || clashes || refused);
    if (refused) put(strip, this.words.get("refused", { n: refused }));
    else if (waiting) put(strip, this.words.get(failed === "status-401" ? "unpaired" : "waiting", { n: left }));
    else if (clashes) put(strip, this.words.get("clashes", { n: clashes }));
  }

  // What the person does.

  #listen() {
    document.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-do]");
      if (button && !button.disabled) this.#tap(button.dataset.do, button.value);
    });
    part("questions").addEventListener("submit", (event) => this.#answered(event));
    part("start").addEventListener("submit", (event) => this.#started(event));
    for (const name of ["effort", "effort-end"]) part(name).addEventListener("change", ({ target }) => this.event({ type: "effort", rir: Number(target.value) }));
    for (const name of ["pain-after", "pain-end"]) part(name).addEventListener("change", ({ target }) => this.event({ type: "pain", pain: Number(target.value) }));
    part("pain-now").addEventListener("change", ({ target }) => this.#painNow(Number(target.value)));
    part("menu").addEventListener("close", () => this.#left(part("menu").returnValue));
    for (const name of ["ways", "ways-menu"]) this.#ways(part(name));
    this.channel?.addEventListener("message", () => this.#elsewhere());
    addEventListener("pagehide", () => this.session?.clock && this.port.put("seen", this.moments.now()).catch(() => {}));
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#look());
  }

  #tap(what, value) {
    const now = this.moments.now();
    const step = this.session && stepOf(this.pack, this.session.state);
    this.sound.unlock();
    if (what === "go") return this.#go(step, now);
    if (what === "hurts") return this.#hurts(step, now);
    if (what === "undo") return this.event({ type: "undo" });
    if (what === "skip") return this.#skip(step, now);
    if (what === "pause") return this.turn((clock) => scheduler.paused(clock, now));
    if (what === "more-time") return this.turn((clock) => scheduler.more(step, scheduler.unpaused(clock, now), now));
    if (what === "tap") return this.turn((clock) => scheduler.tapped(clock));
    if (what === "menu") return this.screens.menu(this.pack, this.session.state);
    if (what === "finish") return this.#finish();
    if (what === "all-done") return this.#allDone(now);
    if (what === "answer") return this.#alone(value);
    return null;
  }

  #reading(step, now) {
    const rung = rungAt(this.pack, this.session.state, step.item);
    return scheduler.read(step, this.stage.pace(step.exercise), this.session.clock, now, rung.tempo);
  }

  #go(step, now) {
    if (now - this.#tappedAt < DOUBLE_TAP_MS) return null;
    this.#tappedAt = now;
    const reading = this.#reading(step, now);
    if (reading.paused) return this.turn((clock) => scheduler.unpaused(clock, now));
    if (reading.phase === "before") return this.turn((clock) => scheduler.atOnce(step, clock, now));
    const reps = reading.kind === "hold" ? step.reps : reading.count || step.reps;
    const hold = reading.kind === "hold" ? reading.done_s : step.hold_s;
    return this.event({ type: "set-done", reps, hold_s: hold }, { here: true });
  }

  async #hurts(step, now) {
    const reading = this.#reading(step, now);
    await this.event({ type: "hurts", rep: reading.count ?? 0 }, { here: true });
    // What comes now is read before it is done.
    if (this.session.clock) await this.turn((clock) => scheduler.paused(clock, this.moments.now()));
  }

  /** The set again, with every repetition: the short one is taken back, the rest goes on as it was. */
  async #allDone(now) {
    const { clock, state } = this.session;
    const { reps } = this.pack.items[state.last.item].rungs[state.last.rung];
    await this.event({ type: "undo" }, { here: true });
    return this.event({ type: "set-done", reps, hold_s: null }, { from: clock?.since ?? now });
  }

  #skip(step, now) {
    if (this.#reading(step, now).phase === "before" && !this.session.clock.paused_at) return this.turn((clock) => scheduler.atOnce(step, clock, now));
    return this.event({ type: "skip", what: "set" }, { here: true });
  }

  #painNow(pain) {
    part("menu").close("said");
    return this.event({ type: "pain", pain, spreads: part("spreads").checked, of: "now" });
  }

  #left(value) {
    if (value === "skip-move") this.event({ type: "skip", what: "move" }, { here: true });
    if (value === "end") this.#finish();
    part("menu").returnValue = "";
  }

  #finish() {
    const minutes = minutesOf(this.session.began, this.moments.now());
    return this.event({ type: "finish", minutes });
  }

  // The questions.

  #alone(said) {
    const now = this.moments.now();
    const question = this.pack.questions.find(({ id, known }) => !known && !(id in this.session.state.answers));
    if (!question || now - this.#tappedAt < DOUBLE_TAP_MS) return null;
    this.#tappedAt = now;
    return this.event({ type: "answer", question: question.id, answer: said });
  }

  /** A line that was tapped counts as yes until it is called unsure; the others are a no. */
  async #answered(event) {
    event.preventDefault();
    const form = new FormData(part("questions"));
    const { answers } = this.session.state;
    const ticked = new Set(form.getAll("new"));
    for (const { id } of this.pack.questions) {
      if (ticked.has(id)) await this.event({ type: "answer", question: id, answer: form.get(`how:${id}`) ?? "yes" });
      else if (id in answers) await this.event({ type: "answer", question: id, answer: "no" });
    }
    await this.event({ type: "none-of-these" });
    // An answer that closes the session is not followed by a question about how much it hurts.
    if (strictestClosing(this.pack, this.session.state.answers) >= 0) return this.event({ type: "start", pain: 0, places: [] });
    return this.screens.start(this.pack);
  }

  #started(event) {
    event.preventDefault();
    this.sound.unlock();
    const pain = Number(part("start").querySelector('[name="pain-before"]:checked')?.value ?? -1);
    const [site, side] = part("new-places").querySelector("select").value.split(":");
    if (pain < 0 && !site) return part("start").querySelector('[name="pain-before"]').focus();
    return this.event({ type: "start", pain: Math.max(pain, 0), places: site ? [[site, side]] : [] });
  }

  #ways(box) {
    for (const input of box.querySelectorAll("input")) {
      input.checked = this.settings[input.name];
      input.addEventListener("change", () => {
        this.settings[input.name] = input.checked;
        keepSettings(this.settings);
        if (!input.checked) this.sound.hush();
        if (input.name === "awake") this.render();
        for (const twin of document.querySelectorAll(`[data-part^="ways"] [name="${input.name}"]`)) twin.checked = input.checked;
      });
    }
  }

  /** Another page went on: this one shows where. */
  async #elsewhere() {
    const kept = await this.port.get("session");
    if (!kept || !this.session || kept.version === this.session.version && kept.state.session === this.session.state.session) return;
    if (kept.pack !== this.pack?.id) return location.reload();
    this.session = kept;
    this.render();
  }
}

const fresh = (pack) => Date.now() - Date.parse(`${pack.date}T00:00`) < (1 + OLDEST_DAYS) * DAY_MS;
const placeOf = ({ phase, place, rungs }) => `${phase} ${place.station} ${place.side} ${place.before} ${rungs.join("")}`;
const minutesOf = (began, now) => Math.min(Math.max(Math.round((now - (began ?? now)) / 60_000), 0), 600);

const player = new Player(await openKeeping());
globalThis.weaklinkSession = player; // for whoever looks from the console, and for the tests
player.open();
