// The palette: the page's tokens as colours of light, in the theme that is shown now.

import { Color } from '../vendor/three.min.js';

const THINGS = { mat: 'mat', wall: 'prop', band: 'take', belt: 'edge', towel: 'edge', ball: 'prop-side' };
const OTHER_THINGS = 'prop';
const TOKENS = ['paper', 'ink', 'ink-2', 'edge', 'muscle', 'weak', 'weak-hatch', 'pain', 'strong', 'take', 'mat', 'prop', 'prop-side', 'prop-line', 'body', 'body-hair', 'body-clothes', 'body-shoes', 'body-shade', 'body-light'];

const CLOTHES_DEPTH = 0.62; // light falls on the body here, so that its tones must lie further apart than on paper

export class Palette {
  constructor(element) {
    const style = getComputedStyle(element);
    // Custom properties keep light-dark(); a property that is a colour gives the one in force.
    const probe = document.createElement('i');
    probe.hidden = true;
    element.append(probe);
    this.token = (name) => {
      probe.style.color = `var(--${name})`;
      return new Color().setStyle(getComputedStyle(probe).color);
    };
    this.ground = new Color().setStyle(opaque(element) ?? style.color);
    this.dark = luminance(this.token('paper')) < 0.2;
    this.read();
    probe.remove();
  }

  read() {
    const known = Object.fromEntries(TOKENS.map((name) => [name, this.token(name)]));
    this.token = (name) => known[name];
  }

  mixed(one, other, share) {
    return this.token(one).clone().lerp(this.token(other), share);
  }

  thing(kind) {
    if (kind === 'weight' || kind === 'bar') return this.token(this.dark ? 'prop-line' : 'ink-2');
    return this.token(THINGS[kind] ?? OTHER_THINGS);
  }

  /** Skin, hair, clothes, shoes and soles. */
  get tones() {
    const [skin, hair, clothes, shoes] = ['body', 'body-hair', 'body-clothes', 'body-shoes'].map((name) => this.token(name).clone());
    const depth = this.dark ? 1 : CLOTHES_DEPTH;
    return [skin, hair.multiplyScalar(depth), clothes.multiplyScalar(depth), shoes.multiplyScalar(depth), skin.clone().lerp(shoes, 0.4)];
  }

  /** Sets every shared uniform. */
  paint(shared) {
    const { dark } = this;
    shared.uSky.value.set(dark ? '#dfe8ee' : '#ffffff').multiplyScalar(dark ? 0.75 : 0.72);
    shared.uGround.value.set(dark ? '#2c333a' : '#d8c8b6').multiplyScalar(dark ? 0.5 : 0.62);
    shared.uKey.value.set('#fff6ea').multiplyScalar(dark ? 0.62 : 0.44);
    shared.uRim.value.set(dark ? '#a8ccff' : '#e9f1ff').multiplyScalar(dark ? 0.4 : 0.2);
    shared.uShade.value.set(dark ? '#5d6670' : '#9a7f70');
    const rim = dark ? [0.42, 0.5, 0.56, 0.4] : [0.86, 0.82, 0.77, 0.34];
    shared.uFresnel.value.set(...rim);
    this.tones.forEach((tone, index) => shared.uTones.value[index].copy(tone));
    shared.uTendon.value.setRGB(...onScreen(this.mixed('body', dark ? 'ink' : 'paper', dark ? 0.35 : 0.55)));
    shared.uHatch.value.setRGB(...onScreen(this.token('weak-hatch')));
    shared.uPaper.value.copy(this.ground);
    shared.uShadow.value.set(...(dark ? [0, 0, 0, 0.5] : [0.353, 0.282, 0.212, 0.24]));
    shared.uInk.value.copy(this.token('ink'));
    shared.uPainColour.value.copy(this.token('pain'));
  }

  /** The colour and opacity of a muscle in a state. */
  muscle(state, level) {
    const share = Math.min(Math.max(level, 0), 1);
    switch (state) {
      case 'weak': return [this.token('weak'), 1];
      case 'works': return [this.token('strong'), 0.55 + 0.4 * share];
      case 'stronger': return [this.token('strong'), 0.95];
      case 'helps': return [this.mixed('strong', 'muscle', 0.45), 0.5 + 0.35 * share];
      case 'stretched': return [this.mixed('strong', 'paper', 0.4), 0.8];
      case 'takes':
      case 'overworked': return [this.mixed('muscle', 'take', 0.6 + 0.4 * share), 0.95];
      default: return [this.mixed('muscle', 'ink', 0.08), 0.55];
    }
  }
}

/** A colour of light as the three numbers a screen is given. */
export function onScreen(colour) {
  return colour.clone().convertLinearToSRGB().toArray();
}

function luminance({ r, g, b }) {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The first ground behind an element that is not see-through. */
function opaque(element) {
  for (let at = element; at; at = at.parentElement) {
    const { backgroundColor } = getComputedStyle(at);
    if (!/, 0\)$|transparent/.test(backgroundColor)) return backgroundColor;
  }
  return null;
}
