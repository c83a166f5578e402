// The moving figure: `mount(host)` draws a body in three dimensions over the still picture of a host element.
//
// Without WebGL, on a very slow machine or when anything fails, the still picture stays and nothing is said.

import { Mesh, Vector3 } from '../vendor/three.min.js';
import { makeBody } from './body.js';
import { outermost } from './camera.js';
import { makeChain } from './chain.js';
import { readGlb } from './glb.js';
import { Motion } from './motion.js';
import { Muscles } from './muscles.js';
import { Pacing } from './pacing.js';
import { Palette } from './palette.js';
import { paintPain, skinMaterial, thingMaterial } from './paint.js';
import { Stage } from './stage.js';
import { bestView } from './views.js';

const FILES = '/static/figures';
const MOMENTS = 10; // poses of a repetition that have to fit into the frame
const REST_S = 0.7; // before a movement that ends elsewhere starts again
const FULL_AT = 0.5; // a muscle at half of what it could do is shown in full colour
const PAIN_M = 0.021;
const TAP_PX = 7;
const BESIDE = new Set(['wall', 'band', 'mat']); // may reach out of the frame
const LABEL_PX = 14;

const wantsLess = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * Draws the figure into a host and resolves once its first frame stands.
 * Options, each also a data attribute of the host: body, movement (an id or an address), side, lit, view, play.
 */
export async function mount(host, options = {}) {
  const said = { ...host.dataset, ...options };
  const movement = said.movement.includes('/') ? said.movement : `${FILES}/movements/${said.movement}.glb${said.side ? `?side=${said.side}` : ''}`;
  const [bodyFile, movementFile] = await Promise.all([readGlb(said.body ?? `${FILES}/body.glb`), readGlb(movement)]);
  const canvas = document.createElement('canvas');
  canvas.className = 'live-canvas';
  canvas.setAttribute('aria-hidden', 'true');
  const stage = new Stage(canvas);
  try {
    return new Figure(host, canvas, stage, { bodyFile, movementFile, said });
  } catch (problem) {
    canvas.remove();
    stage.destroy();
    throw problem;
  }
}

class Figure {
  #host;
  #canvas;
  #ground;
  #stage;
  #body;
  #muscles;
  #motion;
  #things = [];
  #chain = null;
  #site = null;
  #time = 0;
  #rate = 1;
  #playing = false;
  #seen = true;
  #frame = 0;
  #last = 0;
  #pacing = new Pacing();
  #listeners = [];
  #label;
  #named = null;
  #watching = new AbortController();

  constructor(host, canvas, stage, { bodyFile, movementFile, said }) {
    Object.assign(this, { onStill: said.onStill });
    this.#host = host;
    this.#canvas = canvas;
    this.#stage = stage;
    this.#ground = host.querySelector('[data-stage]') ?? host;
    this.#stand(bodyFile, movementFile);
    this.#ground.append(canvas);
    this.#label = document.createElement('span');
    this.#label.className = 'live-label';
    this.#label.hidden = true;
    this.#ground.append(this.#label);
    this.#resize();
    this.#frameAll();
    this.colour(statesFrom(said.lit) ?? new Map(Object.entries(this.extras.lit ?? {}).map(([name, state]) => [name, { state, level: 1 }])));
    this.#repaint();
    this.#watch();
    this.#draw();
    requestAnimationFrame(() => host.classList.add('is-live'));
  }

  get extras() {
    return this.#motion.extras;
  }

  get isPlaying() {
    return this.#playing;
  }

  get muscles() {
    return this.#muscles.names;
  }

  // What it shows.

  /** Colours muscles: "gluteus-medius_r" → {state, level}. What is not named is not drawn. */
  colour(states) {
    this.#muscles.colour(states);
    this.#repaint();
  }

