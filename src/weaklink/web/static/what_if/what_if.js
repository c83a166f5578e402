// The what-if page: sliders ask the solver in a worker; words, ranges and the body follow.
import { whenCalm } from "../visit/when_calm.js";
import { Speaker, strengthsOf } from "./what_if_words.js";

const FULL = 100;
const LEAST_SHADE = 0.15;
const MOST_SHADE = 0.65;
const page = document.querySelector("main.what-if");
const form = document.getElementById("sliders");
const vocabulary = JSON.parse(form.dataset.vocabulary);
const speaker = new Speaker(vocabulary);
const groups = new Map([...form.querySelectorAll(".group")].map((box) => [box.dataset.group, box]));
const lists = { takesOver: document.getElementById("takes"), structures: document.getElementById("structures") };
const rows = new Map([...document.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row]));
const parts = [...document.querySelectorAll(".part")].map((part) => ({ part, names: part.dataset.of.split(" "), tone: part.firstElementChild }));
const worker = new Worker(form.dataset.worker, { type: "module" });
let figure = null; // the moving body, once it stands
let shown = new Map(); // its colours
let ready = false; // the solver has its load pack
let asked = 0;
let answered = 0;
let last = null;
let began = 0; // when the move that waits for its answer was made

const slider = (box) => box.querySelector("input");
const side = () => form.elements.side.value;
const percents = () => Object.fromEntries([...groups].map(([id, box]) => [id, Number(slider(box).value)]));

/** Ask, unless an answer is awaited; the newest state is asked when it comes. */
function ask() {
  showSliders();
  if (!ready || asked > answered) return;
  const strengths = strengthsOf(vocabulary.groups, percents());
  asked += 1;
  began = performance.now();
  last = { number: asked, side: side(), percents: percents() };
  if (Object.keys(strengths).length === 0) {
    answered = asked;
    tell(null, {});
    return;
  }
  worker.postMessage({ number: asked, side: last.side, strengths });
}

const same = (a, b) => a.side === b.side && Object.keys(b.percents).every((id) => a.percents[id] === b.percents[id]);

worker.addEventListener("message", ({ data }) => {
  if (data.failed) {
    standStill();
    return;
  }
  if (data.ready) {
    ready = true;
    page.classList.add("live");
    ask();
    return;
  }
  if (data.number !== last.number) return;
  const first = answered < data.number;
  answered = data.number;
  tell(data.found, { count: data.count, all: data.all });
  if (first) performance.measure("what-if move", { start: began, end: performance.now() });
  if (data.count === data.all) page.dataset.answered = String(data.number);
  else delete page.dataset.answered;
  if (!same(last, { side: side(), percents: percents() })) ask();
});
worker.addEventListener("error", standStill);

/** Without a solver every slider stands in the form, and the server answers. */
function standStill() {
  page.classList.add("still");
}

/** The page for an answer. */
function tell(found, models) {
  const answer = speaker.answer(last.side, last.percents, found, models);
  put("title", answer.title);
  put("sentence", answer.sentence);
  put("short", answer.short);
  put("models", answer.models);
  if (found !== null) for (const row of rows.values()) row.classList.remove("is-shown");
  const still = found !== null && models.count === models.all;
  if (found === null) for (const id of rows.keys()) showRow({ id, ...speaker.unchanged(lists.structures.contains(rows.get(id))) });
  for (const kind of Object.keys(lists)) for (const row of answer[kind]) if (row.shown || still) showRow(row);
  if (still) arrange(answer);
  claims(answer.claims);
  colour(answer);
}

function put(id, words) {
  const place = document.getElementById(id);
  if (place.textContent !== words) place.textContent = words;
}

function showRow({ id, says, low, high, bar, shown }) {
  const row = rows.get(id);
  row.classList.toggle("is-shown", shown);
  row.dataset.low = low ?? "";
  row.dataset.high = high ?? "";
  row.querySelector(".says").textContent = says;
  row.querySelector(".span").setAttribute("d", bar);
}

/** The rows in the order of the answer; only when no finger is on a slider, so that nothing jumps. */
function arrange(answer) {
  for (const [kind, list] of Object.entries(lists)) {
    const order = answer[kind].map(({ id }) => rows.get(id));
    if (order.some((row, place) => list.children[place] !== row)) list.append(...order);
  }
}

