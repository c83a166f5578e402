// Static optimisation in the browser: the same least-effort load sharing as weaklink.mechanics.muscle_forces.
//
// Minimise the sum of effort(a) + w r²/2 subject to A a + r = moment, lowest <= a <= 1, frame by frame, by
// semismooth Newton steps on the dual, which has one unknown per joint coordinate. A test compares both to 1e-6.

export const QUADRATIC = { exponent: 2, quadratic: 0, lowest: 0, reserveWeight: 1 };
export const CUBIC = { ...QUADRATIC, exponent: 3, quadratic: 0.01 };
export const SIXTH_POWER = { ...QUADRATIC, exponent: 6, quadratic: 0.001 };

const TOLERANCE = 1e-8;
const MOST_ROUNDS = 200;
const MOST_HALVINGS = 40;
const SUFFICIENT_FALL = 1e-4;
const ROUNDING = 1e-12;
const INVERSION_STEPS = 12;

const clip = (value, low) => (value < low ? low : value > 1 ? 1 : value);

/** base to a small whole power; faster than ** in the innermost loop. */
function raised(base, power) {
  let product = 1;
  for (let i = 0; i < power; i++) product *= base;
  return product;
}

/** The activation at which the marginal cost equals the price. */
function activationFor(price, effort) {
  if (effort.exponent === 2) return clip(price / (1 + effort.quadratic), effort.lowest);
  if (price <= 0) return effort.lowest;
  const power = effort.exponent - 1;
  let activation = Math.min(price ** (1 / power), 1);
  if (effort.quadratic > 0) {
    const capped = Math.min(price, 1 + effort.quadratic);
    activation = Math.min(activation, price / effort.quadratic);
    for (let step = 0; step < INVERSION_STEPS; step++) {
      const lower = raised(activation, power - 1);
      const excess = lower * activation + effort.quadratic * activation - capped;
      const change = excess / (power * lower + effort.quadratic);
      activation -= change;
      if (Math.abs(change) <= 1e-15) break;
    }
  }
  return clip(activation, effort.lowest);
}

/** What an activation costs. */
function cost(activation, effort) {
  if (effort.exponent === 2) return 0.5 * (1 + effort.quadratic) * activation * activation;
  return raised(activation, effort.exponent) / effort.exponent + 0.5 * effort.quadratic * activation * activation;
}

/** How much activation a little more price buys; 0 at a bound. */
function response(activation, effort) {
  if (activation <= effort.lowest || activation >= 1) return 0;
  if (effort.exponent === 2) return 1 / (1 + effort.quadratic);
  const curvature = (effort.exponent - 1) * raised(activation, effort.exponent - 2) + effort.quadratic;
  return 1 / Math.max(curvature, 1e-12);
}

/** Solve H x = -g for a symmetric positive H (row by row, changed in place) by Cholesky; x replaces `step`. */
function descend(H, g, step, d) {
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = H[i * d + j];
      for (let k = 0; k < j; k++) sum -= H[i * d + k] * H[j * d + k];
      H[i * d + j] = i === j ? Math.sqrt(sum) : sum / H[j * d + j];
    }
  }
  for (let i = 0; i < d; i++) {
    let sum = -g[i];
    for (let k = 0; k < i; k++) sum -= H[i * d + k] * step[k];
    step[i] = sum / H[i * d + i];
  }
  for (let i = d - 1; i >= 0; i--) {
    let sum = step[i];
    for (let k = i + 1; k < d; k++) sum -= H[k * d + i] * step[k];
    step[i] = sum / H[i * d + i];
  }
}

/** One frame: the dual's value and gradient, and a Newton step on it. Arrays are reused from frame to frame. */
class Frame {
  constructor(coordinates, units) {
    this.d = coordinates;
    this.n = units;
    this.A = new Float64Array(coordinates * units);
    this.moment = new Float64Array(coordinates);
    this.activation = new Float64Array(units);
    this.gradient = new Float64Array(coordinates);
    this.trial = new Float64Array(coordinates);
    this.step = new Float64Array(coordinates);
    this.H = new Float64Array(coordinates * coordinates);
  }

