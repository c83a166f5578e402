// The strip: how much of this device waits, why, and where what was kept aside is shown.

const BY_FAILURE = { "status-401": "unpaired", "status-507": "full", "no-connection": "waiting", "": "waiting" };

/** The name of the words for what a round left; "" where there is nothing to say. */
export function stripName({ left = 0, clashes = 0, failed = "" }, aside) {
  if (aside) return "refused";
  if (left) return BY_FAILURE[failed] ?? "notTaken";
  return clashes ? "clashes" : "";
}

/** Shows the strip. `say(name, values)` words it; `aside` is how many entries were kept aside. */
export function showStrip(strip, say, told, aside) {
  const name = stripName(told, aside);
  strip.hidden = !name;
  strip.querySelector("span").textContent = name && say(name, { n: { refused: aside, clashes: told.clashes }[name] ?? told.left });
  strip.querySelector("a").hidden = !aside;
}
