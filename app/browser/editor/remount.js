/* Makes the page anew with another document; what the reader looks at stays as it is. */

/** The view on the other document: layers that are new to it are on if they start so. */
function viewOn(document, before, { view, claim, notices }) {
  const known = new Set(before.layers.map((layer) => layer.id));
  const on = (layer) => (known.has(layer.id) ? view.layers.includes(layer.id) : layer.visible);
  const has = (list, id) => list.some((one) => one.id === id);
  return {
    ...view,
    layers: document.layers.filter(on).map((layer) => layer.id),
    selected: has(document.features, view.selected) ? view.selected : null,
    claim: has(document.claims, claim) ? claim : null,
    notices,
  };
}

/** Where the boxes round the map are scrolled to, by their class, to be set again. */
function scrolls(root) {
  const boxes = [...root.querySelectorAll("[class^='cmp-']")].filter(
    (box) => box.scrollTop > 0 && !box.closest(".cmp-edit"),
  );
  return boxes.map((box) => [`.${box.className.trim().split(/\s+/).join(".")}`, box.scrollTop]);
}

/**
 * @param {any} page {root, corridormap, leaflet} of a served page
 * @returns `{show(document), mounted(), onState(listener), onShown(listener)}` `onState` goes on
 *   over every new page, unlike the store's own subscriptions
 */
export function createRemount({ root, corridormap, leaflet }) {
  const states = new Set();
  const shown = new Set();
  let off = listen();

  function listen() {
    return corridormap.mounted.store.subscribe((state, before) =>
      [...states].forEach((listener) => listener(state, before)),
    );
  }

  function show(document) {
    const { mounted } = corridormap;
    const state = mounted.store.get();
    const view = viewOn(document, corridormap.document, state);
    const kept = scrolls(root);
    const still = root.dataset.ready === "true"; // else the map has not yet been anywhere
    off();
    mounted.destroy();
    corridormap.document = document;
    corridormap.view = view;
    corridormap.mounted = corridormap.mount(leaflet, root, { ...corridormap, now: true, still });
    off = listen();
    for (const [selector, top] of kept) {
      const box = root.querySelector(selector);
      if (box) box.scrollTop = top;
    }
    [...shown].forEach((listener) => listener());
  }

  const listenTo = (listeners) => (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    show,
    mounted: () => corridormap.mounted,
    document: () => corridormap.document,
    onState: listenTo(states),
    onShown: listenTo(shown),
  };
}
