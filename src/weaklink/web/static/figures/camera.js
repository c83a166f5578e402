// The camera: a long lens fitted round what it shows, turned by a finger or the arrow keys.

import { PerspectiveCamera, Vector3 } from '../vendor/three.min.js';

const LENS_DEG = 18; // above 30 degrees feet and head swell
const AIR = 1.12; // a frame is this much larger than what it holds
const ROUNDS = 6;
const LOWEST_DEG = -8;
const HIGHEST_DEG = 80;
const DEG_PER_PIXEL = 0.45;
const DIRECTIONS = 90;
const TURN_MS = 420;
const radians = (degrees) => (degrees * Math.PI) / 180;

/** Unit vectors to the right, upwards and towards a camera: degrees around (0: from the right) and up. */
export function axesOf(around, up) {
  const [a, u] = [radians(around), radians(up)];
  const towards = new Vector3(Math.sin(a) * Math.cos(u), Math.sin(u), Math.cos(a) * Math.cos(u));
  const right = new Vector3(Math.cos(a), 0, -Math.sin(a));
  return { right, up: new Vector3().crossVectors(towards, right), towards };
}

/** Of many points those that are furthest in some direction: they alone decide what fits into a frame. */
export function outermost(points) {
  const kept = new Set();
  for (let k = 0; k < DIRECTIONS; k += 1) {
    const height = 1 - (2 * (k + 0.5)) / DIRECTIONS;
    const angle = k * 2.399963;
    const round = Math.sqrt(1 - height * height);
    const [x, y, z] = [round * Math.cos(angle), height, round * Math.sin(angle)];
    let best = -Infinity;
    let index = 0;
    for (let at = 0; at < points.length; at += 3) {
      const reach = points[at] * x + points[at + 1] * y + points[at + 2] * z;
      if (reach > best) [best, index] = [reach, at];
    }
    kept.add(index);
  }
  return [...kept].map((at) => new Vector3().fromArray(points, at));
}

export class Camera {
  lens = new PerspectiveCamera(LENS_DEG, 1, 0.1, 60);
  around = 0;
  up = 8;
  #points = [new Vector3(), new Vector3(0, 1.7, 0)];
  #turn = null;
  #target = new Vector3(0, 0.9, 0);
  #distance = 6;

  /** What has to be in the frame from now on. */
  hold(points) {
    this.#points = points;
  }

  shape(width, height) {
    this.lens.aspect = width / height;
    this.lens.fov = LENS_DEG;
  }

  /** Turn to a view: at once, or softly in a moment. */
  look(around, up, { softly = false } = {}) {
    if (!softly) {
      Object.assign(this, { around, up });
      this.#turn = null;
      return;
    }
    const way = ((((around - this.around) % 360) + 540) % 360) - 180;
    this.#turn = { from: [this.around, this.up], by: [way, up - this.up], since: null };
  }

  drag(dx, dy) {
    this.#turn = null;
    this.around -= dx * DEG_PER_PIXEL;
    this.up = Math.min(Math.max(this.up + dy * DEG_PER_PIXEL * 0.6, LOWEST_DEG), HIGHEST_DEG);
  }

  /** Whether the camera is still on its way at this moment [ms]. */
  move(now) {
    if (!this.#turn) return false;
    this.#turn.since ??= now;
    const share = Math.min((now - this.#turn.since) / TURN_MS, 1);
    const eased = share * share * (3 - 2 * share);
    this.around = this.#turn.from[0] + eased * this.#turn.by[0];
    this.up = this.#turn.from[1] + eased * this.#turn.by[1];
    if (share === 1) this.#turn = null;
    return true;
  }

  /** Place the lens so that everything held is in the frame, as large as it can be. */
  fit() {
    const { right, up, towards } = axesOf(this.around, this.up);
    const tall = 2 * Math.tan(radians(LENS_DEG) / 2);
    const wide = tall * this.lens.aspect;
    const target = this.#target;
    const seen = new Vector3();
    for (let round = 0; round < ROUNDS; round += 1) {
      let [left, most, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
      for (const point of this.#points) {
        seen.subVectors(point, target);
        const away = this.#distance - seen.dot(towards);
        const [x, y] = [seen.dot(right) / away, seen.dot(up) / away];
        [left, most] = [Math.min(left, x), Math.max(most, x)];
        [low, high] = [Math.min(low, y), Math.max(high, y)];
      }
      target.addScaledVector(right, ((left + most) / 2) * this.#distance);
      target.addScaledVector(up, ((low + high) / 2) * this.#distance);
      this.#distance *= AIR * Math.max((most - left) / wide, (high - low) / tall);
    }
    this.lens.position.copy(target).addScaledVector(towards, this.#distance);
    this.lens.up.set(0, 1, 0);
    this.lens.near = Math.max(this.#distance - 6, 0.05);
    this.lens.far = this.#distance + 8;
    this.lens.lookAt(target);
    this.lens.updateProjectionMatrix();
    this.lens.updateMatrixWorld(true);
    return { right, towards };
  }
}
