// Paint: how skin, muscles, things and the chain look. Every colour is a token of the page.

import { Color, DataTexture, DoubleSide, FloatType, NearestFilter, RGBAFormat, ShaderMaterial, UniformsLib, UniformsUtils, Vector3, Vector4 } from '../../vendor/three.min.js';

// Light comes from the camera's upper left, a weaker one from behind its right; the sky is above the room.
const LIGHT = /* glsl */ `
  uniform vec3 uUp, uSky, uGround, uKey, uRim;
  const vec3 KEY = normalize(vec3(-1.5, 2.6, 2.1));
  const vec3 RIM = normalize(vec3(2.0, 1.1, -1.5));
  vec3 lightOn(vec3 n) {
    return mix(uGround, uSky, 0.5 + 0.5 * dot(n, uUp)) + uKey * max(dot(n, KEY), 0.0) + uRim * max(dot(n, RIM), 0.0);
  }`;

const PLACED = /* glsl */ `
  attribute vec3 rest;
  varying vec3 vNormal, vView, vRest;
  void place() {
    vec4 seen = modelViewMatrix * vec4(position, 1.0);
    vNormal = normalMatrix * normal;
    vView = seen.xyz;
    vRest = rest;
    gl_Position = projectionMatrix * seen;
  }
  // Drawn as if it were this much nearer, so that what lies on the skin is never half inside it.
  void pull(float metres) {
    vec4 nearer = projectionMatrix * vec4(vView + vec3(0.0, 0.0, metres), 1.0);
    gl_Position.z = nearer.z / nearer.w * gl_Position.w;
  }`;

const PAIN = /* glsl */ `
  uniform vec4 uPain;
  uniform vec3 uPainColour;
  vec3 withPain(vec3 colour, vec3 rest) {
    if (uPain.w <= 0.0) return colour;
    float away = distance(rest, uPain.xyz) / uPain.w;
    float soft = fwidth(away) + 0.02;
    float core = 1.0 - smoothstep(1.0 - soft, 1.0 + soft, away);
    float ring = smoothstep(0.14 + soft, 0.14, abs(away - 1.55)) + 0.6 * smoothstep(0.10 + soft, 0.10, abs(away - 2.2));
    return mix(colour, uPainColour, clamp(core + ring, 0.0, 1.0));
  }`;

const TONE_COUNT = 5;
export const SHADOW_POINTS = 512;
export const ROWS = 128; // muscles a body can have at most, in the table of paints

/** The uniforms every material shares, so that one change of theme or camera reaches all. */
export function sharedPaint() {
  const paints = new DataTexture(new Float32Array(ROWS * 2 * 4), ROWS, 2, RGBAFormat, FloatType);
  paints.minFilter = paints.magFilter = NearestFilter;
  const colours = () => new Color();
  return {
    uUp: { value: new Vector3(0, 1, 0) },
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
    uPain: { value: new Vector4(0, 0, 0, 0) },
    uPainColour: { value: colours() },
    uPaints: { value: paints },
  };
}

