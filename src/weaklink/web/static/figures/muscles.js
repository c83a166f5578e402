// The muscles: what state each is in, which of them is drawn, and which one a finger touches.

import { Mesh, Ray, Vector3 } from '../vendor/three.min.js';
import { onScreen } from './palette.js';
import { ROWS, muscleMaterial } from './paint.js';

const BEHIND_M = 0.03; // a muscle this far under the skin that is hit first lies on the far side
const REST_RISE = 0.35; // how much of its rise a muscle shows that is lit but not measured

export class Muscles {
  #states = new Map();
  #drive = new Map();
  #byName;
  #rises;

  constructor(body, shared) {
    this.body = body;
    this.shared = shared;
    this.#byName = new Map(body.muscles.map((muscle, index) => [muscle.name, { ...muscle, index }]));
    this.#rises = new Float32Array(body.muscles.length);
    this.mesh = new Mesh(body.sheets.geometry, muscleMaterial(shared));
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 2;
  }

  get names() {
    return [...this.#byName.keys()];
  }

  /** States by name; what is not named is not drawn. */
  colour(states) {
    this.#states = new Map([...states].filter(([name]) => this.#byName.has(name)));
    const shown = [...this.#states.keys()].map((name) => this.#byName.get(name));
    shown.sort((one, other) => Number(other.deep) - Number(one.deep));
    const corners = shown.flatMap((muscle) => muscle.triangles);
    this.body.sheets.show(corners);
    this.mesh.visible = corners.length > 0;
  }

  stateOf(name) {
    return this.#states.get(name)?.state ?? '';
  }

  /** How much each muscle does now, 0 to 1; muscles that are not named keep a little of their rise. */
  drive(levels) {
    this.#drive = levels;
  }

  /** Writes colours and rises into the table the shader reads. */
  paint(palette) {
    const table = this.shared.uPaints.value;
    for (const [name, { state, level = 1 }] of this.#states) {
      const muscle = this.#byName.get(name);
      const now = this.#drive.get(name);
      const [colour, opacity] = palette.muscle(state, now ?? level);
      this.#rises[muscle.index] = muscle.tendon ? 0 : (now ?? REST_RISE * level);
      const at = muscle.index * 4;
      table.image.data.set([...onScreen(colour), opacity], at);
      table.image.data.set([0, state === 'weak' ? 1 : 0, muscle.deep ? 1 : 0, 0], ROWS * 4 + at);
    }
    table.needsUpdate = true;
  }

  /** Puts what is drawn where the bones are now. */
  follow() {
    this.body.sheets.follow(this.body.moved, this.#rises);
  }

  /** The name of the muscle a ray meets first, drawn ones before the others; null when it meets none. */
  at(origin, direction) {
    const ray = new Ray(origin, direction);
    const { skin: surface, sheets, moved } = this.body;
    const skin = nearest(ray, surface.places, surface.triangles);
    sheets.followAll(moved);
    const { places } = sheets;
    let best = null;
    for (const muscle of this.#byName.values()) {
      if (muscle.tendon) continue;
      const away = nearest(ray, places, muscle.triangles);
      if (away > skin + BEHIND_M) continue;
      const rank = (this.#states.has(muscle.name) ? 0 : 10) + (muscle.deep ? 1 : 0) + away;
      if (best === null || rank < best.rank) best = { name: muscle.name, rank };
    }
    return best?.name ?? null;
  }

  /** The middle of a muscle now [m], or in the rest pose. */
  middle(name, { atRest = false } = {}) {
    const { sheets, moved } = this.body;
    if (!atRest) sheets.followAll(moved);
    const { triangles } = this.#byName.get(name);
    const sum = new Vector3();
    const point = new Vector3();
    for (const corner of triangles) sum.add(point.fromArray(atRest ? sheets.rest : sheets.places, corner * 3));
    return sum.divideScalar(triangles.length);
  }
}

/** How far along a ray the first triangle is; infinite when it meets none. */
function nearest(ray, places, corners) {
  const [a, b, c, hit] = [new Vector3(), new Vector3(), new Vector3(), new Vector3()];
  let best = Infinity;
  for (let at = 0; at < corners.length; at += 3) {
    a.fromArray(places, corners[at] * 3);
    b.fromArray(places, corners[at + 1] * 3);
    c.fromArray(places, corners[at + 2] * 3);
    if (ray.intersectTriangle(a, b, c, false, hit)) best = Math.min(best, hit.distanceTo(ray.origin));
  }
  return best;
}
