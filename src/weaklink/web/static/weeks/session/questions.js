// The questions before a session: which is asked now, and what an answer leads to.

import { strictestClosing } from "./rules.js";
import { part } from "./screens.js";

export class Questions {
  constructor(player) {
    this.player = player;
  }

  listen() {
    part("questions").addEventListener("submit", (event) => this.#answered(event));
    part("start").addEventListener("submit", (event) => this.#started(event));
  }

  /** What was never answered is asked by itself; then everything else on one page. */
  ask() {
    const { pack, screens, session } = this.player;
    if (screens.shown === "start") return;
    const alone = this.alone();
    if (alone) screens.question(alone);
    // What was ticked and not sent yet must not be lost when a figure arrives.
    else if (screens.shown !== "questions") screens.questions(pack, session.state.answers);
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
