/* Clicks on the map for whoever asks: where they fall, and on which feature's sign. */

const MOVED_PX = 6;

/**
 * @param {any} map @param {(pick: { at: [number, number], feature: string | null }) => void} listener
 * @returns the end of it; meanwhile no click selects anything
 */
export function pickOn(map, listener) {
  const container = map.getContainer();
  /** @type {{ x: number, y: number } | null} */
  let down = null;
  const onDown = (event) => {
    down = { x: event.clientX, y: event.clientY };
  };
  const onClick = (event) => {
    if (event.target.closest("button, a, input, .cmm-corner")) return;
    event.stopPropagation();
    event.preventDefault();
    // The end of a drag is no click.
    if (!down || Math.hypot(event.clientX - down.x, event.clientY - down.y) > MOVED_PX) return;
    const { lat, lng } = map.mouseEventToLatLng(event);
    const sign = event.target.closest("[data-feature]");
    listener({ at: [lng, lat], feature: sign ? sign.getAttribute("data-feature") : null });
  };
  container.addEventListener("pointerdown", onDown, true);
  container.addEventListener("click", onClick, true);
  return () => {
    container.removeEventListener("pointerdown", onDown, true);
    container.removeEventListener("click", onClick, true);
  };
}
