// Paint: how skin, muscles, things and the chain look. Every colour is a token of the page.
//
// Light is worked out at the vertices, and already as the screen wants it: a triangle of the body is a few points wide,
// so that nobody sees the difference, and a processor that has to draw every pixel itself has little left to do for one.

import { Color, DataTexture, DoubleSide, FloatType, NearestFilter, RGBAFormat, ShaderMaterial, Vector3, Vector4 } from '../vendor/three.min.js';

// Light comes from the camera's upper left, a weaker one from behind its right; the sky is above the room.
const LIGHT = /* glsl */ `
  uniform vec3 uUp, uSky, uGround, uKey, uRim;
  const vec3 KEY = normalize(vec3(-1.5, 2.6, 2.1));
  const vec3 RIM = normalize(vec3(2.0, 1.1, -1.5));
  vec3 lightOn(vec3 n) {
    return mix(uGround, uSky, 0.5 + 0.5 * dot(n, uUp)) + uKey * max(dot(n, KEY), 0.0) + uRim * max(dot(n, RIM), 0.0);
  }
  // From amounts of light to the numbers of a screen (IEC 61966-2-1).
  vec3 onScreen(vec3 light) {
    return mix(1.055 * pow(max(light, 0.0), vec3(1.0 / 2.4)) - 0.055, 12.92 * light, lessThan(light, vec3(0.0031308)));
  }`;

const PLACED = /* glsl */ `
  attribute vec3 rest;
  vec3 seenAt, facing;
  void place() {
    vec4 seen = modelViewMatrix * vec4(position, 1.0);
    seenAt = seen.xyz;
    facing = normalize(normalMatrix * normal);
    gl_Position = projectionMatrix * seen;
  }
  // Drawn as if it were this much nearer, so that what lies on the skin is never half inside it.
  void pull(float metres) {
    vec4 nearer = projectionMatrix * vec4(seenAt + vec3(0.0, 0.0, metres), 1.0);
    gl_Position.z = nearer.z / nearer.w * gl_Position.w;
  }
  void turnToEye() {
    if (dot(facing, seenAt) > 0.0) facing = -facing;
  }`;

// Only where something hurts (PAIN): a dot and two rings, in the light of the surface they are on.
const PAIN = /* glsl */ `
  #ifdef PAIN
    varying vec3 vRest, vPain;
    uniform vec4 uPain;
    vec3 withPain(vec3 colour) {
      float away = distance(vRest, uPain.xyz) / uPain.w;
      float soft = fwidth(away) + 0.02;
      float core = 1.0 - smoothstep(1.0 - soft, 1.0 + soft, away);
      float ring = smoothstep(0.14 + soft, 0.14, abs(away - 1.55)) + 0.6 * smoothstep(0.10 + soft, 0.10, abs(away - 2.2));
      return mix(colour, vPain, clamp(core + ring, 0.0, 1.0));
    }
  #else
    vec3 withPain(vec3 colour) { return colour; }
  #endif`;

const PAIN_PLACED = /* glsl */ `
  #ifdef PAIN
    uniform vec3 uPainColour;
    varying vec3 vRest, vPain;
    void placePain(vec3 light) {
      vRest = rest;
      vPain = onScreen(uPainColour * light);
    }
  #else
    void placePain(vec3 light) {}
  #endif`;

const TONE_COUNT = 5;
export const ROWS = 128; // muscles a body can have at most, in the table of paints

// What stands behind everything else, as depths: the floor's mat, the shadow on it, a wall.
const MAT_DEPTH = 0.99999;
const SHADOW_DEPTH = 0.9999;
const WALL_DEPTH = 0.999;
const FLOOR_UP_M = 0.0015;
const LESS = 2; // LessDepth of three.js: nothing twice in one place

/** The uniforms every material shares, so that one change of theme or camera reaches all. */
export function sharedPaint() {
  const paints = new DataTexture(new Float32Array(ROWS * 2 * 4), ROWS, 2, RGBAFormat, FloatType);
  paints.minFilter = paints.magFilter = NearestFilter;
  const colours = () => new Color();
  return {
    uUp: { value: new Vector3(0, 1, 0) },
    uSun: { value: new Vector3(0, 1, 0) },
    uSky: { value: colours() },
    uGround: { value: colours() },
    uKey: { value: colours() },
    uRim: { value: colours() },
    uShade: { value: colours() },
    uFresnel: { value: new Vector4(1, 1, 1, 0.5) },
    uTones: { value: Array.from({ length: TONE_COUNT }, colours) },
    uTendon: { value: colours() },
    uHatch: { value: colours() },
    uInk: { value: colours() },
    uPaper: { value: colours() },
    uShadow: { value: new Vector4(0, 0, 0, 0) },
    uPain: { value: new Vector4(0, 0, 0, 0) },
    uPainColour: { value: colours() },
    uPaints: { value: paints },
  };
}

const PLAIN = /* glsl */ `
  varying vec3 vColour;
  void main() {
    gl_FragColor = vec4(vColour, 1.0);
  }`;

