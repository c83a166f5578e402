// Reads loads as JSON from a file, solves each with the browser's module, prints activations and times as JSON.
// move_ms: the least of nine times to solve a case from the answer of the case before it, as a slider move does.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , modulePath, dataPath] = process.argv;
const { shareLoad } = await import(pathToFileURL(modulePath).href);
const load = JSON.parse(readFileSync(dataPath, "utf8"));
const flat = (name) => Float64Array.from(load[name]);
const common = { arms: flat("arms"), moments: flat("moments") };
const answers = [];
let before = null;
for (const { force, strength, effort } of load.cases) {
  const input = { ...common, force: Float64Array.from(force), strength: Float64Array.from(strength), effort };
  const found = shareLoad(input);
  const times = [];
  for (let turn = 0; turn < 9; turn++) {
    const began = process.hrtime.bigint();
    shareLoad({ ...input, start: before });
    times.push(Number(process.hrtime.bigint() - began) / 1e6);
  }
  answers.push({ activations: [...found.activations], residual: found.residual, move_ms: Math.min(...times) });
  before = found.multipliers;
}
process.stdout.write(JSON.stringify(answers));
