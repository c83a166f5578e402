// The body: one skin and one set of muscles, both halves, on one set of bones.

import { Bone, BufferAttribute, BufferGeometry, DynamicDrawUsage, Group, Matrix4, Vector3 } from '../vendor/three.min.js';

const COARSE_M = 0.035; // as near as this two points of a shadow are one
export const TONES = ['skin', 'hair', 'clothes', 'shoes', 'soles'];

/** Makes bones, skin and muscles of a body file. Everything is in metres in the file's rest pose. */
export function makeBody(glb) {
  const bones = makeBones(glb);
  const skin = new Vertices();
  const sheets = new Vertices();
  const muscles = [];
  glb.nodes.forEach((node) => {
    if (node.mesh === undefined) return;
    const half = new Half(glb, node.skin, bones);
    const isSkin = /^body_[rl]$/.test(node.name);
    const first = sheets.triangles.length;
    for (const primitive of glb.meshes[node.mesh].primitives) {
      if (isSkin) skin.add(half.read(primitive, TONES.indexOf(glb.materialOf(primitive))));
      else sheets.add(half.read(primitive, muscles.length));
    }
    if (isSkin) return;
    const parts = glb.meshes[node.mesh].primitives;
    const deep = parts.every((part) => part.extras?.deep);
    const tendon = parts.every((part) => part.extras?.tendon);
    muscles.push({ name: node.name, deep, tendon, triangles: sheets.triangles.slice(first) });
  });
  return { ...bones, skin: skin.surface(), sheets: sheets.surface(), muscles, extras: glb.extras };
}

function makeBones(glb) {
  const root = new Group();
  const list = [];
  const ofNode = new Map();
  const parents = new Map(glb.nodes.flatMap((node, index) => (node.children ?? []).map((child) => [child, index])));
  glb.nodes.forEach((node, index) => {
    if (node.mesh !== undefined) return;
    const bone = new Bone();
    bone.name = node.name;
    bone.position.fromArray(node.translation ?? [0, 0, 0]);
    bone.quaternion.fromArray(node.rotation ?? [0, 0, 0, 1]);
    ofNode.set(index, list.length);
    list.push(bone);
  });
  for (const [node, place] of ofNode) {
    (parents.has(node) ? list[ofNode.get(parents.get(node))] : root).add(list[place]);
  }
  root.updateMatrixWorld(true);
  const inverses = list.map((bone) => bone.matrixWorld.clone().invert());
  return { root, bones: list, ofNode, moved: new Moved(list, inverses) };
}

/** The vertices of one half of the body: from the file's whole numbers to metres, on our bones. */
class Half {
  constructor(glb, skin, { bones, ofNode }) {
    const { joints, inverseBindMatrices } = glb.skins[skin];
    this.glb = glb;
    this.bones = joints.map((node) => ofNode.get(node));
    const inverse = new Matrix4().fromArray(glb.numbers(inverseBindMatrices), 0);
    this.toRoom = bones[this.bones[0]].matrixWorld.clone().multiply(inverse);
  }

  read(primitive, kind) {
    const { glb, toRoom } = this;
    const take = (name) => (name in primitive.attributes ? glb.numbers(primitive.attributes[name]) : null);
    const place = take('POSITION');
    const given = take('NORMAL');
    const normal = given ?? new Float32Array(place.length);
    const target = primitive.targets?.[0]?.POSITION;
    const rise = target === undefined ? new Float32Array(place.length) : glb.numbers(target);
    const vector = new Vector3();
    const linear = toRoom.clone().setPosition(0, 0, 0);
    for (let at = 0; at < place.length; at += 3) {
      vector.fromArray(place, at).applyMatrix4(toRoom).toArray(place, at);
      vector.fromArray(normal, at).applyMatrix4(linear).normalize().toArray(normal, at);
      vector.fromArray(rise, at).applyMatrix4(linear).toArray(rise, at);
    }
    const triangles = unstripped(glb.numbers(primitive.indices));
    if (!given) normalsOf(place, triangles, normal);
    return {
      kind,
      place,
      normal,
      rise,
      bones: take('JOINTS_0').map((joint) => this.bones[joint]),
      weights: take('WEIGHTS_0'),
      occlusion: take('_OCCLUSION'),
      across: take('TEXCOORD_0'),
      triangles,
    };
  }
}

