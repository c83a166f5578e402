// Finds the figures of a page and, once the page is calm, lets them move. Loaded only where a figure stands.

import { whenCalm } from '../visit/when_calm.js';

const hosts = [...document.querySelectorAll('figure[data-figure]')];
const wantsLess = matchMedia('(prefers-reduced-motion: reduce)').matches;
const saves = navigator.connection?.saveData === true;

/** Whether three dimensions can be drawn here at all: asked before anything large is fetched. */
function canDraw() {
  const context = document.createElement('canvas').getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}

async function bring(host, { asked }) {
  if (host.dataset.state) return;
  host.dataset.state = 'coming';
  try {
    if (!canDraw()) throw new Error('no WebGL');
    const { attach } = await import('./panel.js');
    await attach(host, { asked });
    host.dataset.state = 'live';
  } catch {
    host.dataset.state = 'still'; // no WebGL, no network, too old: the picture that is there stays
  }
}

/** In a list only one move is open: the one that was touched last. Its row grows, the one before shrinks. */
function open(host) {
  const row = host.closest('li.can-move');
  if (!row) return;
  for (const other of row.parentElement.querySelectorAll('li.is-open')) {
    if (other === row) continue;
    other.classList.remove('is-open');
    const before = other.querySelector('figure[data-figure]');
    before.dispatchEvent(new CustomEvent('figure:close'));
    offer(before);
  }
  row.classList.add('is-open');
}

/** Waits until somebody wants to see it move. */
function offer(host) {
  const button = host.querySelector('[data-bring]');
  const stage = host.querySelector('[data-stage]');
  if (!button) return;
  const begin = () => {
    stage.removeEventListener('click', begin);
    button.removeEventListener('click', begin);
    button.hidden = true;
    open(host);
    bring(host, { asked: true });
  };
  button.hidden = false;
  button.addEventListener('click', begin);
  if (host.closest('li.can-move')) stage.addEventListener('click', begin);
}

for (const host of hosts) {
  if (wantsLess || saves || host.hasAttribute('data-on-tap')) offer(host);
  else whenCalm(host, () => bring(host, { asked: false }));
}
