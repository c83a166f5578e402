// The questions before a session: one tap where that is enough, else which is asked now, and what an answer leads to.

import { today } from "./device.js";
import { mayBeShort, strictestClosing } from "./rules.js";
import { part } from "./screens.js";

export class Questions {
  constructor(player) {
    this.player = player;
  }

  listen() {
    part("questions").addEventListener("submit", (event) => this.#answered(event));
    part("nothing-new").addEventListener("click", () => this.#nothingNew());
    part("something-new").addEventListener("click", () => this.#list(""));
    part("start").addEventListener("submit", (event) => this.#started(event));
  }

  /** What was never answered is asked by itself; then everything else on one page. */
  ask() {
    const { pack, screens, told } = this.player;
    if (screens.shown === "start") return;
    const alone = this.alone();
    if (alone) return screens.question(alone);
    // What was ticked and not sent yet must not be lost when a figure arrives.
    if (screens.shown === "questions") return;
    if (this.#nothingSaid() && mayBeShort(pack, today(), told)) return screens.show("check");
    this.#list(this.#why());
  }

  #nothingSaid() {
    return Object.keys(this.player.session.state.answers).length === 0;
  }

  /** Why it is the whole list: as the pack says, or for what this device knows. */
  #why() {
    const { pack, words } = this.player;
    if (!pack.check) return "";
    return pack.check.short && this.#nothingSaid() ? words.get("checkDevice") : pack.check.says;
  }

  #list(why) {
    const { pack, screens, session } = this.player;
    screens.questions(pack, session.state.answers, why);
  }

  /** One tap: the rules decide once more, on the day it is tapped. */
  async #nothingNew() {
    const { player } = this;
    await player.event({ type: "nothing-new", date: today(), told: player.told });
    if (player.session.state.short) return player.screens.start(player.pack);
    return this.#list(this.#why());
  }

  /** The question that was never answered. */
  alone() {
    const { pack, session } = this.player;
    return pack.questions.find(({ id, known }) => !known && !(id in session.state.answers));
  }

  /** A line that was tapped counts as yes until it is called unsure; the others are a no. */
  async #answered(event) {
    event.preventDefault();
    const { player } = this;
    const form = new FormData(part("questions"));
    const { answers } = player.session.state;
    const ticked = new Set(form.getAll("new"));
    for (const { id } of player.pack.questions) {
      if (ticked.has(id)) await player.event({ type: "answer", question: id, answer: form.get(`how:${id}`) ?? "yes" });
      else if (id in answers) await player.event({ type: "answer", question: id, answer: "no" });
    }
    await player.event({ type: "none-of-these" });
    // An answer that closes the session is not followed by a question about how much it hurts.
    if (strictestClosing(player.pack, player.session.state.answers) >= 0) return player.event({ type: "start", pain: 0, places: [] });
    return player.screens.start(player.pack);
  }

  #started(event) {
    event.preventDefault();
    this.player.sound.unlock();
    const pain = Number(part("start").querySelector('[name="pain-before"]:checked')?.value ?? -1);
    const [site, side] = part("new-places").querySelector("select").value.split(":");
    if (pain < 0 && !site) return part("start").querySelector('[name="pain-before"]').focus();
    return this.player.event({ type: "start", pain: Math.max(pain, 0), places: site ? [[site, side]] : [] });
  }
}
