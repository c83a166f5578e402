// When the moving body may come. It is large and it moves: the page stands first, and the reader has begun to read.

const READING_MS = 2500;
const NEAR = '200px';

/** The page and everything it needs to be read are there, and have been for a moment. */
function read() {
  return new Promise((resolve) => {
    const wait = () => setTimeout(resolve, READING_MS);
    if (document.readyState === 'complete') wait();
    else addEventListener('load', wait, { once: true });
  });
}

/** The place where it will stand is on the screen, or nearly. */
function near(host) {
  return new Promise((resolve) => {
    const watch = new IntersectionObserver(
      (seen) => {
        if (!seen.some((one) => one.isIntersecting)) return;
        watch.disconnect();
        resolve();
      },
      { rootMargin: NEAR },
    );
    watch.observe(host);
  });
}

/** Calls `begin` once the page is read, the host is near the screen, and nothing more urgent is left to do. */
export async function whenCalm(host, begin) {
  await Promise.all([read(), near(host)]);
  (window.requestIdleCallback ?? setTimeout)(begin, { timeout: 1200 });
}
