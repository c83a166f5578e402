// The best view: the camera from which most of some surfaces is turned towards the eye.

import { Vector3 } from '../vendor/three.min.js';
import { axesOf } from './camera.js';

const STEP_DEG = 15;
const RISES_DEG = [8, 24];
const STEEPER = 0.004; // by how much a degree of height counts against a view

/** Degrees around and up. A degree away from where the camera is now costs `stay` of the seen share. */
export function bestView(camera, surfaces, stay) {
  const parts = surfaces.flatMap(facets);
  const whole = parts.reduce((sum, facet) => sum + facet.length(), 0) || 1;
  let best = { around: camera.around, up: camera.up, score: -Infinity };
  for (let turn = 0; turn < 360; turn += STEP_DEG) {
    for (const up of RISES_DEG) {
      const around = camera.around + turn;
      const { towards } = axesOf(around, up);
      const seen = parts.reduce((sum, facet) => sum + Math.max(facet.dot(towards), 0), 0) / whole;
      const away = Math.min(turn, 360 - turn);
      const score = seen - STEEPER * (up - RISES_DEG[0]) - stay * away;
      if (score > best.score) best = { around, up, score };
    }
  }
  return best;
}

/** The triangles of a surface as arrows: their direction out, their length twice their area. */
function facets({ places, triangles }) {
  const found = [];
  for (let at = 0; at < triangles.length; at += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => new Vector3().fromArray(places, triangles[at + k] * 3));
    found.push(b.sub(a).cross(c.sub(a)));
  }
  return found;
}