/** The corners of a strip's triangles, three by three, without its flat ones. */
function unstripped(strip) {
  const corners = [];
  for (let at = 0; at + 2 < strip.length; at += 1) {
    const [a, b, c] = at % 2 ? [strip[at + 1], strip[at], strip[at + 2]] : [strip[at], strip[at + 1], strip[at + 2]];
    if (a !== b && b !== c && c !== a) corners.push(a, b, c);
  }
  return corners;
}

/** Unit normals of a surface: the mean of the triangles round each vertex, larger ones counting more. */
function normalsOf(place, triangles, normal) {
  const [a, b, c] = [new Vector3(), new Vector3(), new Vector3()];
  for (let at = 0; at < triangles.length; at += 3) {
    const corners = triangles.slice(at, at + 3);
    [a, b, c].forEach((corner, k) => corner.fromArray(place, corners[k] * 3));
    b.sub(a).cross(c.sub(a));
    for (const corner of corners) for (let axis = 0; axis < 3; axis += 1) normal[corner * 3 + axis] += b.getComponent(axis);
  }
  for (let at = 0; at < normal.length; at += 3) a.fromArray(normal, at).normalize().toArray(normal, at);
}

/** Parts of a surface joined into one; a vertex is kept once for each part that uses it. */
class Vertices {
  #columns = { position: [], normal: [], rise: [], skinIndex: [], skinWeight: [], occlusion: [], across: [], kind: [] };
  #count = 0;
  triangles = [];

  add(part) {
    const known = new Map();
    for (const corner of part.triangles) {
      if (!known.has(corner)) known.set(corner, this.#copy(part, corner));
      this.triangles.push(known.get(corner));
    }
  }

  #copy(part, from) {
    const columns = this.#columns;
    const put = (name, values, width) => {
      for (let column = 0; column < width; column += 1) columns[name].push(values ? values[from * width + column] : 0);
    };
    put('position', part.place, 3);
    put('normal', part.normal, 3);
    put('rise', part.rise, 3);
    put('skinIndex', part.bones, 4);
    put('skinWeight', part.weights, 4);
    put('occlusion', part.occlusion, 1);
    put('across', part.across, 2);
    columns.kind.push(part.kind);
    this.#count += 1;
    return this.#count - 1;
  }

  surface() {
    return new Surface(this.#columns, this.triangles);
  }
}

/** How each bone has moved from the rest pose: sixteen numbers for each, one after the other. */
class Moved {
  #step = new Matrix4();

  constructor(bones, inverses) {
    Object.assign(this, { bones, inverses, numbers: new Float32Array(bones.length * 16) });
    this.read();
  }

  read() {
    this.bones.forEach((bone, index) => {
      this.#step.multiplyMatrices(bone.matrixWorld, this.inverses[index]).toArray(this.numbers, index * 16);
    });
  }
}

/**
 * A surface that follows the bones. The blending is done here and not by the graphics card: for a few thousand
 * vertices that takes a millisecond, which every renderer has, and a touch finds the surface as it is drawn.
 */
export class Surface {
  constructor(columns, triangles) {
    const float = (name) => new Float32Array(columns[name]);
    this.rest = float('position');
    this.restNormals = float('normal');
    this.rise = float('rise');
    this.count = this.rest.length / 3;
    this.kinds = new Uint16Array(columns.kind);
    this.bones = new Uint16Array(columns.skinIndex);
    this.weights = float('skinWeight');
    this.triangles = triangles;
    this.geometry = new BufferGeometry();
    this.places = this.#attribute('position', this.rest.slice(), 3, true);
    this.normals = this.#attribute('normal', this.restNormals.slice(), 3, true);
    this.#attribute('rest', this.rest, 3);
    this.#attribute('kind', float('kind'), 1);
    this.#attribute('occlusion', float('occlusion'), 1);
    this.#attribute('across', float('across'), 2);
    this.show(triangles);
  }

