// A stopwatch for tests in seconds and a metronome that counts for tests in repetitions: both are heard, so that the
// phone can lie on the floor. What was counted goes into the field; it can be changed like anything typed.
const LEAD_S = 3; // seconds to get into place, each heard
const TONES = { lead: [520, 0.08], go: [990, 0.25], beat: [700, 0.05], ten: [880, 0.15] };
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
    const seconds = this.#seconds;
    const step = seconds < 0 ? Math.floor(seconds) : Math.floor(seconds / this.every);
    if (step === this.#heard) return;
    this.#heard = step;
    if (step < 0) sound(TONES.lead);
    else sound(step === 0 ? TONES.go : step % 10 === 0 ? TONES.ten : TONES.beat);
    this.button.textContent = step < 0 ? String(-step) : `${this.box.dataset.stop} · ${step}`;
  }

  #stop() {
    const counted = Math.floor(this.#seconds / this.every);
    clearInterval(this.#timer);
    this.#timer = 0;
    this.button.replaceChildren(...this.content);
    if (counted < 0) return; // stopped before it began: nothing was counted
    this.field.value = String(Math.min(Number(this.field.dataset.high), counted));
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

for (const box of document.querySelectorAll(".stopwatch")) new Counter(box);
