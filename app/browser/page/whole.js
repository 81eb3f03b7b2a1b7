/* The map in somebody else's Streamlit page. All of it comes with the component: program, style
   and data. A rerun of that page leaves the map as it is, unless it shows something else. */
import { mount } from "./mount.js";

const STYLE_ID = "corridormap-style";
/** Maps by their place, each with the mark of what it shows. */
const shown = new WeakMap();
let drawn = 0;

function style(text) {
  if (document.getElementById(STYLE_ID)) return;
  document.head.append(
    Object.assign(document.createElement("style"), { id: STYLE_ID, textContent: text }),
  );
}

function draw(place, data, { html, run }, tell) {
  place.innerHTML = html;
  const corridormap = {
    document: JSON.parse(data.document),
    outline: JSON.parse(data.outline),
    view: data.view,
    host: { online: false, viewChanged: tell },
    mount,
  };
  run(corridormap);
  const { leaflet, destroy } = corridormap.mounted;
  // Folium's script finds its map by one name; the next map of the page is looked for by it too.
  drawn += 1;
  leaflet.getContainer().id += `-${drawn}`;
  return () => {
    destroy();
    leaflet.remove();
    place.replaceChildren();
  };
}

/**
 * @param {{data: any, parentElement: Element, setStateValue(name: string, value: object): void}}
 *   component what Streamlit gives
 * @param {{css: string, html: string, run(corridormap: object): void}} parts
 * @returns what ends the map once it is taken from the page
 */
export function show({ data, parentElement, setStateValue }, { css, html, run }) {
  const place = /** @type {HTMLElement} */ (parentElement.querySelector(".corridormap-place"));
  place.style.height = `${data.height_px}px`;
  let held = shown.get(place);
  if (held && held.tag !== data.tag) {
    held.end();
    held = null;
  }
  if (!held) {
    style(css);
    held = { tag: data.tag };
    shown.set(place, held);
    held.end = draw(place, data, { html, run }, (view) => held.tell(view));
  }
  // What is told names what it was told of: a map that shows something else has not said it.
  held.tell = (view) => setStateValue("view", { ...view, tag: data.tag });
  return () => {
    held.end();
    shown.delete(place);
  };
}
