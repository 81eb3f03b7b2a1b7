/* What the map in one HTML file starts from: the data that lies beside it in the page. */
import { mount } from "./mount.js";

const read = (id) => JSON.parse(document.getElementById(`corridormap-${id}`)?.textContent ?? "");

/** @returns what folium's script looks for: the data, and the way to mount the page */
export const given = () => ({
  document: read("document"),
  outline: read("outline"),
  view: read("view"),
  host: { online: false },
  mount,
});
