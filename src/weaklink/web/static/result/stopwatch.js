// A stopwatch for tests in seconds, a metronome that counts at a test's own pace, and a clock for as many as possible
// in a time: all are heard, so that the phone can lie on the floor. What was counted goes into the field; it can be
// changed like anything typed.
const LEAD_S = 3; // seconds to get into place, each heard
const TONES = { lead: [520, 0.08], go: [990, 0.25], second: [420, 0.03], one: [700, 0.05], ten: [880, 0.15] };
let audio = null;

function sound([pitch, seconds]) {
  if (audio?.state !== "running") return;
  const [tone, loudness] = [audio.createOscillator(), audio.createGain()];
  tone.frequency.value = pitch;
  loudness.gain.value = 0.25;
  tone.connect(loudness).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + seconds);
}

/** Phones let a page sound only after a tap. */
function unlock() {
  const Kind = window.AudioContext ?? window.webkitAudioContext;
  audio ??= Kind ? new Kind() : null;
  if (audio?.state === "suspended") audio.resume().catch(() => {});
}

class Counter {
  #began = 0;
  #heard = 0;
  #timer = 0;

  constructor(box) {
    this.box = box;
    this.button = box.querySelector("button");
    this.content = [...this.button.childNodes];
    this.every = Number(box.dataset.every);
    this.within = Number(box.dataset.within ?? 0);
    this.field = document.getElementById(box.dataset.field);
    this.button.addEventListener("click", () => (this.#timer ? this.#stop() : this.#start()));
    box.hidden = false;
  }

  get #seconds() {
    return (performance.now() - this.#began) / 1000 - LEAD_S;
  }

  #start() {
    unlock();
    this.#began = performance.now();
    this.#heard = -LEAD_S - 1;
    this.#timer = setInterval(() => this.#look(), 50);
    this.#look();
  }

  #look() {
    const second = Math.floor(this.#seconds);
    if (second === this.#heard) return;
    this.#heard = second;
    sound(this.#tone(second));
    if (this.within && second >= this.within) this.#stop();
    else this.button.textContent = second < 0 ? String(-second) : `${this.box.dataset.stop} · ${this.#shown(second)}`;
  }

  #tone(second) {
    if (second < 0) return TONES.lead;
    if (second === 0 || second === this.within) return TONES.go;
    if (second % this.every) return TONES.second;
    return (second / this.every) % 10 ? TONES.one : TONES.ten;
  }

  #shown(second) {
    return this.within ? this.within - second : Math.floor(second / this.every);
  }

  #stop() {
    const counted = Math.floor(this.#seconds / this.every);
    clearInterval(this.#timer);
    this.#timer = 0;
    this.button.replaceChildren(...this.content);
    if (counted < 0) return; // stopped before it began: nothing was counted
    if (this.within) this.field.focus(); // seconds are no count: how many is typed
    else this.#put(counted);
  }

  #put(counted) {
    this.field.value = String(Math.min(Number(this.field.dataset.high), counted));
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

for (const box of document.querySelectorAll(".stopwatch")) new Counter(box);