function claims(lines) {
  const list = document.getElementById("claims");
  const words = lines.map(({ claim, says }) => `${claim}\n${says}`).join("\n");
  if (list.dataset.words === words) return;
  list.dataset.words = words;
  list.replaceChildren(
    ...lines.map(({ claim, says }) => {
      const [line, first, second] = ["li", "b", "span"].map((name) => document.createElement(name));
      first.textContent = claim;
      second.textContent = says;
      line.append(first, second);
      return line;
    }),
  );
}

/** The body in the colours of the answer: weaker amber and hatched, what works more darker. */
function colour({ weak, lit }) {
  for (const { part, names, tone } of parts) {
    const weaker = names.some((name) => name in weak);
    const level = weaker ? 0 : Math.max(0, ...names.map((name) => lit[name] ?? 0));
    part.classList.toggle("is-weak", weaker);
    part.classList.toggle("is-more", level > 0);
    tone.setAttribute("fill-opacity", weaker ? "1" : (level && LEAST_SHADE + MOST_SHADE * level).toFixed(2));
  }
  for (const turned of document.querySelectorAll(".turned")) {
    const front = turned.parentElement.dataset.view === "front";
    if (front === (last.side === "right")) turned.setAttribute("transform", "scale(-1 1)");
    else turned.removeAttribute("transform");
  }
  shown = bodyColours(weak, lit);
  figure?.colour(shown);
}

/** The same for the moving body: its names carry the side. */
function bodyColours(weak, lit) {
  const leg = last.side === "right" ? "_r" : "_l";
  const states = Object.keys(weak).map((name) => [name + leg, { state: "weak", level: 1 - weak[name] }]);
  const more = Object.entries(lit).map(([name, level]) => [name + leg, { state: "overworked", level }]);
  return new Map([...more, ...states]);
}

/** Sliders and chips say where they stand. */
function showSliders() {
  for (const [id, box] of groups) {
    const percent = Number(slider(box).value);
    const says = speaker.strength(percent);
    box.querySelector(".says").textContent = says;
    slider(box).setAttribute("aria-valuetext", says);
    box.classList.toggle("is-weak", percent < FULL);
    form.querySelector(`[name=which][value="${id}"]`).parentElement.classList.toggle("is-weak", percent < FULL);
  }
}

function choose(id) {
  for (const [other, box] of groups) box.classList.toggle("is-chosen", other === id);
  const chip = form.querySelector(`[name=which][value="${id}"]`);
  chip.checked = true;
  const row = chip.closest(".which");
  const label = chip.parentElement;
  row.scrollTo({ left: label.offsetLeft - (row.clientWidth - label.offsetWidth) / 2, behavior: "auto" });
}

/** The group a muscle of the body belongs to gets the slider at hand. */
function chooseMuscle(muscle) {
  const group = vocabulary.groups.find((one) => one.muscles.includes(muscle));
  if (group) choose(group.id);
}

page.addEventListener("input", ({ target }) => {
  if (target.form !== form) return;
  if (target.name === "which") choose(target.value);
  else ask();
});
page.addEventListener("change", ({ target }) => {
  if (target.form !== form) return;
  put("heard", document.getElementById("sentence").textContent);
  figure?.view("best");
});
document.getElementById("reset").addEventListener("click", () => {
  for (const box of groups.values()) slider(box).value = String(FULL);
  ask();
});
for (const { part, names } of parts) part.addEventListener("click", () => names.forEach(chooseMuscle));
window.addEventListener("pageshow", ask); // the back button keeps the sliders of then, not the words

/** The moving body beside the chart, unless the runner wants less motion or saves data. */
async function stand() {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || navigator.connection?.saveData === true;
  if (!form.dataset.figure || calm) return;
  const host = document.getElementById("runner");
  const button = document.getElementById("motion");
  host.addEventListener("figure:still", () => {
    figure = null;
    button.hidden = true;
    host.classList.remove("comes");
  });
  try {
    const { mount } = await import(form.dataset.figure);
    host.classList.add("comes"); // it is measured when it is mounted
    figure = await mount(host, { movement: "running" });
  } catch {
    host.classList.remove("comes"); // no WebGL, no network: the chart stays alone
    return;
  }
  figure.onMuscle(chooseMuscle);
  figure.colour(shown);
  figure.view("best", { softly: false });
  figure.play();
  button.hidden = false;
  button.addEventListener("click", () => {
    if (figure.isPlaying) figure.pause();
    else figure.play({ asked: true });
    for (const [index, words] of [...button.children].entries()) words.hidden = (index === 0) !== figure.isPlaying;
  });
}

choose(form.elements.which.value);
worker.postMessage({ load: form.dataset.pack });
whenCalm(document.getElementById("runner").closest("figure"), stand);
