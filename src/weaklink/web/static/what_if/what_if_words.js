// What-if in words and ranges: says exactly what weaklink.web.what_if.what_if_words says, with the messages it was given.

const FULL = 100;

export const percentOf = (change) => Math.floor(change * 100 + 0.5);
const timesOf = (change) => (Math.floor((1 + change) * 10 + 0.5) / 10).toFixed(1);
const filled = (template, values) => template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
/** A sentence as text: one with plural forms in that of its number. */
const formOf = (said, values, rules) => (typeof said === "string" ? said : said[rules.select(values[said.by])] ?? said.other);

/** Muscle id → share of its strength; a muscle in two groups keeps the weaker of both. */
export function strengthsOf(groups, percents) {
  const shares = {};
  for (const group of groups) {
    const percent = percents[group.id] ?? FULL;
    if (percent < FULL) for (const muscle of group.muscles) shares[muscle] = Math.min(shares[muscle] ?? 1, percent / FULL);
  }
  return shares;
}

export class Speaker {
  constructor(vocabulary) {
    this.vocabulary = vocabulary;
    this.rules = new Intl.PluralRules(vocabulary.language);
  }

  word(key, values = {}) {
    return filled(formOf(this.vocabulary.messages[key], values, this.rules), values);
  }

  /** Everything the page says; found is null when nothing is weak. */
  answer(side, percents, found, models) {
    const { groups } = this.vocabulary;
    const weak = strengthsOf(groups, percents);
    const { muscles, structures } = found ?? { muscles: [], structures: [] };
    const others = muscles.filter((change) => !(change.id in weak));
    const shown = others.filter((change) => this.rises(change)).slice(0, this.vocabulary.mostRows);
    return {
      title: this.title(percents),
      sentence: this.sentence(side, percents, found, weak),
      short: this.short(found),
      models: found === null ? "" : this.word("models", models),
      takesOver: muscles.map((change) => this.row(change, "muscle", shown.includes(change))),
      structures: structures.map((change) => this.row(change, "structure", true)),
      claims: found === null ? [] : this.claims(weak, found),
      lit: this.lit([...others, ...structures]),
      weak,
    };
  }

  weakGroups(percents) {
    return this.vocabulary.groups.filter((group) => (percents[group.id] ?? FULL) < FULL);
  }

  title(percents) {
    const weak = this.weakGroups(percents);
    if (weak.length === 1) return this.word("title.one", { area: weak[0].name });
    return weak.length ? this.word("title.more", { count: weak.length }) : this.word("title.full");
  }

  sentence(side, percents, found, weak) {
    if (found === null) return this.word("sentence.full");
    const parts = this.weakGroups(percents).map((group) => this.word("part", { area: group.name, percent: percents[group.id] })).join(this.word("join"));
    const where = { side: this.vocabulary.sides[side], parts };
    if (found.shortfalls.length) return this.word("sentence.short", { ...where, joints: this.joints(found) });
    const leads = this.leading(found, weak);
    if (leads === null) return this.word("sentence.none", where);
    const [muscle, name] = this.vocabulary.muscles[leads.id];
    return this.word("sentence", { ...where, muscle, name, change: this.change("muscle", leads) });
  }

  strength(percent) {
    return percent < FULL ? this.word("strength", { percent }) : this.word("strength.full");
  }

  short(found) {
    return found !== null && found.shortfalls.length ? this.word("short") : "";
  }

  joints(found) {
    return found.shortfalls.map(({ coordinate }) => this.word(`joint.${coordinate}`)).join(this.word("joint.join"));
  }

  /** A range in words, never a point. */
  change(kind, { low, high }) {
    const { notable, double } = this.vocabulary;
    if (low === null || high === null) return this.word(`${kind}.unknown`);
    const least = percentOf(low);
    const most = percentOf(high);
    if (Math.max(Math.abs(least), Math.abs(most)) < notable) return this.word(`${kind}.same`);
    if (least < 0 && most > 0) return this.word(`${kind}.mixed`, { low: -least, high: most });
    if (most >= double) return this.range(`${kind}.times`, this.times(low), this.times(high));
    if (most > 0) return this.range(`${kind}.more`, least, most);
    return this.range(`${kind}.less`, -most, -least);
  }

