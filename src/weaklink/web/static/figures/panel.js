// The panel of a figure: pause, views, and the words about a muscle, by finger or by keyboard.

import { mount } from './figure.js';

/** Mounts the figure of a host and joins it with the host's buttons. */
export async function attach(host, { asked }) {
  const figure = await mount(host);
  const bar = host.querySelector('[data-bar]');
  const words = new Words(host, figure);
  host.addEventListener('figure:still', () => {
    if (bar) bar.hidden = true;
    words.clear();
    host.dataset.state = 'still';
  });
  host.addEventListener('figure:close', () => {
    figure.destroy();
    if (bar) bar.hidden = true;
    words.clear();
    delete host.dataset.state;
  }, { once: true });
  if (bar) {
    bar.hidden = false;
    playButton(bar, figure);
    viewButtons(bar, figure);
  }
  tempoOf(host, figure);
  chainOf(host, figure);
  if (host.dataset.view) figure.view(host.dataset.view, { softly: false });
  figure.play({ asked });
  showPlaying(bar, figure);
  return figure;
}

function playButton(bar, figure) {
  bar.querySelector('[data-play]')?.addEventListener('click', () => {
    if (figure.isPlaying) figure.pause();
    else figure.play({ asked: true });
    showPlaying(bar, figure);
  });
}

function showPlaying(bar, figure) {
  const button = bar?.querySelector('[data-play]');
  if (!button) return;
  button.querySelector('[data-when="playing"]').hidden = !figure.isPlaying;
  button.querySelector('[data-when="paused"]').hidden = figure.isPlaying;
}

function viewButtons(bar, figure) {
  const buttons = [...bar.querySelectorAll('[data-view]')];
  for (const button of buttons) {
    const name = button.dataset.view;
    button.hidden = name !== 'best' && !figure.extras.views?.[name];
    button.addEventListener('click', () => {
      figure.view(name);
      buttons.forEach((other) => other.setAttribute('aria-pressed', String(other === button)));
    });
  }
}

function tempoOf(host, figure) {
  if (host.dataset.tempo) figure.tempo(Number(host.dataset.tempo));
}

function chainOf(host, figure) {
  const { painSite, painSide, chainFrom, chainThrough } = host.dataset;
  if (!painSite) return;
  const to = { site: painSite, side: painSide };
  figure.mark(to);
  if (chainFrom) figure.chain({ from: chainFrom, through: chainThrough?.split(' ').filter(Boolean), to });
}

/** The words about one muscle: its name on the body, the rest below the picture. */
class Words {
  #known = null;

  constructor(host, figure) {
    this.host = host;
    this.figure = figure;
    this.place = host.querySelector('[data-words-here]');
    figure.onMuscle((id, side) => this.say(id, side));
    for (const term of host.querySelectorAll('[data-muscle]')) this.#makeButton(term);
  }

  /** A name in the list of muscles becomes a button: the other way to a tap on the body. */
  #makeButton(term) {
    const name = term.dataset.muscle;
    if (!this.figure.muscles.includes(name)) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'link';
    button.textContent = term.textContent;
    button.addEventListener('click', () => this.say(name.slice(0, -2), name.endsWith('_l') ? 'left' : 'right'));
    term.replaceChildren(button);
  }

  async say(id, side) {
    const found = await this.#about(id);
    if (!found) return;
    this.figure.name(`${id}_${side[0]}`, found.often);
    if (!this.place) return;
    const name = document.createElement('b');
    name.textContent = found.name;
    const lines = [found.action, found.running].filter(Boolean).map((text) => Object.assign(document.createElement('span'), { textContent: text }));
    this.place.replaceChildren(name, ...lines);
    this.place.hidden = false;
  }

  clear() {
    if (this.place) this.place.hidden = true;
  }

  async #about(id) {
    try {
      this.#known ??= await (await fetch(this.host.dataset.words ?? '/static/figures/muscles.json')).json();
    } catch {
      return null;
    }
    return this.#known[id] ?? null;
  }
}
