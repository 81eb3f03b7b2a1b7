/* The optional online base map: tiles above the outline, so that without a network it stays. */
import L from "leaflet";

const ERRORS_BEFORE_NOTICE = 3;

/** Pictures of the earth carry no names; drawn maps do. */
const PICTURE = /imagery|satellite|aerial/i;

/**
 * Keep the tile layer that the state names.
 * @param {() => void} onShown called when its first tile has come
 * @returns `{update, credit, named, destroy}`
 * @param {Model} model @param {Store} store
 */
export function createTiles(map, model, store, onShown) {
  /** @type {any} */
  let layer = null;
  let shown = false;
  let current = "outline";

  const baseOf = (id) => (model.document.basemaps || []).find((base) => base.id === id) || null;

  function tell(base) {
    const notices = store.get().notices || [];
    const text = `The base map ${base.title} cannot be loaded. The outline is shown instead.`;
    if (notices.some((notice) => notice.text === text)) return;
    const details =
      "Its tiles come from another host: check the network, or choose the outline, which needs none.";
    store.set({ notices: [...notices, { text, details }] });
  }

  function add(base) {
    layer = L.tileLayer(base.url, {
      maxNativeZoom: base.max_zoom || 18,
      maxZoom: 22,
      referrerPolicy: "strict-origin-when-cross-origin",
    });
    let failed = 0;
    layer.on("tileerror", () => {
      failed += 1;
      if (failed === ERRORS_BEFORE_NOTICE) tell(base);
    });
    layer.on("tileload", () => {
      if (shown) return;
      shown = true;
      onShown();
    });
    layer.addTo(map);
  }

  function update(id) {
    if (id === current) return;
    current = id;
    if (layer) layer.remove();
    layer = null;
    shown = false;
    const base = baseOf(id);
    if (base && /^https:\/\//i.test(base.url || "")) add(base);
  }

  return {
    update,
    /** The credit of what is shown beside the outline, or "". */
    credit: () => (layer ? baseOf(current)?.credit || "" : ""),
    /** Whether what is shown has names of its own, so that ours would say them twice. */
    named: () => shown && !PICTURE.test(current),
    destroy() {
      if (layer) layer.remove();
    },
  };
}