  /** How many times, with the decimal sign of the language. */
  times(change) {
    return timesOf(change).replace(".", this.vocabulary.decimal);
  }

  range(key, low, high) {
    return this.word(low === high ? `${key}.one` : key, { low, high });
  }

  row(change, kind, shown) {
    return { id: change.id, says: this.change(kind, change), low: change.low, high: change.high, bar: this.bar(change), shown };
  }

  /** A row of a leg at full strength. */
  unchanged(isStructure) {
    const nothing = { low: 0, high: 0 };
    return { ...nothing, says: this.change(isStructure ? "structure" : "muscle", nothing), bar: this.bar(nothing), shown: isStructure };
  }

  claims(weak, found) {
    const verdicts = new Map(found.claims.map((verdict) => [verdict.id, verdict]));
    return found.allClaims.flatMap((claim) => {
      const verdict = verdicts.get(claim.id);
      const missing = verdict ? "" : this.missing(claim, weak);
      if (!verdict && !missing) return [];
      const says = verdict ? this.verdict(claim, verdict) : this.word("verdict.partly", { area: missing });
      return [{ id: claim.id, claim: this.word(`claim.${claim.id}`), says }];
    });
  }

  verdict(claim, verdict) {
    const less = verdict.holds === "hardly" && percentOf(verdict.high) < 0;
    const change = this.change(claim.structure ? "structure" : "muscle", verdict);
    const says = this.word(`verdict.${less ? "less" : verdict.holds}`, { change });
    return verdict.unsure ? `${says} ${this.word("verdict.unsure")}` : says;
  }

  /** The group that must be weaker too before a claim is about these weaknesses; empty if there is none. */
  missing(claim, weak) {
    const { groups } = this.vocabulary;
    const begun = groups.some((group) => group.muscles.every((muscle) => muscle in weak && claim.weak.includes(muscle)));
    if (!begun || claim.takes_over.some((muscle) => muscle in weak)) return "";
    const left = claim.weak.filter((muscle) => !(muscle in weak));
    return groups.find((group) => group.muscles.some((muscle) => left.includes(muscle)))?.name ?? "";
  }

  rises({ low, high }) {
    return low !== null && high + low > 0 && percentOf(high) >= this.vocabulary.notable;
  }

  /** The muscle the sentence names: sure, rising in every variant; those of a claim that holds come first. */
  leading(found, weak) {
    const { notable } = this.vocabulary;
    const holds = new Set(found.claims.filter((verdict) => verdict.holds === "yes").map((verdict) => verdict.id));
    const claimed = new Set(found.allClaims.filter((claim) => holds.has(claim.id)).flatMap((claim) => claim.takes_over));
    const rising = found.muscles.filter(
      (change) => !(change.id in weak) && !change.unsure && change.low !== null && percentOf(change.low) >= notable,
    );
    return rising.find((change) => claimed.has(change.id)) ?? rising[0] ?? null;
  }

  lit(changes) {
    const clear = changes.filter(({ low }) => low !== null && percentOf(low) >= this.vocabulary.notable);
    return Object.fromEntries(clear.map(({ id, low }) => [id, Math.round(Math.min(1, Math.sqrt(low)) * 1000) / 1000]));
  }

  bar({ low, high }) {
    if (low === null || high === null) return "";
    const begin = this.barPlace(low);
    return `M${begin.toFixed(1)} 12H${Math.max(begin + 1, this.barPlace(high)).toFixed(1)}`;
  }

  barPlace(change) {
    const { low, high, width, margin } = this.vocabulary.bar;
    const share = (Math.min(Math.max(change, low), high) - low) / (high - low);
    return margin + share * (width - 2 * margin);
  }
}
