// The opening of a session: the one that was left goes on, or today's begins, or the page says why there is none.

import { dangerWaits } from "../../visit/unsent_danger.js";
import { newId, timeOfDay } from "./device.js";
import { fetchFigures, fetchOpen, fetchToday, forgetFiles, settleIn } from "./fetching.js";
import { act, beginSession, goesOn } from "./guide.js";
import { readyName } from "./keeping.js";
import { differs, sessionFrom } from "./resuming.js";
import { minutesOf } from "./route.js";
import { stepOf } from "./rules.js";
import * as scheduler from "./scheduler.js";
import { part, put } from "./screens.js";

const WISHES = ["minutes", "away", "anyway", "around"];
const PATIENCE_MS = 4_000;
const OLDEST_DAYS = 1; // a pack kept on the device may be used a day later
const DAY_MS = 86_400_000;

export class Opening {
  constructor(player) {
    this.player = player;
    this.port = player.port;
    this.screens = player.screens;
    this.words = player.words;
  }

  async open() {
    const [kept, pack] = await Promise.all([this.port.get("session"), this.port.get("pack")]);
    const going = goesOn(kept) && pack?.id === kept.pack;
    if (going && fresh(pack)) await this.#resume(kept, pack);
    else await this.#ready(going ? await this.#leftBehind(kept, pack) : kept);
    this.#keepOffline();
  }

  async #resume(kept, pack) {
    const { player } = this;
    player.use(pack, kept);
    this.#figures();
    const seen = Math.max(kept.seen, (await this.port.get("seen")) ?? 0);
    const now = player.moments.now();
    player.watch.sawAt(now);
    if (kept.clock) {
      const clock = scheduler.resumed(stepOf(pack, kept.state), kept.clock, seen, now);
      if (clock !== kept.clock) await player.turn(() => clock);
    }
    player.render();
    put(part("live"), this.words.get("resumed"));
    this.#elsewhere(kept, pack);
  }

  /** What another device did with this session meanwhile: it goes on from there, or is over. */
  async #elsewhere({ state: { session }, version }, pack) {
    await this.player.postman.hurry();
    const found = await fetchOpen(session);
    if (!found || (await this.port.waiting()).length > 0) return;
    if (found.ended) return this.#over(session);
    if (found.open?.session === session && differs(this.player.session, found.open.entries)) await this.#adopt(pack, found.open, version);
  }

  async #over(session) {
    await this.port.change((kept) => (kept?.state.session === session && goesOn(kept) ? { session: { ...kept, state: { ...kept.state, phase: "done" }, clock: null, version: kept.version + 1 }, entries: [] } : null));
    this.player.session = null;
    put(part("live"), "");
    this.screens.none(this.words.get("overElsewhere"), this.words.get("overElsewhereSays"));
  }

  /** Goes on with a session as it was told; only while nothing happened here since a version. */
  async #adopt(pack, open, version = null) {
    const { player } = this;
    await this.port.put("pack", pack);
    const now = player.moments.now();
    const done = await this.port.change((kept) => {
      if (version !== null && kept?.version !== version) return null;
      return { session: sessionFrom(pack, open, { by: player.by, now, byTap: player.settings.byTap, version: kept?.version }), entries: [] };
    });
    if (!done) return;
    player.use(pack, done.session);
    player.watch.sawAt(now);
    put(part("live"), this.words.get("resumed"));
    return this.#figures();
  }

  /** A session nobody came back to is over; what was done of it counts. */
  async #leftBehind(kept, pack) {
    const { by, moments } = this.player;
    const finish = { type: "finish", minutes: minutesOf(kept.began, kept.seen) };
    const { session } = await act(this.port, pack, finish, { version: kept.version, by, now: moments.now(), at: timeOfDay() });
    return session ?? kept;
  }

  async #ready(kept) {
    await Promise.race([this.player.postman.hurry(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
    const asked = new URLSearchParams(location.search);
    const wishes = Object.fromEntries(WISHES.filter((name) => asked.has(name)).map((name) => [name, asked.get(name)]));
    // Looked at before the pack is asked for: what is sent in between is known to one of the two.
    const waiting = await this.port.waiting();
    const left = wishes.around || waiting.length > 0 ? null : (await fetchOpen())?.open;
    if (left?.pack) return this.#adopt(left.pack, left);
    const found = await fetchToday(wishes);
    // Whatever the computer would allow: it does not know yet. Where it has been erased, so is this device.
    if (dangerWaits(kept, waiting) && found?.why_not !== "erased") return this.screens.over(kept);
    const alarms = found ? [] : (kept?.alarms ?? []);
    this.player.told = [...waiting.map(({ entry }) => entry), ...alarms];
    return found ? this.#begin(found, alarms) : this.#withoutConnection(kept, wishes.around, alarms);
  }

  async #withoutConnection(kept, around, alarms) {
    const ready = await this.port.get(readyName(around));
    if (kept?.state.phase === "closed" && kept.closing) return this.screens.closed(kept.closing);
    const again = kept?.pack === ready?.pack.id && kept?.state.phase !== "questions";
    if (!ready || !fresh(ready.pack) || again && !around) return this.screens.none(this.words.get("noneOffline"), this.words.get("noneOfflineSays"));
    return this.#begin({ pack: ready.pack }, alarms);
  }

  async #begin({ closing, pack, ...rest }, alarms) {
    const { player } = this;
    if (closing) {
      await this.#forget();
      return this.screens.closed(closing);
    }
    if (!pack) return this.#noSession(rest);
    await this.port.put(readyName(pack.around), { pack });
    const session = await beginSession(this.port, pack, { id: newId(), by: player.by, now: player.moments.now(), alarms });
    player.use(pack, session);
    player.render();
    return this.#figures();
  }

  async #noSession({ why_not, due }) {
    // Erased, or never there: nothing stays on this device. Without a plan only what was not sent does.
    if (why_not === "erased") await Promise.all([this.port.clear(), forgetFiles()]);
    if (why_not === "no-plan") await this.#forget();
    const go = this.words.get("noneQuestionsGo");
    const says = {
      questions: ["noneQuestions", "noneQuestionsSays", { words: go, url: "/answers" }],
      away: ["noneAway", "noneAwaySays"],
      "nothing-left": ["noneLeft", "noneLeftSays"],
      clock: ["noneClock", "noneClockSays"],
      erased: ["nonePlan", "nonePlanSays", { words: go, url: "/" }],
      "no-plan": ["nonePlan", "nonePlanSays", { words: go, url: "/" }],
    }[why_not] ?? [due?.why === "done-today" ? "noneDone" : "noneRest", "noneRestSays"];
    this.screens.none(this.words.get(says[0]), this.words.get(says[1]), says[2]);
  }

  async #figures() {
    const { pack, stage } = this.player;
    const kept = await this.port.get("figures");
    if (kept) stage.files(kept.figures);
    if (!kept?.packs?.includes(pack.id)) {
      const figures = await fetchFigures(this.port, [pack]).catch(() => null);
      if (figures) stage.files(figures);
    }
    this.player.render();
  }

  async #forget() {
    await this.port.forget();
    await forgetFiles();
    this.player.stage.clear();
  }

  async #keepOffline() {
    const kept = await settleIn();
    put(part("ready-offline"), this.words.get(kept ? "offlineReady" : "offlineNot"));
  }
}

const fresh = (pack) => Date.now() - Date.parse(`${pack.date}T00:00`) < (1 + OLDEST_DAYS) * DAY_MS;
