// The stage: renderer, camera, and where the light comes from; everything that stands on it is added by others.

import { Mesh, Scene, Vector3, WebGLRenderer } from '../vendor/three.min.js';
import { Camera } from './camera.js';
import { shadowMaterial, sharedPaint } from './paint.js';

const SHARPEST = 2; // more pixels for each point of the page cost much and show little
const FOR_PROCESSORS = 1.25; // pixels for each point, which the page scales down: half the work of smoothed edges
const PROCESSORS = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Whether there is no graphics card behind WebGL: then every smoothed edge costs as much as four. */
function drawnByProcessor() {
  const context = document.createElement('canvas').getContext('webgl2');
  const named = context?.getExtension('WEBGL_debug_renderer_info');
  const name = named ? context.getParameter(named.UNMASKED_RENDERER_WEBGL) : context?.getParameter(context.RENDERER);
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return PROCESSORS.test(name ?? '');
}

export class Stage {
  scene = new Scene();
  camera = new Camera();
  shared = sharedPaint();
  #shadow = shadowMaterial(this.shared);
  #coarser = 1;
  #least = 1;

  constructor(canvas) {
    const slow = drawnByProcessor();
    if (slow) this.#least = FOR_PROCESSORS;
    const context = canvas.getContext('webgl2', { alpha: false, antialias: !slow, powerPreference: 'low-power' });
    if (!context) throw new Error('WebGL 2 is not to be had');
    this.renderer = new WebGLRenderer({ canvas, context });
  }

  /** The shadow of a shape, to be hung where the shape hangs. */
  shadowOf(geometry) {
    const mesh = new Mesh(geometry, this.#shadow);
    mesh.frustumCulled = false;
    return mesh;
  }

  paint(palette) {
    palette.paint(this.shared);
    this.renderer.setClearColor(palette.ground, 1);
  }

  size(width, height) {
    this.renderer.setPixelRatio(Math.min(Math.max(window.devicePixelRatio, this.#least), SHARPEST) / this.#coarser);
    this.renderer.setSize(width, height, false);
    this.camera.shape(width, height);
    Object.assign(this, { width, height });
  }

  /** Half as many pixels each way. */
  coarsen() {
    this.#coarser *= 2;
    this.size(this.width, this.height);
  }

  /** Places the camera, and the light with it. */
  fit() {
    const { right, towards } = this.camera.fit();
    // The shadow falls away from the camera's upper left, so that it never hides what it belongs to.
    this.shared.uSun.value.set(0, 3.2, 0).addScaledVector(right, -0.9).addScaledVector(towards, 0.8);
    this.#shadow.visible = towards.y > 0; // from under the floor there is none to see
    this.shared.uUp.value.set(0, 1, 0).transformDirection(this.camera.lens.matrixWorldInverse);
  }

  render() {
    this.renderer.render(this.scene, this.camera.lens);
  }

  destroy() {
    this.scene.traverse((thing) => {
      thing.geometry?.dispose();
      thing.material?.dispose?.();
    });
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }
}
