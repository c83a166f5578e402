// Reads a load pack and cases {side, strengths} from files, prints the browser's answer to each as JSON.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , modulePath, packPath, casesPath] = process.argv;
const { WhatIf } = await import(pathToFileURL(modulePath).href);
const bytes = readFileSync(packPath);
const model = new WhatIf(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
const all = model.header.variants.map((_, index) => index);
const times = [];
const answers = JSON.parse(readFileSync(casesPath, "utf8")).map(({ side, strengths }) => {
  const began = process.hrtime.bigint();
  for (const index of model.quick) model.solve(side, strengths, index);
  times.push(Number(process.hrtime.bigint() - began) / 1e6);
  return model.answer(side, strengths, all.map((index) => model.solve(side, strengths, index)));
});
process.stdout.write(JSON.stringify({ answers, times }));