  /** The (negative) dual at these multipliers; leaves the activations they buy. */
  value(multipliers, effort) {
    const { A, d, n, activation, moment } = this;
    let total = 0;
    for (let k = 0; k < n; k++) {
      let price = 0;
      for (let i = 0; i < d; i++) price += A[i * n + k] * multipliers[i];
      const a = activationFor(price, effort);
      activation[k] = a;
      total += a * price - cost(a, effort);
    }
    for (let i = 0; i < d; i++) {
      total += multipliers[i] * ((0.5 * multipliers[i]) / effort.reserveWeight - moment[i]);
    }
    return total;
  }

  /** The largest imbalance of moments, relative; leaves the gradient. */
  imbalance(multipliers, effort) {
    const { A, d, n, activation, moment, gradient } = this;
    let largest = 0;
    let load = 0;
    for (let i = 0; i < d; i++) {
      let sum = multipliers[i] / effort.reserveWeight - moment[i];
      for (let k = 0; k < n; k++) sum += A[i * n + k] * activation[k];
      gradient[i] = sum;
      largest = Math.max(largest, Math.abs(sum));
      load = Math.max(load, Math.abs(moment[i]));
    }
    return largest / (1 + load);
  }

  /** The Newton direction; returns how fast the dual falls along it. */
  direction(effort) {
    const { A, d, n, activation, gradient, H, step } = this;
    H.fill(0);
    for (let i = 0; i < d; i++) H[i * d + i] = 1 / effort.reserveWeight;
    for (let k = 0; k < n; k++) {
      const slope = response(activation[k], effort);
      if (slope === 0) continue;
      for (let i = 0; i < d; i++) {
        const scaled = slope * A[i * n + k];
        if (scaled !== 0) for (let j = 0; j <= i; j++) H[i * d + j] += scaled * A[j * n + k];
      }
    }
    descend(H, gradient, step, d);
    let fall = 0;
    for (let i = 0; i < d; i++) fall += gradient[i] * step[i];
    return fall;
  }

  /** Newton steps from the given multipliers, which are changed; returns the residual that is left. */
  solve(multipliers, effort) {
    let value = this.value(multipliers, effort);
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const residual = this.imbalance(multipliers, effort);
      if (residual <= TOLERANCE) return residual;
      const fall = this.direction(effort);
      let length = 1;
      for (let halving = 0; halving <= MOST_HALVINGS; halving++) {
        for (let i = 0; i < this.d; i++) this.trial[i] = multipliers[i] + length * this.step[i];
        const found = this.value(this.trial, effort);
        const enough = value + SUFFICIENT_FALL * length * fall + ROUNDING * Math.abs(value);
        if (found <= enough || halving === MOST_HALVINGS) {
          value = found;
          break;
        }
        length *= 0.5;
      }
      multipliers.set(this.trial);
    }
    return this.imbalance(multipliers, effort);
  }
}

/**
 * Who carries the moments, for every frame of a leg.
 *
 * arms [m] (frames x coordinates x units), force [N] (frames x units), moments [N m] (frames x coordinates), all
 * flat; strength: a factor per unit; start: multipliers of a similar load. Returns flat arrays and the largest
 * residual.
 */
export function shareLoad({ arms, force, moments, strength, effort = QUADRATIC, start = null }) {
  const units = strength.length;
  const frames = force.length / units;
  const coordinates = moments.length / frames;
  const frame = new Frame(coordinates, units);
  const activations = new Float64Array(frames * units);
  const multipliers = start === null ? new Float64Array(frames * coordinates) : Float64Array.from(start);
  let residual = 0;
  for (let f = 0; f < frames; f++) {
    for (let i = 0; i < coordinates; i++) {
      frame.moment[i] = moments[f * coordinates + i];
      for (let k = 0; k < units; k++) {
        const arm = arms[(f * coordinates + i) * units + k];
        frame.A[i * units + k] = arm * force[f * units + k] * strength[k];
      }
    }
    const own = multipliers.subarray(f * coordinates, (f + 1) * coordinates);
    residual = Math.max(residual, frame.solve(own, effort));
    activations.set(frame.activation, f * units);
  }
  return { activations, multipliers, residual };
}
