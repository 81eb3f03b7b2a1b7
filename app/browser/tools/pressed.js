/* Tells when no mouse button or finger is down: what is drawn anew under one takes the click with
   it, as a browser sends none where what was pressed is gone. */

/**
 * @param {Document} document
 * @returns {() => Promise<void>} a function whose promise holds once nothing is pressed, and the
 *   click that ends a press was heard
 */
export function createReleased(document) {
  let pressed = false;
  /** @type {(() => void)[]} */
  let waiting = [];

  function release() {
    pressed = false;
    const now = waiting;
    waiting = [];
    for (const go of now) go();
  }
  // The click comes after the pointer is up.
  const up = () => setTimeout(release);
  document.addEventListener("pointerdown", () => (pressed = true), true);
  document.addEventListener("pointerup", up, true);
  document.addEventListener("pointercancel", up, true);
  // Let go of outside the window, where nobody tells.
  document.addEventListener("pointermove", ({ buttons }) => pressed && !buttons && release(), true);
  window.addEventListener("blur", release);

  return () => (pressed ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve());
}
