// Runs Lighthouse on one address after the other: addresses come in as lines, reports go out as lines of JSON.
// Arguments: the folder Lighthouse is installed in, the path of Chromium, "quick" or "whole", Chromium's flags.
import { createInterface } from "node:readline";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, chromium, how, ...flags] = process.argv.slice(2);
const bring = (path) => import(pathToFileURL(join(folder, "node_modules", path)));
const { default: lighthouse } = await bring("lighthouse/core/index.js");
const { launch } = await bring("chrome-launcher/dist/index.js");

// Quick: what is said about a page does not depend on time, so nothing is throttled and nothing waits.
const QUICK = {
  onlyCategories: ["accessibility", "best-practices"],
  throttlingMethod: "provided",
  disableFullPageScreenshot: true,
  pauseAfterFcpMs: 0,
  pauseAfterLoadMs: 0,
  networkQuietThresholdMs: 0,
  cpuQuietThresholdMs: 0,
};
// Whole: as Lighthouse comes, a slow phone on a slow network.
const WHOLE = { onlyCategories: ["performance", "accessibility", "best-practices"] };
const settings = how === "quick" ? QUICK : WHOLE;
const TRIES = 3;
const config = { extends: "lighthouse:default", settings };

function told({ lhr }) {
  const scores = {};
  const failed = [];
  for (const [name, category] of Object.entries(lhr.categories)) {
    scores[name] = category.score === null ? null : Math.round(100 * category.score);
    for (const { id, weight } of category.auditRefs) {
      const { score, title, displayValue, details } = lhr.audits[id];
      if (!weight || score === null || score >= (name === "performance" ? 0.9 : 1)) continue;
      const where = (details?.items ?? []).map((one) => one.node?.selector ?? one.url ?? one.description).filter(Boolean);
      failed.push({ category: name, id, title, says: displayValue ?? "", where: where.slice(0, 4) });
    }
  }
  return { scores, failed, error: lhr.runtimeError?.message ?? "", at: lhr.finalDisplayedUrl };
}

const browser = await launch({ chromePath: chromium, chromeFlags: ["--headless=new", ...flags] });
/** Chromium loses a trace now and then, and Lighthouse asks to be run again; what stays broken is said. */
async function looked(address) {
  let said;
  for (let tries = 0; tries < TRIES; tries++) {
    said = told(await lighthouse(address, { port: browser.port, logLevel: "error", output: "json" }, config));
    if (!said.error) break;
  }
  return said;
}

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) {
  process.on(signal, () => {
    browser.kill();
    process.exit(1);
  });
}
try {
  for await (const address of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify({ address, ...(await looked(address)) })}\n`);
  }
} finally {
  browser.kill();
}
