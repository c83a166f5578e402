// The motion of a movement file: where bones and held things are at any moment of a repetition.

import { BufferAttribute, BufferGeometry, Group, Mesh, Quaternion, Vector3 } from '../vendor/three.min.js';

const SIZES = { translation: 3, scale: 3, rotation: 4 };
const PROPERTIES = { translation: 'position', rotation: 'quaternion', scale: 'scale' };

export class Motion {
  #channels = [];
  #walls = [];
  #times;
  things = new Group();

  /**
   * `bones` by name are moved; what stands in the room or is held becomes a mesh in `things`, painted by `paint(kind)`,
   * with a mesh `shadowOf(geometry)` on it.
   */
  constructor(glb, bones, { paint, shadowOf }) {
    this.extras = glb.extras;
    this.duration = glb.extras.duration_s;
    const targets = glb.nodes.map((node) => (node.mesh === undefined ? bones.get(node.name) : this.#thing(glb, node, paint, shadowOf)));
    glb.nodes.forEach((node, index) => place(targets[index], node));
    for (const { sampler, target } of glb.animation.channels) {
      const { input, output } = glb.animation.samplers[sampler];
      this.#times = glb.numbers(input);
      this.#channels.push({ target: targets[target.node], path: target.path, values: glb.numbers(output) });
    }
  }

  #thing(glb, node, paint, shadowOf) {
    const [primitive] = glb.meshes[node.mesh].primitives;
    const shape = new BufferGeometry();
    shape.setAttribute('position', new BufferAttribute(glb.numbers(primitive.attributes.POSITION), 3));
    shape.setAttribute('normal', new BufferAttribute(glb.numbers(primitive.attributes.NORMAL), 3));
    shape.setIndex(new BufferAttribute(new Uint16Array(glb.numbers(primitive.indices)), 1));
    const mesh = new Mesh(shape, paint(node.name));
    mesh.name = node.name;
    mesh.userData.held = node.extras?.held === true;
    if (node.name !== 'mat' && node.name !== 'wall') mesh.add(shadowOf(shape));
    if (node.name === 'wall') this.#walls.push({ mesh, ...flatness(shape) });
    this.things.add(mesh);
    return mesh;
  }

  /** Leaves out a wall that stands between the eye and the body. */
  openWalls(eye, body) {
    for (const { mesh, axis, middle } of this.#walls) {
      const at = mesh.position[axis] + middle;
      mesh.visible = (eye[axis] - at) * (body[axis] - at) > 0;
    }
  }

  /** Puts everything where it is at a moment [s]. */
  show(seconds) {
    const times = this.#times;
    if (!times) return;
    const last = times.length - 1;
    const step = this.duration / last;
    const from = Math.min(Math.max(Math.floor(seconds / step), 0), last - 1);
    const share = Math.min(Math.max((seconds - times[from]) / (times[from + 1] - times[from]), 0), 1);
    for (const { target, path, values } of this.#channels) {
      const size = SIZES[path];
      if (path === 'rotation') Quaternion.slerpFlat(turned, 0, values, from * 4, values, from * 4 + 4, share);
      else mixed(values, from * size, size, share);
      target[PROPERTIES[path]].fromArray(turned);
    }
  }
}

/** Across which axis a flat box lies, and where its middle is on it. */
function flatness(shape) {
  shape.computeBoundingBox();
  const { min, max } = shape.boundingBox;
  const axis = ['x', 'y', 'z'].reduce((best, one) => (max[one] - min[one] < max[best] - min[best] ? one : best));
  return { axis, middle: (min[axis] + max[axis]) / 2 };
}

const turned = [0, 0, 0, 1];

function mixed(values, at, size, share) {
  for (let k = 0; k < size; k += 1) turned[k] = values[at + k] + share * (values[at + size + k] - values[at + k]);
}

const zero = new Vector3();
const one = new Vector3(1, 1, 1);

function place(target, node) {
  if (!target) return;
  target.position.fromArray(node.translation ?? zero.toArray());
  target.quaternion.fromArray(node.rotation ?? [0, 0, 0, 1]);
  target.scale.fromArray(node.scale ?? one.toArray());
}
