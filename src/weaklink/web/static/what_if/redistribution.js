// Who takes over when a muscle is weaker and the motion stays the same: weaklink.mechanics.redistribution in the
// browser. Reads a load pack, solves one leg in one variant, and joins variants to changes with their range.
// The model (variants, claims, limits) comes with the pack; a test compares every number with Python's to 1e-6.

import { shareLoad } from "./solver.js";

/** A load pack: its header and, for each side, the arrays of that leg. */
export function readPack(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const numbers = new Float32Array(buffer, 4 + length);
  const legs = header.arrays.map((places, index) => {
    const leg = { peaks: header.peaks[index] };
    for (const [name, [begin, size]] of Object.entries(places)) leg[name] = numbers.subarray(begin, begin + size);
    return leg;
  });
  return { header, leg: (side) => legs[header.legs[side]] };
}

/** The force of each fully active unit in a variant [N], frames x units, flat. */
function optimalForce(leg, header, tendons) {
  const { rigid_force: rigid, most_force: most } = leg;
  const force = new Float64Array(rigid.length);
  const long = new Set(header.longTendon);
  for (let i = 0; i < force.length; i++) {
    const unit = i % header.units;
    const stretches = tendons === "isometric" || (tendons === "compliant" && long.has(unit) && most[unit] > rigid[i]);
    force[i] = stretches ? most[unit] : rigid[i];
  }
  return force;
}

/** The moment arms of a variant [m], frames x coordinates x units, flat. */
function momentArms(leg, header, knee) {
  const arms = Float64Array.from(leg.arms);
  if (knee === "corrected") return arms;
  const { units, coordinates } = header;
  const place = coordinates.indexOf("knee_angle");
  for (let i = 0; i < leg.knee_arms_plain.length; i++) {
    const frame = Math.floor(i / units);
    arms[(frame * coordinates.length + place) * units + (i % units)] = leg.knee_arms_plain[i];
  }
  return arms;
}

/** The largest force of each structure over the frames [N]. */
function structurePeaks(leg, header, forces) {
  const { units, joints } = header;
  const frames = forces.length / units;
  const peaks = Object.fromEntries([...joints, "achilles-tendon", "iliotibial-band"].map((name) => [name, 0]));
  const sum = (frame, muscle) => header.muscles[muscle].reduce((all, unit) => all + forces[frame * units + unit], 0);
  for (let frame = 0; frame < frames; frame++) {
    joints.forEach((joint, place) => {
      let square = 0;
      for (let axis = 0; axis < 3; axis++) {
        const row = (frame * joints.length + place) * 3 + axis;
        let force = leg.contact_net[row];
        for (let unit = 0; unit < units; unit++) force += leg.contact_of_unit[row * units + unit] * forces[frame * units + unit];
        square += force * force;
      }
      peaks[joint] = Math.max(peaks[joint], Math.sqrt(square));
    });
    const achilles = header.achilles.reduce((all, muscle) => all + sum(frame, muscle), 0);
    const band = Object.entries(header.bandShare).reduce((all, [muscle, share]) => all + share * sum(frame, muscle), 0);
    peaks["achilles-tendon"] = Math.max(peaks["achilles-tendon"], achilles);
    peaks["iliotibial-band"] = Math.max(peaks["iliotibial-band"], band);
  }
  return peaks;
}

/** One leg in one variant: the state at full strength is solved once, every weakness from there. */
class VariantOfLeg {
  constructor(leg, header, variant) {
    this.leg = leg;
    this.header = header;
    this.effort = variant.effort;
    this.force = optimalForce(leg, header, variant.tendons);
    this.arms = momentArms(leg, header, variant.knee);
    this.full = this.state(new Float64Array(header.units).fill(1), null);
  }

  state(strength, start) {
    const { arms, force, effort, leg, header } = this;
    const { units } = header;
    const found = shareLoad({ arms, force, moments: leg.moments, strength, effort, start });
    const forces = found.activations;
    const means = new Float64Array(units);
    const frames = forces.length / units;
    for (let i = 0; i < forces.length; i++) {
      forces[i] *= force[i] * strength[i % units];
      means[i % units] += forces[i] / frames;
    }
    const reserves = header.coordinates.map(() => 0);
    found.multipliers.forEach((price, i) => {
      const place = i % reserves.length;
      reserves[place] = Math.max(reserves[place], Math.abs(price) / effort.reserveWeight);
    });
    const peaks = structurePeaks(leg, header, forces);
    return { means, peaks, reserves, multipliers: found.multipliers, residual: found.residual };
  }

