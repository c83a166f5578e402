// The player of a session: what an event leads to, kept before it is shown.

import { Awake, Moments, newWord, readSettings, timeOfDay } from "./device.js";
import { fetchToday, forgetFiles } from "./fetching.js";
import { act, turnClock } from "./guide.js";
import { openKeeping } from "./keeping.js";
import { Opening } from "./opening.js";
import { Postman } from "./outbox.js";
import { Questions } from "./questions.js";
import { minutesOf, placeOf } from "./route.js";
import { part, put, Screens } from "./screens.js";
import { Sound } from "./sound.js";
import { FigureStage } from "./stage.js";
import { showStrip } from "./strip.js";
import { Taps } from "./taps.js";
import { Watch } from "./watch.js";
import { Words } from "./words.js";

const MOST_SPOKEN = 200;

class Player {
  #queue = Promise.resolve();

  constructor(port) {
    this.port = port;
    this.by = newWord();
    this.moments = new Moments();
    this.settings = readSettings();
    this.words = new Words(part("words").dataset, document.documentElement.lang);
    this.stage = new FigureStage(part("figure"));
    this.screens = new Screens(this.words, this.stage);
    this.spoken = [];
    this.told = []; // entries of this device that the pack may not know of
    this.sound = new Sound(this.settings, (text) => this.#said(text));
    this.awake = new Awake();
    this.channel = window.BroadcastChannel ? new BroadcastChannel("weaklink-session") : null;
    this.postman = new Postman(port, (told) => this.#synced(told));
    this.watch = new Watch(this);
    this.questions = new Questions(this);
    this.taps = new Taps(this);
  }

  async open() {
    for (const one of [this.taps, this.questions, this.watch]) one.listen();
    this.channel?.addEventListener("message", () => this.#elsewhere());
    await new Opening(this).open();
    this.watch.begin();
  }

  /** From here on it is this session. */
  use(pack, session) {
    this.pack = pack;
    this.session = session;
  }

  // What happens.

  /** One event after another; each is kept before it is shown. */
  event(event, options = {}) {
    const place = this.session && placeOf(this.session.state);
    return this.#next(async () => {
      // A tap belongs to the set it was made for, not to the next one.
      if (options.here && place !== placeOf(this.session.state)) return;
      const now = this.moments.now();
      const answer = await act(this.port, this.pack, event, { version: this.session.version, by: this.by, now, at: timeOfDay(), byTap: this.settings.byTap, from: options.from ?? now });
      await this.#took(answer);
    });
  }

  /** A change of the clock alone. */
  turn(change) {
    return this.#next(async () => {
      const answer = await turnClock(this.port, change, { version: this.session.version, now: this.moments.now() });
      if (!answer.session) return;
      this.session = answer.session;
      this.sound.unplan();
      this.channel?.postMessage("changed");
      if (answer.stale) this.render();
      this.watch.look();
    });
  }

  /** The clock as it was just read: it counts at once, and is kept. */
  keepClock(clock) {
    this.session = { ...this.session, clock };
    return this.turn(() => clock);
  }

  #next(work) {
    this.#queue = this.#queue.then(work).catch((problem) => this.#failed(problem));
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

  #failed(problem) {
    put(part("live"), String(problem?.message ?? problem));
    const strip = part("sync");
    strip.hidden = false;
    put(strip.querySelector("span"), String(problem?.message ?? problem));
  }

  /** Another page went on: this one shows where. */
  async #elsewhere() {
    const kept = await this.port.get("session");
    if (!kept || !this.session || kept.version === this.session.version && kept.state.session === this.session.state.session) return;
    if (kept.pack !== this.pack?.id) return location.reload();
    this.session = kept;
    this.render();
  }

  // What is shown.

  render() {
    const { session, pack } = this;
    if (!session) return;
    const { phase } = session.state;
    this.awake.keep(phase === "work" && this.settings.awake);
    if (phase !== "work") this.sound.unplan();
    const screens = {
      questions: () => this.questions.ask(),
      work: () => this.screens.work(pack, session),
      ending: () => this.screens.ending(pack, session),
      done: () => this.#done(),
      closed: () => session.closing && this.screens.closed(session.closing),
      "not-today": () => this.screens.over(session),
    };
    screens[phase]?.();
    this.watch.look();
  }

  #done() {
    if (this.screens.shown === "done") return;
    const { began, ended } = this.session;
    this.screens.done(this.pack, this.session, minutesOf(began, ended ?? this.moments.now()));
    this.screens.changes(null);
    if (this.pack.around) return void this.postman.hurry();
    this.postman.hurry().then(async (told) => told && !told.failed && this.screens.changes(await fetchToday()));
  }

  #said(text) {
    this.spoken.push({ text, count: part("count").textContent, at: this.moments.now() });
    if (this.spoken.length > MOST_SPOKEN) this.spoken.shift();
    if (!/^\d+$/.test(text)) put(part("live"), text);
  }

  async #synced({ left, clashes, failed }) {
    const aside = (await this.port.waiting()).filter((row) => row.refused).length;
    // What goes in the next round is nothing to speak of.
    const waits = failed || left > 20 ? left : 0;
    showStrip(part("sync"), (name, values) => this.words.get(name, values), { left: waits, clashes, failed }, aside);
  }
}

const player = new Player(await openKeeping());
globalThis.weaklinkSession = player; // for whoever looks from the console, and for the tests
player.open();