  #attribute(name, values, width, moves = false) {
    const made = new BufferAttribute(values, width);
    if (moves) made.setUsage(DynamicDrawUsage);
    this.geometry.setAttribute(name, made);
    return values;
  }

  /** Draws these triangles only, three corners each, in this order. */
  show(corners) {
    this.shown = [...new Set(corners)];
    this.geometry.setIndex(new BufferAttribute(new Uint16Array(corners), 1));
  }

  /** The same surface with few triangles, for what needs no detail: its points joined that are near and on one bone. */
  coarse() {
    const first = new Map();
    const joined = Array.from({ length: this.count }, (_, vertex) => {
      const cell = [0, 1, 2].map((axis) => Math.round(this.rest[vertex * 3 + axis] / COARSE_M));
      const key = [this.bones[vertex * 4], ...cell].join();
      if (!first.has(key)) first.set(key, vertex);
      return first.get(key);
    });
    const corners = [];
    for (let at = 0; at < this.triangles.length; at += 3) {
      const [a, b, c] = this.triangles.slice(at, at + 3).map((corner) => joined[corner]);
      if (a !== b && b !== c && c !== a) corners.push(a, b, c);
    }
    const shape = new BufferGeometry();
    shape.setAttribute('position', this.geometry.attributes.position);
    shape.setIndex(new BufferAttribute(new Uint16Array(corners), 1));
    return shape;
  }

  /** Puts the vertices that are drawn where the bones carry them. `rises`: how much of its rise each kind shows. */
  follow(moved, rises = null) {
    for (const vertex of this.shown) this.#carry(vertex, moved.numbers, rises ? rises[this.kinds[vertex]] : 0);
    this.geometry.attributes.position.needsUpdate = true;
    this.geometry.attributes.normal.needsUpdate = true;
  }

  /** The same for every vertex, drawn or not, into `places`. */
  followAll(moved) {
    for (let vertex = 0; vertex < this.count; vertex += 1) this.#carry(vertex, moved.numbers, 0);
  }

  #carry(vertex, m, rise) {
    const at = vertex * 3;
    const { rest, restNormals, rise: up, bones, weights, places, normals } = this;
    const x = rest[at] + rise * up[at];
    const y = rest[at + 1] + rise * up[at + 1];
    const z = rest[at + 2] + rise * up[at + 2];
    const nx = restNormals[at];
    const ny = restNormals[at + 1];
    const nz = restNormals[at + 2];
    let [px, py, pz, qx, qy, qz] = [0, 0, 0, 0, 0, 0];
    for (let k = vertex * 4; k < vertex * 4 + 4; k += 1) {
      const share = weights[k];
      if (share === 0) continue;
      const b = bones[k] * 16;
      px += share * (m[b] * x + m[b + 4] * y + m[b + 8] * z + m[b + 12]);
      py += share * (m[b + 1] * x + m[b + 5] * y + m[b + 9] * z + m[b + 13]);
      pz += share * (m[b + 2] * x + m[b + 6] * y + m[b + 10] * z + m[b + 14]);
      qx += share * (m[b] * nx + m[b + 4] * ny + m[b + 8] * nz);
      qy += share * (m[b + 1] * nx + m[b + 5] * ny + m[b + 9] * nz);
      qz += share * (m[b + 2] * nx + m[b + 6] * ny + m[b + 10] * nz);
    }
    places[at] = px;
    places[at + 1] = py;
    places[at + 2] = pz;
    normals[at] = qx;
    normals[at + 1] = qy;
    normals[at + 2] = qz;
  }
}
