// The device: the moment, the time of day, a screen that stays awake, and the settings kept on it.

const SETTINGS = "weaklink-session-settings";
const JUMP_MS = 40; // a sleep that is shorter changes nothing anybody sees

/**
 * Milliseconds that only go forward while the page is seen, whatever the device's clock is set to. A page that slept
 * takes the time of day again, since some devices stop the other clock meanwhile.
 */
export class Moments {
  #offset = Date.now() - performance.now();

  constructor() {
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#woke());
  }

  now() {
    return performance.now() + this.#offset;
  }

  #woke() {
    const ahead = Date.now() - this.now();
    if (ahead > JUMP_MS) this.#offset += ahead;
  }
}

/** The time of day with its offset, as entries carry it. */
export function timeOfDay(date = new Date()) {
  const offset = -date.getTimezoneOffset();
  const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, "0");
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
}

/** The runner's own day. */
export const today = () => timeOfDay().slice(0, 10);

/** A short word, new for each page that is opened. */
export function newWord() {
  return crypto.getRandomValues(new Uint32Array(1))[0].toString(36).slice(0, 6);
}

/** An id for a session; `crypto.randomUUID` needs a secure page, random values do not. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Keeps the screen on while a session runs. A hidden page loses it, so it is asked for again. */
export class Awake {
  #wanted = false;
  #lock = null;

  constructor() {
    document.addEventListener("visibilitychange", () => this.#ask());
    document.addEventListener("pointerdown", () => this.#ask(), { passive: true });
  }

  keep(wanted) {
    this.#wanted = wanted;
    if (wanted) this.#ask();
    else this.#lock?.release().catch(() => {});
  }

  async #ask() {
    if (!this.#wanted || this.#lock || document.visibilityState !== "visible" || !navigator.wakeLock) return;
    try {
      this.#lock = await navigator.wakeLock.request("screen");
      this.#lock.addEventListener("release", () => (this.#lock = null));
    } catch {
      this.#lock = null; // saving power, or not allowed here: the clock is right all the same
    }
  }
}

/**
 * Sound, voice, vibration, a screen that stays on, and how repetitions are counted. What was chosen on the settings page counts until it is
 * changed here; a page kept from before that choice brings nothing back.
 */
export function readSettings() {
  const { heard, heardAt = "" } = document.querySelector("[data-heard]")?.dataset ?? {};
  const kept = { sound: true, voice: true, vibration: true, awake: true, byTap: false, heardAt: "", ...fromDevice() };
  if (heard === undefined || heardAt <= kept.heardAt) return kept;
  const ways = heard.split(" ");
  const settings = { ...kept, heardAt, sound: ways.includes("sound"), voice: ways.includes("voice"), vibration: ways.includes("vibration") };
  keepSettings(settings);
  return settings;
}

function fromDevice() {
  try {
    return JSON.parse(localStorage.getItem(SETTINGS) ?? "{}");
  } catch {
    return {};
  }
}

export function keepSettings(settings) {
  try {
    localStorage.setItem(SETTINGS, JSON.stringify(settings));
  } catch {
    // a device without storage keeps them for this page
  }
}
