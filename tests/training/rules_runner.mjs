// Reads packs, states and events as JSON from a file, runs the browser's interpreter, prints what it answers.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , modulePath, dataPath] = process.argv;
const { begin, happen, stepOf } = await import(pathToFileURL(modulePath).href);
const { packs, walks } = JSON.parse(readFileSync(dataPath, "utf8"));
const answers = walks.map(([pack, state, event]) => {
  const before = JSON.stringify(state);
  const { state: next, effects } = happen(packs[pack], state, event);
  return { next, effects, step: stepOf(packs[pack], next), pure: JSON.stringify(state) === before };
});
const begun = packs.map((pack) => begin(pack, "session-1", "a"));
process.stdout.write(JSON.stringify({ answers, begun }));
