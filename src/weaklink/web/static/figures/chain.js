// The chain: a dotted line over the skin, from the weak muscle through what takes over to where it hurts.

import { Mesh, Vector3 } from '../vendor/three.min.js';
import { Surface } from './body.js';
import { chainMaterial } from './paint.js';

const STEP_M = 0.024; // from dot to dot
const DOT_M = 0.0046;
const OVER_M = 0.005; // over the skin
const CLEAR_M = 0.045; // no dots this near to the pain
const SIDES = 7;

/** Dots along the skin through places of the rest pose [m]; null when there is no way. */
export function makeChain(body, shared, places) {
  const graph = new SkinGraph(body.skin);
  const stops = places.map((place) => graph.nearest(place));
  const way = stops.slice(1).flatMap((stop, index) => graph.way(stops[index], stop));
  const last = places.at(-1);
  const dots = spaced(way.map((vertex) => graph.point(vertex)), STEP_M).filter((dot) => dot.distanceTo(last) > CLEAR_M);
  if (dots.length < 2) return null;
  const surface = dotted(dots, graph);
  const mesh = new Mesh(surface.geometry, chainMaterial(shared));
  mesh.frustumCulled = false;
  mesh.renderOrder = 3;
  return { mesh, surface };
}

/** The skin as a net of points in which the shortest way is found. */
class SkinGraph {
  #edges = new Map();
  #twins;

  constructor(skin) {
    this.skin = skin;
    const byPlace = new Map();
    this.#twins = Array.from({ length: skin.count }, (_, vertex) => {
      const key = [0, 1, 2].map((axis) => Math.round(skin.rest[vertex * 3 + axis] * 2000)).join();
      if (!byPlace.has(key)) byPlace.set(key, vertex);
      return byPlace.get(key);
    });
    const corners = skin.triangles;
    for (let at = 0; at < corners.length; at += 3) {
      for (const [one, other] of [[0, 1], [1, 2], [2, 0]]) this.#join(corners[at + one], corners[at + other]);
    }
  }

  #join(one, other) {
    const [from, to] = [this.#twins[one], this.#twins[other]];
    if (from === to) return;
    const length = this.point(from).distanceTo(this.point(to));
    if (!this.#edges.has(from)) this.#edges.set(from, new Map());
    if (!this.#edges.has(to)) this.#edges.set(to, new Map());
    this.#edges.get(from).set(to, length);
    this.#edges.get(to).set(from, length);
  }

  point(vertex) {
    return new Vector3().fromArray(this.skin.rest, vertex * 3);
  }

  nearest(place) {
    let best = [Infinity, 0];
    for (const vertex of this.#edges.keys()) {
      const away = this.point(vertex).distanceToSquared(place);
      if (away < best[0]) best = [away, vertex];
    }
    return best[1];
  }

  /** The vertices of the shortest way over the skin (Dijkstra 1959). */
  way(from, to) {
    const known = new Map([[from, { length: 0, before: null }]]);
    const open = new Set([from]);
    while (open.size) {
      const here = [...open].reduce((best, one) => (known.get(one).length < known.get(best).length ? one : best));
      if (here === to) break;
      open.delete(here);
      for (const [next, step] of this.#edges.get(here)) {
        const length = known.get(here).length + step;
        if (length < (known.get(next)?.length ?? Infinity)) {
          known.set(next, { length, before: here });
          open.add(next);
        }
      }
    }
    const found = [];
    for (let at = known.has(to) ? to : null; at !== null; at = known.get(at).before) found.unshift(at);
    return found;
  }
}

/** Points at even steps along a line whose corners were rounded off first. */
function spaced(line, step) {
  let smooth = line;
  for (let round = 0; round < 6; round += 1) {
    smooth = smooth.map((point, index) => {
      if (index === 0 || index === smooth.length - 1) return point;
      return point.clone().multiplyScalar(2).add(smooth[index - 1]).add(smooth[index + 1]).divideScalar(4);
    });
  }
  const dots = [];
  let rest = 0;
  for (let index = 1; index < smooth.length; index += 1) {
    const [from, to] = [smooth[index - 1], smooth[index]];
    const length = from.distanceTo(to);
    for (; rest < length; rest += step) dots.push(from.clone().lerp(to, rest / length));
    rest -= length;
  }
  return dots;
}

/** A small round plate for every dot, which moves as the skin under it. */
function dotted(dots, graph) {
  const { restNormals, bones, weights } = graph.skin;
  const columns = { position: [], normal: [], rise: [], skinIndex: [], skinWeight: [], occlusion: [], across: [], kind: [] };
  const corners = [];
  for (const dot of dots) {
    const skin = graph.nearest(dot);
    const up = new Vector3().fromArray(restNormals, skin * 3).normalize();
    const side = new Vector3(up.y, up.z, up.x).cross(up).normalize();
    const other = new Vector3().crossVectors(up, side);
    const middle = dot.clone().addScaledVector(up, OVER_M);
    const first = columns.position.length / 3;
    for (let k = 0; k <= SIDES; k += 1) {
      const angle = (k / SIDES) * 2 * Math.PI;
      const point = middle.clone();
      if (k < SIDES) point.addScaledVector(side, DOT_M * Math.cos(angle)).addScaledVector(other, DOT_M * Math.sin(angle));
      columns.position.push(...point);
      columns.normal.push(...up);
      columns.skinIndex.push(...bones.subarray(skin * 4, skin * 4 + 4));
      columns.skinWeight.push(...weights.subarray(skin * 4, skin * 4 + 4));
      columns.rise.push(0, 0, 0);
      columns.across.push(0, 0);
      columns.occlusion.push(0);
      columns.kind.push(0);
      if (k < SIDES) corners.push(first + k, first + ((k + 1) % SIDES), first + SIDES);
    }
  }
  return new Surface(columns, corners);
}
