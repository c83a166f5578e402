// What was kept aside: entries the computer will never keep, each with its reason, to look at, copy or delete.

import { Words } from "./words.js";

const KINDS = {
  morning: "kindMorning", "run-done": "kindRun", walked: "kindWalk", stretched: "kindStretch", note: "kindNote",
  rescreened: "kindQuestions", tested: "kindTests", reported: "kindReport", scored: "kindScore",
};
// As it was written, wherever that was: the clock of the entry is read as if it were the one of the page.
const WHEN = { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" };
const CLOCK = 19; // letters of a time without its offset

/** Lists them where the page has a place for it, and says whether it has. `changed` is called when one is deleted. */
export function showAside(port, rows, changed) {
  const host = document.querySelector('[data-part="aside"]');
  if (!host) return false;
  const language = document.documentElement.lang;
  const words = new Words(host.dataset, language);
  const template = host.querySelector("template");
  host.querySelector("ol").replaceChildren(...rows.map((row) => lineOf(template, row, words, language, () => port.drop(row.number).then(changed))));
  const appears = host.hidden && rows.length > 0;
  host.hidden = rows.length === 0;
  if (appears && location.hash === `#${host.id}`) host.scrollIntoView();
  return true;
}

function lineOf(template, { entry, refused }, words, language, drop) {
  const line = template.content.cloneNode(true).firstElementChild;
  const put = (name, text) => (line.querySelector(`[data-says="${name}"]`).textContent = text);
  const what = words.get(KINDS[entry?.kind] ?? (entry?.session ? "kindSession" : "kindOther"));
  const [when, shown] = [whenOf(entry, language), saidIn(entry)];
  put("when", when);
  put("what", what);
  put("why", words.get(whyName(refused, words)));
  put("whole", shown);
  line.querySelector('[data-do="copy"]').addEventListener("click", ({ currentTarget }) => copy(`${when}\n${what}\n${shown}`, line, currentTarget, words));
  line.querySelector('[data-do="delete"]').addEventListener("click", ({ currentTarget }) => twice(currentTarget, words.get("sure"), drop));
  return line;
}

/** The name of its reason; one from a page before reasons had names could not be read. */
function whyName(refused, words) {
  const reason = refused?.reason ?? "unreadable";
  const name = `why${reason[0].toUpperCase()}${reason.slice(1)}`;
  return words.get(name) ? name : "whyUnreadable";
}

function whenOf(entry, language) {
  const at = new Date(`${String(entry?.at ?? "").slice(0, CLOCK)}Z`);
  return Number.isNaN(at.getTime()) ? String(entry?.at ?? "") : new Intl.DateTimeFormat(language, WHEN).format(at);
}

/** What it says, line by line: first what the runner wrote. */
function saidIn(entry) {
  if (typeof entry !== "object" || entry === null) return String(entry);
  const { text, kind: _kind, id: _id, at: _at, session: _session, ...rest } = entry;
  const lines = Object.entries(rest).map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`);
  return [...(text ? [text] : []), ...lines].join("\n");
}

async function copy(text, line, button, words) {
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = words.get("copied");
  } catch {
    // Not every address may reach the clipboard: then it is opened and marked, ready to be copied by hand.
    line.querySelector("details").open = true;
    getSelection().selectAllChildren(line.querySelector('[data-says="whole"]'));
    button.textContent = words.get("marked");
  }
}

/** What cannot be undone takes two taps. */
function twice(button, sure, does) {
  if (button.dataset.asked) return does();
  button.dataset.asked = "1";
  button.textContent = sure;
}
