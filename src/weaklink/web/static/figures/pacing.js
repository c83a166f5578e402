// Pacing: when a machine is too slow for the moving figure, first fewer pixels, then a still picture.

export const SLOW_MS = 50;
export const PATIENCE = 30; // slow frames in a row before something is given up
const GAP_MS = 1000; // longer than this no frame was wanted: a hidden tab, a breakpoint

export class Pacing {
  #slow = 0;
  #steps = ['coarsen', 'still'];

  /** What to do after a frame that took so long [ms]: "", "coarsen" or "still". */
  after(milliseconds) {
    if (milliseconds > GAP_MS) return '';
    this.#slow = milliseconds > SLOW_MS ? this.#slow + 1 : 0;
    if (this.#slow <= PATIENCE) return '';
    this.#slow = 0;
    return this.#steps.shift() ?? '';
  }
}
