// Reads the binary glTF files our server writes: a body, and movements for it.

const ARRAYS = { 5120: Int8Array, 5121: Uint8Array, 5122: Int16Array, 5123: Uint16Array, 5125: Uint32Array, 5126: Float32Array };
const COLUMNS = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT4: 16 };
const WHOLE = { 5120: 127, 5121: 255, 5122: 32767, 5123: 65535 };
const MAGIC = 0x46546c67;

/** Fetches a file; throws when it is not there or not one of ours. */
export async function readGlb(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  const head = new DataView(bytes);
  if (bytes.byteLength < 20 || head.getUint32(0, true) !== MAGIC) throw new Error(`${address}: no glTF file`);
  const words = head.getUint32(12, true);
  const text = new TextDecoder().decode(new Uint8Array(bytes, 20, words));
  return new Glb(JSON.parse(text), bytes, 28 + words);
}

class Glb {
  #bytes;
  #start;

  constructor(said, bytes, start) {
    Object.assign(this, { nodes: said.nodes ?? [], meshes: said.meshes ?? [], skins: said.skins ?? [], said });
    this.#bytes = bytes;
    this.#start = start;
  }

  get extras() {
    return this.said.asset.extras ?? {};
  }

  get animation() {
    return this.said.animations?.[0] ?? { channels: [], samplers: [] };
  }

  materialOf(primitive) {
    return this.said.materials?.[primitive.material]?.name ?? '';
  }

  /** The numbers of an accessor, row after row without gaps; those that stand for shares as -1 to 1. */
  numbers(index) {
    const { bufferView, byteOffset = 0, componentType, count, type, normalized } = this.said.accessors[index];
    const view = this.said.bufferViews[bufferView];
    const Kind = ARRAYS[componentType];
    const columns = COLUMNS[type];
    const start = this.#start + (view.byteOffset ?? 0) + byteOffset;
    const stride = (view.byteStride ?? columns * Kind.BYTES_PER_ELEMENT) / Kind.BYTES_PER_ELEMENT;
    const raw = new Kind(this.#bytes, start, (count - 1) * stride + columns);
    const found = new Float32Array(count * columns);
    const whole = normalized ? WHOLE[componentType] : 1;
    for (let row = 0; row < count; row += 1) {
      for (let column = 0; column < columns; column += 1) found[row * columns + column] = raw[row * stride + column] / whole;
    }
    return found;
  }
}
