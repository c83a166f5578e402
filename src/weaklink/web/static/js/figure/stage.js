// The stage: renderer, floor, light and shadow; everything that stands on it is added by others.

import { CircleGeometry, DirectionalLight, Mesh, PCFShadowMap, Scene, Vector3, WebGLRenderer } from '../../vendor/three.min.js';
import { Camera } from './camera.js';
import { shadowMaterial, sharedPaint } from './paint.js';

const SHADOW_POINTS = 512;
const FLOOR_M = 3;
const SHADOW_M = 1.2; // how much wider than the body the floor is that shadows fall on
const SHARPEST = 2; // more pixels for each point of the page cost much and show little

export class Stage {
  scene = new Scene();
  camera = new Camera();
  shared = sharedPaint();
  #coarser = 1;

  constructor(canvas) {
    const context = canvas.getContext('webgl2', { alpha: false, antialias: true, powerPreference: 'low-power' });
    if (!context) throw new Error('WebGL 2 is not to be had');
    const renderer = new WebGLRenderer({ canvas, context });
    renderer.shadowMap.enabled = true;
    renderer.shadowMap.type = PCFShadowMap;
    this.renderer = renderer;
    this.#lay();
  }

  #lay() {
    this.sun = new DirectionalLight('#ffffff', 1);
    this.sun.castShadow = true;
    this.sun.shadow.mapSize.set(SHADOW_POINTS, SHADOW_POINTS);
    this.sun.shadow.bias = -0.002;
    this.sun.shadow.radius = 3;
    this.floor = new Mesh(new CircleGeometry(FLOOR_M / 2, 40), shadowMaterial());
    this.floor.rotation.x = -Math.PI / 2;
    this.floor.position.y = 0.0015; // over mats, which lie in the floor
    this.floor.receiveShadow = true;
    this.floor.renderOrder = -1;
    this.scene.add(this.sun, this.sun.target, this.floor);
  }

  /** Where the body is, so that floor and light are there too. */
  centre(box) {
    const middle = box.getCenter(new Vector3());
    const wide = Math.max(box.max.x - box.min.x, box.max.z - box.min.z);
    const reach = Math.max(wide, box.max.y - box.min.y) * 0.62 + 0.25;
    this.floor.position.x = middle.x;
    this.floor.position.z = middle.z;
    this.floor.scale.setScalar((wide + SHADOW_M) / FLOOR_M);
    Object.assign(this.sun.shadow.camera, { left: -reach, right: reach, top: reach, bottom: -reach, near: 0.1, far: 8 });
    this.sun.shadow.camera.updateProjectionMatrix();
    this.middle = middle;
  }

  paint(palette) {
    palette.paint(this.shared);
    this.renderer.setClearColor(palette.ground, 1);
    this.floor.material.color.set(palette.dark ? '#000000' : '#5a4836');
    this.floor.material.opacity = palette.dark ? 0.5 : 0.24;
  }

  size(width, height) {
    this.renderer.setPixelRatio(Math.min(window.devicePixelRatio, SHARPEST) / this.#coarser);
    this.renderer.setSize(width, height, false);
    this.camera.shape(width, height);
    Object.assign(this, { width, height });
  }

  /** Half as many pixels each way. */
  coarsen() {
    this.#coarser *= 2;
    this.size(this.width, this.height);
  }

  render() {
    const { target, right, towards } = this.camera.fit();
    const middle = this.middle ?? target;
    // The shadow falls away from the camera's upper left, so that it never hides what it belongs to.
    this.sun.target.position.copy(middle);
    this.sun.position.copy(middle).addScaledVector(right, -0.9).addScaledVector(towards, 0.8);
    this.sun.position.y += 3.2;
    this.shared.uUp.value.set(0, 1, 0).transformDirection(this.camera.lens.matrixWorldInverse);
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
