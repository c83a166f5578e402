// The figure of a set: its still picture at once, three dimensions over it, driven by the set's own clock.

const SLOW_MS = 90; // a figure that needs this long for a picture moves less often
const wantsLess = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export class FigureStage {
  #host;
  #files;
  #shown = "";
  #figure = null;
  #coming = 0;
  #every = 1;
  #frame = 0;
  #share = -1;
  #broken = false;

  constructor(host) {
    this.#host = host;
  }

  files(files) {
    this.#files = files;
  }

  pace(move) {
    return this.#files?.moves?.[move] ?? null;
  }

  /** Shows a move by a side; the same again changes nothing. */
  show(move, side, name) {
    const wanted = `${move} ${side}`;
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    this.#drop();
    const found = this.#files?.moves?.[move]?.sides?.[side];
    this.#host.replaceChildren();
    this.#host.hidden = !found;
    if (!found) return;
    this.#host.append(still(found.still, name));
    if (!wantsLess() && !this.#broken) this.#bring(found, ++this.#coming);
  }

  /** Puts the figure where the clock says, 0 to 1 of a repetition. */
  seek(share) {
    if (!this.#figure || Math.abs(share - this.#share) < 0.0005) return;
    this.#frame += 1;
    if (this.#frame % this.#every) return;
    this.#share = share;
    const begun = performance.now();
    this.#figure.seek(share);
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const took = performance.now() - begun;
      if (took > SLOW_MS) this.#every = Math.min(this.#every + 1, 6);
    }));
  }

  /** A move's still alone, for a list. */
  picture(move, side) {
    const found = this.#files?.moves?.[move]?.sides?.[side];
    return found ? still(found.still, "") : null;
  }

  clear() {
    this.#shown = "";
    this.#drop();
    this.#host.replaceChildren();
  }

  async #bring(found, turn) {
    try {
      const { mount } = await import("../../figures/figure.js");
      const figure = await mount(this.#host, { movement: found.movement, body: this.#files.body, onStill: () => this.#drop() });
      if (turn !== this.#coming) return figure.destroy();
      this.#figure = figure;
      this.#share = -1;
    } catch {
      this.#broken = true; // no WebGL, or files that did not come: the still picture stays
    }
  }

  #drop() {
    this.#coming += 1;
    this.#figure?.destroy();
    this.#figure = null;
  }
}

function still(address, name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 1400 1000");
  svg.setAttribute("class", "move");
  if (name) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", name);
  } else svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `${address}#move`);
  svg.append(use);
  return svg;
}

/** Every file the figures of a session need, for keeping. */
export function figureFiles(files) {
  const moves = Object.values(files.moves);
  const addresses = moves.flatMap((move) => Object.values(move.sides).flatMap(({ movement, still: picture }) => [movement, picture]));
  return [...new Set([files.body, ...addresses])];
}
