// The stage: renderer, floor, light and shadow; everything that stands on it is added by others.

import { Box3, DirectionalLight, Mesh, PCFShadowMap, PlaneGeometry, Scene, Vector3, WebGLRenderer } from '../../vendor/three.min.js';
import { Camera } from './camera.js';
import { SHADOW_POINTS, shadowMaterial, sharedPaint } from './paint.js';

const SHADOW_M = 0.08; // how much further than the shadow the floor reaches that it falls on
const FLOOR_UP_M = 0.0015; // over mats, which lie in the floor
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
    this.floor = new Mesh(new PlaneGeometry(1, 1).rotateX(-Math.PI / 2), shadowMaterial());
    this.floor.receiveShadow = true;
    this.floor.renderOrder = -1;
    this.scene.add(this.sun, this.sun.target, this.floor);
  }

  /** The room a movement takes, so that floor and light are there too. */
  centre(box) {
    const size = box.getSize(new Vector3());
    const reach = 0.5 * size.length() + SHADOW_M;
    Object.assign(this.sun.shadow.camera, { left: -reach, right: reach, top: reach, bottom: -reach, near: 0.1, far: 8 });
    this.sun.shadow.camera.updateProjectionMatrix();
    this.room = box;
    this.middle = box.getCenter(new Vector3());
  }

  /** Lays the floor where the shadow of the whole room may fall, and nowhere else. */
  #layFloor(light) {
    const { min, max } = this.room;
    const shadow = new Box3();
    const point = new Vector3();
    for (const x of [min.x, max.x]) for (const y of [0, max.y]) for (const z of [min.z, max.z]) {
      shadow.expandByPoint(point.set(x - (y * light.x) / light.y, 0, z - (y * light.z) / light.y));
    }
    shadow.expandByScalar(SHADOW_M);
    this.floor.position.set((shadow.min.x + shadow.max.x) / 2, FLOOR_UP_M, (shadow.min.z + shadow.max.z) / 2);
    this.floor.scale.set(shadow.max.x - shadow.min.x, 1, shadow.max.z - shadow.min.z);
  }

  paint(palette) {
    palette.paint(this.shared);
    this.renderer.setClearColor(palette.ground, 1);
    this.floor.material.uniforms.uColour.value.set(palette.dark ? '#000000' : '#5a4836');
    this.floor.material.uniforms.uOpacity.value = palette.dark ? 0.5 : 0.24;
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
    const { right, towards } = this.camera.fit();
    // The shadow falls away from the camera's upper left, so that it never hides what it belongs to.
    const light = new Vector3(0, 3.2, 0).addScaledVector(right, -0.9).addScaledVector(towards, 0.8);
    this.sun.target.position.copy(this.middle);
    this.sun.position.copy(this.middle).add(light);
    this.#layFloor(light);
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
