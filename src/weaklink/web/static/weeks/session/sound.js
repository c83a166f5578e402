// What is heard and felt: beeps on the audio clock, words where the device has a voice, vibration where it can.

const AHEAD_MS = 1_500;
const LATE_MS = 1_200;
const TONES = {
  tick: [[660, 0, 0.09]],
  go: [[990, 0, 0.28]],
  count: [[760, 0, 0.05]],
  half: [[660, 0, 0.1], [660, 0.16, 0.1]],
  end: [[990, 0, 0.16], [1320, 0.2, 0.3]],
};
const BUZZ = { go: [180], end: [120, 90, 240], half: [90], swap: [220, 120, 220] };
const LOUDNESS = 0.32;

export class Sound {
  #audio = null;
  #planned = new Map();

  constructor(settings, log = () => {}) {
    this.settings = settings;
    this.log = log; // tells a test, or a curious person, what was said and when
  }

  /** Called in a tap: phones let a page sound only after one. */
  unlock() {
    if (!this.#audio) {
      const Kind = window.AudioContext ?? window.webkitAudioContext;
      if (!Kind) return;
      this.#audio = new Kind();
      // A phone's silent switch is for calls; a rest that ends unheard is no help. The setting turns it off.
      if (navigator.audioSession) navigator.audioSession.type = "playback";
    }
    if (this.#audio.state === "suspended") this.#audio.resume().catch(() => {});
  }

  /** Puts the beeps of the next moments on the audio clock. `t` is the set's own time. */
  plan(marks, t, name) {
    if (!this.#audio || !this.settings.sound || this.#audio.state !== "running") return;
    for (const mark of marks) {
      const key = `${name} ${mark.sound} ${mark.t}`;
      if (!TONES[mark.sound] || mark.t - t > AHEAD_MS || this.#planned.has(key)) continue;
      this.#planned.set(key, this.#beep(TONES[mark.sound], this.#audio.currentTime + Math.max(mark.t - t, 0) / 1000));
    }
  }

  /** Takes back what has not sounded yet: a pause, ten seconds more, another set. */
  unplan() {
    const now = this.#audio?.currentTime ?? 0;
    for (const nodes of this.#planned.values()) for (const { node, at } of nodes) if (at > now) node.stop(0);
    this.#planned.clear();
  }

  /** What has just come to pass: words and vibration. */
  pass(marks, t, words) {
    for (const mark of marks) {
      if (t - mark.t > LATE_MS) continue;
      if (this.settings.vibration && BUZZ[mark.sound]) navigator.vibrate?.(BUZZ[mark.sound]);
      if (mark.say) this.say(words(mark), { replace: mark.say === "count" });
    }
  }

  /** Speaks; the same words always stand on the screen. */
  say(text, { replace = false } = {}) {
    if (!text) return;
    this.log(text);
    if (!this.settings.voice || !window.speechSynthesis) return;
    if (replace) speechSynthesis.cancel();
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.lang = document.documentElement.lang;
    spoken.rate = 1.05;
    speechSynthesis.speak(spoken);
  }

  buzz(kind) {
    if (this.settings.vibration) navigator.vibrate?.(BUZZ[kind] ?? []);
  }

  hush() {
    this.unplan();
    window.speechSynthesis?.cancel();
  }

  #beep(tones, at) {
    return tones.map(([pitch, after, length]) => {
      const node = this.#audio.createOscillator();
      const gain = this.#audio.createGain();
      const start = at + after;
      node.frequency.value = pitch;
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.008);
      gain.gain.exponentialRampToValueAtTime(0.001, start + length);
      node.connect(gain).connect(this.#audio.destination);
      node.start(start);
      node.stop(start + length);
      return { node, at: start };
    });
  }
}