  /** Marks where it hurts: {site, side}, or null for nowhere. */
  mark(place) {
    this.#site = place ? this.#restOf(place) : null;
    this.#stage.shared.uPain.value.set(...(this.#site ?? [0, 0, 0]), PAIN_M);
    for (const { material } of [this.#skin, this.#muscles.mesh]) paintPain(material, this.#site !== null);
    this.#ask();
  }

  /** A dotted line from a muscle, through others, to where it hurts: {from, through, to: {site, side}}; null for none. */
  chain(link) {
    this.#chain?.mesh.removeFromParent();
    this.#chain = null;
    const end = link && this.#restOf(link.to);
    if (end && this.#muscles.names.includes(link.from)) {
      const through = (link.through ?? []).filter((name) => this.#muscles.names.includes(name));
      const places = [link.from, ...through].map((name) => this.#muscles.middle(name, { atRest: true }));
      this.#chain = makeChain(this.#body, this.#stage.shared, [...places, new Vector3(...end)]);
      if (this.#chain) this.#stage.scene.add(this.#chain.mesh);
    }
    this.#ask();
  }

  /** Names a muscle at its place, and turns so that it is seen; null takes the name away. */
  name(muscle, words = '') {
    this.#named = muscle;
    this.#label.textContent = words;
    this.#label.hidden = !words;
    if (muscle) {
      const facing = bestView(this.#stage.camera, [this.#surfaceOf(muscle)], 0.006);
      this.#stage.camera.look(facing.around, facing.up, { softly: !wantsLess() });
    }
    this.#ask();
  }

  // How it moves.

  /** Plays in a loop. Who asked for less motion gets it only if they ask for this, too. */
  play({ asked = false } = {}) {
    if (wantsLess() && !asked) return;
    this.#playing = true;
    this.#ask();
  }

  pause() {
    this.#playing = false;
    this.#repaint();
  }

  /** Shows a moment of the repetition, 0 to 1. */
  seek(share) {
    this.#time = Math.min(Math.max(share, 0), 1) * this.#motion.duration;
    this.#repaint();
  }

  /** How long one repetition takes from now on [s]. */
  tempo(secondsPerRepetition) {
    this.#rate = secondsPerRepetition > 0 ? this.#motion.duration / secondsPerRepetition : 1;
  }

  /** Looks from a named view of the movement, "best" for the one that shows the lit muscles, or {around, up}. */
  view(name, { softly = true } = {}) {
    const wanted = typeof name === 'string' ? this.#viewOf(name) : name;
    if (!wanted) return;
    this.#stage.camera.look(wanted.around, wanted.up, { softly: softly && !wantsLess() });
    this.#ask();
  }

  /** Calls back with a muscle's id and side when one is touched. */
  onMuscle(callback) {
    this.#listeners.push(callback);
  }

  /** Takes the figure away; the still picture is there again. */
  destroy() {
    cancelAnimationFrame(this.#frame);
    this.#watching.abort();
    this.#host.classList.remove('is-live');
    this.#canvas.remove();
    this.#label.remove();
    this.#stage.destroy();
    this.#playing = false;
    this.#frame = -1;
  }

  // Inside.

  #stand(bodyFile, movementFile) {
    this.#body = makeBody(bodyFile);
    const { root, bones, skin, extras } = this.#body;
    this.#muscles = new Muscles(this.#body, this.#stage.shared);
    const hung = { paint: (kind) => this.#thing(kind), shadowOf: (geometry) => this.#stage.shadowOf(geometry) };
    this.#motion = new Motion(movementFile, new Map(bones.map((bone) => [bone.name, bone])), hung);
    this.#skin = new Mesh(skin.geometry, skinMaterial(this.#stage.shared));
    this.#skin.frustumCulled = false;
    const shadow = this.#stage.shadowOf(skin.coarse());
    this.#stage.scene.add(this.#skin, this.#muscles.mesh, this.#motion.things, shadow);
    this.#pelvis = bones[0];
    this.#lengths = bones.map((bone) => bone.position.clone());
    this.#tall = extras.height_m / 1.75;
  }

  #skin;
  #pelvis;
  #lengths;
  #tall;

  #thing(kind) {
    const material = thingMaterial(this.#stage.shared, undefined, kind);
    this.#things.push({ kind, material });
    return material;
  }

  /** Puts bones and things where they are now. Bones keep the lengths of this body. */
  #pose(seconds = this.#time) {
    const { bones, root, moved, skin } = this.#body;
    this.#motion.show(seconds);
    for (let index = 1; index < bones.length; index += 1) bones[index].position.copy(this.#lengths[index]);
    this.#pelvis.position.multiplyScalar(this.#tall);
    root.updateMatrixWorld(true);
    moved.read();
    skin.follow(moved);
  }

  #frameAll() {
    const points = [];
    for (let moment = 0; moment <= MOMENTS; moment += 1) {
      this.#pose((moment / MOMENTS) * this.#motion.duration);
      points.push(...this.#body.skin.places);
    }
    this.#pose();
    const outer = outermost(Float32Array.from(points));
    for (const thing of this.#motion.things.children) {
      if (BESIDE.has(thing.name)) continue;
      thing.geometry.computeBoundingBox();
      thing.updateMatrixWorld();
      const bounds = thing.geometry.boundingBox.clone().applyMatrix4(thing.matrixWorld);
      for (const x of [bounds.min.x, bounds.max.x]) for (const y of [bounds.min.y, bounds.max.y]) for (const z of [bounds.min.z, bounds.max.z]) outer.push(new Vector3(x, y, z));
    }
    this.#stage.camera.hold(outer);
    this.view('first', { softly: false });
  }

  #viewOf(name) {
    if (name === 'best') return bestView(this.#stage.camera, this.#litSurfaces(), 0.0015);
    const known = this.extras.views?.[name];
    if (!known) return null;
    const [around, up] = known;
    return { around: name === 'side' && this.extras.side === 'left' ? around + 180 : around, up };
  }

  #litSurfaces() {
    const lit = this.muscles.filter((name) => this.#muscles.stateOf(name) === 'weak');
    const shown = lit.length ? lit : this.muscles.filter((name) => this.#muscles.stateOf(name) === 'works');
    return shown.map((name) => this.#surfaceOf(name));
  }

  #surfaceOf(name) {
    const { triangles } = this.#body.muscles.find((muscle) => muscle.name === name);
    this.#body.sheets.followAll(this.#body.moved);
    return { places: this.#body.sheets.places, triangles };
  }

  #restOf({ site, side }) {
    const known = this.#body.extras.sites?.[site];
    if (!known) return null;
    return side === 'left' ? [known[0], known[1], -known[2]] : known;
  }

  #repaint() {
    const palette = (this.#palette ??= new Palette(this.#ground));
    this.#stage.paint(palette);
    for (const { kind, material } of this.#things) material.uniforms.uColour.value = palette.thing(kind);
    this.#drive();
    this.#ask();
  }

  #palette = null;

  /** The activations of this moment, and the colours that go with them. */
  #drive() {
    const said = this.extras.activations;
    const levels = new Map();
    if (said) {
      for (const [name, values] of Object.entries(said.values)) levels.set(name, Math.min(at(said.times_s, values, this.#time, this.#motion.duration) / FULL_AT, 1));
    }
    this.#muscles.drive(levels);
    this.#muscles.paint(this.#palette);
  }

  #ask() {
    if (this.#frame === 0 && this.#seen) this.#frame = requestAnimationFrame((now) => this.#step(now));
  }

  #step(now) {
    this.#frame = 0;
    const passed = this.#last ? now - this.#last : 0;
    const turning = this.#stage.camera.move(now);
    if (this.#playing) this.#advance(passed / 1000);
    this.#draw();
    const again = this.#playing || turning;
    this.#last = again ? now : 0;
    if (again && passed && this.#relieved(passed)) return;
    if (again) this.#ask();
  }

  #advance(seconds) {
    const { duration, extras } = this.#motion;
    const end = duration + (extras.returns ? 0 : REST_S);
    this.#time += Math.min(seconds, 0.25) * this.#rate;
    if (this.#time >= end) this.#time = extras.returns ? this.#time % duration : 0;
    if (extras.activations) this.#drive();
  }

  /** Gives up pixels, then motion, when frames take too long; true when the still picture is back. */
  #relieved(passed) {
    const relief = this.#pacing.after(passed);
    if (relief === 'coarsen') this.#stage.coarsen();
    if (relief === 'still') this.#giveUp();
    return relief === 'still';
  }

  #giveUp() {
    this.destroy();
    this.#host.classList.add('is-still');
    this.onStill?.();
    this.#host.dispatchEvent(new CustomEvent('figure:still'));
  }

  #draw() {
    this.#pose(Math.min(this.#time, this.#motion.duration));
    this.#muscles.follow();
    this.#chain?.surface.follow(this.#body.moved);
    this.#stage.fit();
    this.#motion.openWalls(this.#stage.camera.lens.position, this.#pelvis.position);
    this.#stage.render();
    this.#placeLabel();
  }

  #placeLabel() {
    if (!this.#named || this.#label.hidden) return;
    const seen = this.#muscles.middle(this.#named).project(this.#stage.camera.lens);
    const [x, y] = [((seen.x + 1) / 2) * this.#stage.width, ((1 - seen.y) / 2) * this.#stage.height];
    const left = x > this.#stage.width / 2;
    this.#label.classList.toggle('is-left', left);
    this.#label.style.transform = `translate(${Math.round(left ? x - LABEL_PX : x + LABEL_PX)}px, ${Math.round(y)}px)`;
  }

  #resize() {
    const { width, height } = this.#ground.getBoundingClientRect();
    if (width && height) this.#stage.size(Math.round(width), Math.round(height));
  }

  // What it listens to.

  #watch() {
    const { signal } = this.#watching;
    const sizes = new ResizeObserver(() => {
      this.#resize();
      this.#ask();
    });
    sizes.observe(this.#ground);
    const sight = new IntersectionObserver(([entry]) => {
      this.#seen = entry.isIntersecting;
      this.#last = 0;
      this.#ask();
    });
    sight.observe(this.#canvas);
    const theme = new MutationObserver(() => this.#newTheme());
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#newTheme(), { signal });
    signal.addEventListener('abort', () => [sizes, sight, theme].forEach((one) => one.disconnect()));
    document.addEventListener('visibilitychange', () => (this.#last = 0), { signal });
    this.#canvas.addEventListener('webglcontextlost', () => this.#giveUp(), { signal });
    this.#turnByHand(signal);
  }

  #newTheme() {
    this.#palette = null;
    this.#repaint();
  }

  #turnByHand(signal) {
    let from = null;
    let moved = 0;
    const canvas = this.#canvas;
    canvas.addEventListener('pointerdown', (event) => {
      from = [event.clientX, event.clientY];
      moved = 0;
      canvas.setPointerCapture(event.pointerId);
    }, { signal });
    canvas.addEventListener('pointermove', (event) => {
      if (!from) return;
      const by = [event.clientX - from[0], event.clientY - from[1]];
      moved += Math.abs(by[0]) + Math.abs(by[1]);
      from = [event.clientX, event.clientY];
      if (moved < TAP_PX) return;
      this.#stage.camera.drag(by[0], event.pointerType === 'mouse' ? by[1] : 0);
      this.#ask();
    }, { signal });
    canvas.addEventListener('pointerup', (event) => {
      if (from && moved < TAP_PX) this.#touch(event);
      from = null;
    }, { signal });
    canvas.addEventListener('pointercancel', () => (from = null), { signal });
  }

  #touch(event) {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    const { lens } = this.#stage.camera;
    const way = new Vector3(((event.clientX - left) / width) * 2 - 1, 1 - ((event.clientY - top) / height) * 2, 0.5).unproject(lens);
    const name = this.#muscles.at(lens.position, way.sub(lens.position).normalize());
    if (!name) return;
    const side = name.endsWith('_l') ? 'left' : 'right';
    for (const callback of this.#listeners) callback(name.slice(0, -2), side);
  }
}

/** "gluteus-medius_r:weak tensor-fasciae-latae_r:overworked" as states; null when nothing is said. */
function statesFrom(said) {
  if (!said) return null;
  if (said instanceof Map) return said;
  return new Map(said.trim().split(/\s+/).map((one) => one.split(':')).map(([name, state = 'works']) => [name, { state, level: 1 }]));
}

/** A measured value between its moments, in a repetition that comes round. */
function at(times, values, now, duration) {
  const next = times.findIndex((time) => time > now);
  const [to, from] = next < 0 ? [0, times.length - 1] : [next, Math.max(next - 1, 0)];
  const span = (next < 0 ? duration : times[to]) - times[from];
  const share = span > 0 ? Math.min(Math.max((now - times[from]) / span, 0), 1) : 0;
  return values[from] + share * (values[to] - values[from]);
}
