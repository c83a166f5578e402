// Reads a load pack and cases {side, percents} from files; prints the browser's numbers and words as JSON.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , scripts, packPath, askedPath] = process.argv;
const { WhatIf } = await import(pathToFileURL(`${scripts}/redistribution.js`).href);
const { Speaker, strengthsOf } = await import(pathToFileURL(`${scripts}/what_if_words.js`).href);
const bytes = readFileSync(packPath);
const model = new WhatIf(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
const { cases, vocabulary } = JSON.parse(readFileSync(askedPath, "utf8"));
const speaker = new Speaker(vocabulary);
const all = model.header.variants.map((_, index) => index);
const answers = cases.map(({ side, percents }) => {
  const strengths = strengthsOf(vocabulary.groups, percents);
  const answer = model.answer(side, strengths, all.map((index) => model.solve(side, strengths, index)));
  return [answer, speaker.answer(side, percents, answer, { count: all.length, all: all.length })];
});
process.stdout.write(JSON.stringify(answers));