  weakened(strength) {
    return { before: this.full, after: this.state(strength, this.full.multipliers) };
  }
}

/** The change of the first variant and its range over all in which the thing works at all. */
function changeOf(id, pairs, enough, unsure = false) {
  const ratios = pairs.filter(([before]) => before >= enough).map(([before, after]) => after / before - 1);
  const known = ratios.length > 0 && pairs[0][0] >= enough;
  return {
    id,
    change: known ? ratios[0] : null,
    low: known ? Math.min(...ratios) : null,
    high: known ? Math.max(...ratios) : null,
    before: pairs[0][0],
    after: pairs[0][1],
    unsure,
  };
}

/** The verdict of a claim: it holds in every variant, in none, or in some. */
function judge(claim, found, header) {
  let holds = "depends-on-model";
  if (found.low >= header.notableRise) holds = "yes";
  else if (found.high < header.notableRise) holds = "hardly";
  const unsure = claim.takes_over.some((muscle) => header.unsure.includes(muscle));
  return { id: claim.id, holds, change: found.change, low: found.low, high: found.high, unsure };
}

/** A load pack that answers what if. */
export class WhatIf {
  constructor(buffer) {
    this.pack = readPack(buffer);
    this.header = this.pack.header;
    this.ready = new Map();
  }

  /** The variants by the time they cost: those solved at once, and those that follow. */
  get quick() {
    return this.header.variants.flatMap((variant, index) => (variant.effort.exponent === 2 ? [index] : []));
  }

  get slow() {
    return this.header.variants.flatMap((variant, index) => (variant.effort.exponent === 2 ? [] : [index]));
  }

  /** One variant of one leg. strengths: muscle id → share of its strength. */
  solve(side, strengths, index) {
    const leg = this.pack.leg(side);
    const key = `${this.header.legs[side]} ${index}`;
    if (!this.ready.has(key)) this.ready.set(key, new VariantOfLeg(leg, this.header, this.header.variants[index]));
    const strength = new Float64Array(this.header.units).fill(1);
    for (const [muscle, share] of Object.entries(strengths)) for (const unit of this.header.muscles[muscle]) strength[unit] *= share;
    return this.ready.get(key).weakened(strength);
  }

  /** The answer over some variants, the first of them first; as weaklink.mechanics.Redistribution. */
  answer(side, strengths, solved) {
    const { header } = this;
    const leg = this.pack.leg(side);
    const mean = (units) => solved.map(({ before, after }) => [before, after].map((state) => units.reduce((all, unit) => all + state.means[unit], 0)));
    const muscles = Object.entries(header.muscles).map(([id, units]) => {
      const most = units.reduce((all, unit) => all + leg.most_force[unit], 0);
      return changeOf(id, mean(units), header.working * most, header.unsure.includes(id));
    });
    muscles.sort((a, b) => (a.change === null) - (b.change === null) || a.before - a.after - (b.before - b.after));
    const structures = Object.keys(solved[0].before.peaks).map((id) =>
      changeOf(id, solved.map(({ before, after }) => [before.peaks[id], after.peaks[id]]), 1),
    );
    const residual = Math.max(...solved.map(({ before, after }) => Math.max(before.residual, after.residual)));
    const claims = this.claims(strengths, mean, structures);
    const shortfalls = this.shortfalls(leg, solved[0]);
    return { side, muscles, structures, claims, allClaims: header.claims, shortfalls, residual };
  }

  claims(strengths, mean, structures) {
    const weak = new Set(Object.keys(strengths).filter((muscle) => strengths[muscle] < 1));
    const about = this.header.claims.filter(
      (claim) => claim.weak.every((muscle) => weak.has(muscle)) && !claim.takes_over.some((muscle) => weak.has(muscle)),
    );
    return about.flatMap((claim) => {
      const units = claim.takes_over.flatMap((muscle) => this.header.muscles[muscle]);
      const found = structures.find((one) => one.id === claim.structure) ?? changeOf(claim.id, mean(units), 1);
      return found.change === null ? [] : [judge(claim, found, this.header)];
    });
  }

  /** The joints that fall short after the weakness and did not before, in the first variant. */
  shortfalls(leg, { before, after }) {
    return this.header.coordinates.flatMap((coordinate, place) => {
      const share = after.reserves[place] / leg.peaks[place];
      const allowed = Math.max(this.header.short, before.reserves[place] / leg.peaks[place] + 0.01);
      return share > allowed ? [{ coordinate, share }] : [];
    });
  }
}