export function skinMaterial(shared) {
  return new ShaderMaterial({
    uniforms: shared,
    vertexShader: /* glsl */ `
      attribute float kind, occlusion;
      uniform vec3 uTones[${TONE_COUNT}];
      varying vec3 vTone;
      varying float vOpen;
      ${PLACED}
      void main() {
        place();
        vTone = uTones[int(kind + 0.5)];
        vOpen = 1.0 - occlusion;
      }`,
    fragmentShader: /* glsl */ `
      varying vec3 vTone, vNormal, vView, vRest;
      varying float vOpen;
      uniform vec3 uShade;
      uniform vec4 uFresnel;
      ${LIGHT}
      ${PAIN}
      void main() {
        vec3 n = normalize(vNormal);
        vec3 colour = withPain(vTone, vRest) * mix(uShade, vec3(1.0), vOpen) * lightOn(n);
        float rim = pow(1.0 - clamp(dot(normalize(-vView), n), 0.0, 1.0), 2.6);
        gl_FragColor = vec4(mix(colour, uFresnel.rgb, rim * uFresnel.a), 1.0);
        #include <colorspace_fragment>
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
      varying vec2 vAcross;
      varying vec4 vPaint, vWay;
      ${PLACED}
      void main() {
        vPaint = texelFetch(uPaints, ivec2(int(kind + 0.5), 0), 0);
        vWay = texelFetch(uPaints, ivec2(int(kind + 0.5), 1), 0);
        vAcross = across;
        place();
        pull(0.012);
      }`,
    fragmentShader: /* glsl */ `
      varying vec3 vNormal, vView, vRest;
      varying vec2 vAcross;
      varying vec4 vPaint, vWay;
      uniform vec3 uTendon, uHatch;
      ${LIGHT}
      ${PAIN}
      float band(float x, float width) { float w = fwidth(x); return smoothstep(width + w, width - w, abs(fract(x) - 0.5)); }
      void main() {
        vec3 n = normalize(vNormal) * (gl_FrontFacing ? 1.0 : -1.0);
        float belly = smoothstep(0.0, 0.12, vAcross.y) * smoothstep(1.0, 0.88, vAcross.y);
        float fibre = 0.5 + 0.5 * cos(vAcross.x * 24.0);
        vec3 base = vPaint.rgb;
        if (vWay.y > 0.0) base = mix(base, uHatch, 0.85 * band((vRest.y + vRest.x + vRest.z) / 0.013, 0.12));
        base = withPain(mix(uTendon, base, mix(0.45, 1.0, belly)), vRest);
        vec3 lit = base * lightOn(n) * mix(1.0, 0.9 + 0.16 * fibre, belly * (1.0 - vWay.y));
        float alpha = vPaint.a * smoothstep(1.0, 0.82, abs(vAcross.x)) * mix(0.4, 1.0, belly);
        if (vWay.z > 0.0) alpha *= 0.45 + 0.45 * step(0.45, fract(vAcross.y * 13.0));
        gl_FragColor = vec4(mix(lit, base, 0.35), alpha);
        #include <colorspace_fragment>
      }`,
  });
}

/** Things in the room and in the hand: one colour, the same light. */
export function thingMaterial(shared, colour, opacity = 1) {
  return new ShaderMaterial({
    uniforms: { ...shared, uColour: { value: colour }, uOpacity: { value: opacity } },
    side: DoubleSide,
    transparent: opacity < 1,
    vertexShader: /* glsl */ `
      varying vec3 vNormal;
      void main() {
        vNormal = normalize(normalMatrix * normal);
        gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
      }`,
    fragmentShader: /* glsl */ `
      varying vec3 vNormal;
      uniform vec3 uColour;
      uniform float uOpacity;
      ${LIGHT}
      void main() {
        gl_FragColor = vec4(uColour * lightOn(normalize(vNormal) * (gl_FrontFacing ? 1.0 : -1.0)), uOpacity);
        #include <colorspace_fragment>
      }`,
  });
}

/** The line of the chain: ink, in front of the skin it lies on. */
export function chainMaterial(shared) {
  return new ShaderMaterial({
    uniforms: shared,
    vertexShader: /* glsl */ `
      ${PLACED}
      void main() {
        place();
        pull(0.02);
      }`,
    fragmentShader: /* glsl */ `
      uniform vec3 uInk;
      void main() {
        gl_FragColor = vec4(uInk, 1.0);
        #include <colorspace_fragment>
      }`,
  });
}

/** A floor that shows nothing but the shadow on it. Two soft samples: a floor is large, and must be cheap. */
export function shadowMaterial() {
  return new ShaderMaterial({
    uniforms: UniformsUtils.merge([UniformsLib.lights, { uColour: { value: new Color() }, uOpacity: { value: 0 } }]),
    lights: true,
    transparent: true,
    depthWrite: false,
    vertexShader: /* glsl */ `
      #include <common>
      #include <shadowmap_pars_vertex>
      void main() {
        vec4 place = modelMatrix * vec4(position, 1.0);
        vDirectionalShadowCoord[0] = directionalShadowMatrix[0] * place;
        gl_Position = projectionMatrix * viewMatrix * place;
      }`,
    fragmentShader: /* glsl */ `
      #include <common>
      #include <packing>
      #include <shadowmap_pars_fragment>
      uniform vec3 uColour;
      uniform float uOpacity;
      void main() {
        vec3 at = vDirectionalShadowCoord[0].xyz / vDirectionalShadowCoord[0].w;
        vec3 aside = vec3(1.1, 0.6, 0.0) / ${SHADOW_POINTS}.0;
        float lit = 0.5 * (texture(directionalShadowMap[0], at + aside) + texture(directionalShadowMap[0], at - aside));
        gl_FragColor = vec4(uColour, uOpacity * (1.0 - lit));
        #include <colorspace_fragment>
      }`,
  });
}