export function skinMaterial(shared) {
  return new ShaderMaterial({
    uniforms: shared,
    vertexShader: /* glsl */ `
      attribute float kind, occlusion;
      uniform vec3 uTones[${TONE_COUNT}], uShade;
      uniform vec4 uFresnel;
      varying vec3 vColour;
      ${LIGHT}
      ${PLACED}
      ${PAIN_PLACED}
      void main() {
        place();
        vec3 light = mix(uShade, vec3(1.0), 1.0 - occlusion) * lightOn(facing);
        float rim = pow(1.0 - clamp(dot(normalize(-seenAt), facing), 0.0, 1.0), 2.6);
        vColour = onScreen(mix(uTones[int(kind + 0.5)] * light, uFresnel.rgb, rim * uFresnel.a));
        placePain(light);
      }`,
    fragmentShader: /* glsl */ `
      varying vec3 vColour;
      ${PAIN}
      void main() {
        gl_FragColor = vec4(withPain(vColour), 1.0);
      }`,
  });
}

export function muscleMaterial(shared) {
  return new ShaderMaterial({
    uniforms: shared,
    transparent: true,
    depthWrite: false,
    side: DoubleSide,
    vertexShader: /* glsl */ `
      attribute float kind;
      attribute vec2 across;
      uniform sampler2D uPaints;
      flat varying vec4 vPaint;
      flat varying vec4 vWay;
      varying vec3 vLight, vAcross;
      ${LIGHT}
      ${PLACED}
      ${PAIN_PLACED}
      void main() {
        vPaint = texelFetch(uPaints, ivec2(int(kind + 0.5), 0), 0);
        vWay = texelFetch(uPaints, ivec2(int(kind + 0.5), 1), 0);
        vAcross = vec3(across, (rest.x + rest.y + rest.z) / 0.013);
        place();
        turnToEye();
        vec3 light = lightOn(facing);
        vLight = onScreen(light);
        placePain(light);
        pull(0.012);
      }`,
    fragmentShader: /* glsl */ `
      flat varying vec4 vPaint;
      flat varying vec4 vWay;
      varying vec3 vLight, vAcross;
      uniform vec3 uTendon, uHatch;
      ${PAIN}
      float band(float x, float width) { float w = fwidth(x); return smoothstep(width + w, width - w, abs(fract(x) - 0.5)); }
      void main() {
        float belly = smoothstep(0.0, 0.12, min(vAcross.y, 1.0 - vAcross.y));
        vec3 base = vPaint.rgb;
        if (vWay.y > 0.0) base = mix(base, uHatch, 0.85 * band(vAcross.z, 0.12));
        else base *= mix(1.0, 0.97 + 0.05 * cos(vAcross.x * 24.0), belly);
        base = mix(uTendon, base, mix(0.45, 1.0, belly));
        float alpha = vPaint.a * smoothstep(1.0, 0.82, abs(vAcross.x)) * mix(0.4, 1.0, belly);
        if (vWay.z > 0.0) alpha *= 0.45 + 0.45 * step(0.45, fract(vAcross.y * 13.0));
        gl_FragColor = vec4(withPain(base * mix(vLight, vec3(1.0), 0.35)), alpha);
      }`,
  });
}

/** Things in the room and in the hand: one colour, the same light. What is behind everything is painted flat on paper. */
export function thingMaterial(shared, colour, kind = '') {
  const [behind, opacity] = { wall: [WALL_DEPTH, 0.7], mat: [MAT_DEPTH, 1] }[kind] ?? [0, 1];
  return new ShaderMaterial({
    uniforms: { ...shared, uColour: { value: colour } },
    ...(behind ? {} : { side: DoubleSide }),
    vertexShader: /* glsl */ `
      uniform vec3 uColour, uPaper;
      varying vec3 vColour;
      ${LIGHT}
      ${PLACED}
      void main() {
        place();
        turnToEye();
        vColour = mix(onScreen(uPaper), onScreen(uColour * lightOn(facing)), ${opacity.toFixed(2)});
        ${behind ? `gl_Position.z = ${behind} * gl_Position.w;` : ''}
      }`,
    fragmentShader: PLAIN,
  });
}

/** Whether a material shows where it hurts: without, no point of it has to be asked how far away that is. */
export function paintPain(material, shown) {
  if ('PAIN' in material.defines === shown) return;
  material.defines = shown ? { PAIN: '' } : {};
  material.needsUpdate = true;
}

/** The line of the chain: ink, in front of the skin it lies on. */
export function chainMaterial(shared) {
  return new ShaderMaterial({
    uniforms: shared,
    vertexShader: /* glsl */ `
      uniform vec3 uInk;
      varying vec3 vColour;
      ${LIGHT}
      ${PLACED}
      void main() {
        place();
        pull(0.02);
        vColour = onScreen(uInk);
      }`,
    fragmentShader: PLAIN,
  });
}

/**
 * What casts a shadow, laid flat on the floor along the light. Every point of it has one depth, behind body and things:
 * whatever is drawn before hides it, and where it lies over itself it is painted once.
 */
export function shadowMaterial(shared) {
  return new ShaderMaterial({
    uniforms: shared,
    transparent: true,
    depthFunc: LESS,
    side: DoubleSide,
    vertexShader: /* glsl */ `
      uniform vec3 uSun;
      void main() {
        vec3 at = (modelMatrix * vec4(position, 1.0)).xyz;
        at -= uSun * (max(at.y, 0.0) / uSun.y);
        vec4 seen = projectionMatrix * viewMatrix * vec4(at.x, ${FLOOR_UP_M}, at.z, 1.0);
        gl_Position = vec4(seen.xy / seen.w, ${SHADOW_DEPTH}, 1.0);
      }`,
    fragmentShader: /* glsl */ `
      uniform vec4 uShadow;
      void main() {
        gl_FragColor = uShadow;
      }`,
  });
}
