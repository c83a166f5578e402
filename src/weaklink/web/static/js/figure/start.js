// Finds the figures of a page and, once the page is painted, lets them move. Loaded only where a figure stands.

const hosts = [...document.querySelectorAll('figure[data-figure]')];
const wantsLess = matchMedia('(prefers-reduced-motion: reduce)').matches;
const saves = navigator.connection?.saveData === true;

/** After the first paint and when nothing more urgent is left to do. */
function whenCalm(begin) {
  const soon = () => (window.requestIdleCallback ?? setTimeout)(begin, { timeout: 1200 });
  if (document.readyState === 'complete') soon();
  else addEventListener('load', soon, { once: true });
}

async function bring(host, { asked }) {
  if (host.dataset.state) return;
  host.dataset.state = 'coming';
  try {
    const { attach } = await import('./panel.js');
    await attach(host, { asked });
    host.dataset.state = 'live';
  } catch {
    host.dataset.state = 'still'; // no WebGL, no network, too old: the picture that is there stays
  }
}

for (const host of hosts) {
  const waits = wantsLess || saves || host.hasAttribute('data-on-tap');
  if (!waits) {
    whenCalm(() => bring(host, { asked: false }));
    continue;
  }
  const button = host.querySelector('[data-bring]');
  if (!button) continue;
  button.hidden = false;
  button.addEventListener('click', () => {
    button.hidden = true;
    bring(host, { asked: true });
  });
}
