// The what-if solver off the main thread: quick variants at once, the others one by one when no new question waits.
import { WhatIf } from "./redistribution.js";

let model = null;
let wanted = 0;

/** The next task; questions that came meanwhile are read before it. */
const pause = () => new Promise((go) => setTimeout(go, 0));

async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`load pack: ${response.status}`);
  model = new WhatIf(await response.arrayBuffer());
  // Full strength is solved before the first move, so that the move itself is quick.
  for (const index of [...model.quick, ...model.slow]) {
    model.solve("right", {}, index);
    await pause();
  }
  for (const index of model.quick) model.solve("left", {}, index);
}

/** Answers over the quick variants, then over all, unless a newer question has come. */
async function answer({ number, side, strengths }) {
  const solved = new Map(model.quick.map((index) => [index, model.solve(side, strengths, index)]));
  const tell = () => {
    const order = [...solved.keys()].sort((a, b) => a - b);
    const found = model.answer(side, strengths, order.map((index) => solved.get(index)));
    postMessage({ number, found, count: solved.size, all: model.header.variants.length });
  };
  tell();
  for (const index of model.slow) {
    await pause();
    if (wanted !== number) return;
    solved.set(index, model.solve(side, strengths, index));
  }
  tell();
}

async function serve(data) {
  if (data.load) {
    await load(data.load);
    postMessage({ ready: true });
    return;
  }
  wanted = data.number;
  await answer(data);
}

// What fails here is told, so that the page can go on without a solver.
addEventListener("message", ({ data }) => serve(data).catch((problem) => postMessage({ failed: String(problem) })));
