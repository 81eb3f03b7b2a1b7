/* Where files are given: a button, and the whole page while the tab is shown. */
import { el, freshId } from "../../tools/dom.js";

const FORMATS =
  "GeoJSON, TopoJSON, GeoPackage, FlatGeobuf, Shapefile (zip, or its .shp, .shx, .dbf and .prj together), KML, KMZ, GPX, OpenStreetMap (.osm, .pbf), GeoParquet, CSV or Excel (XLSX) with coordinates";
const EVENTS = ["dragenter", "dragover", "dragleave", "drop"];
const holdsFiles = (event) =>
  Boolean(event.dataTransfer) && [...event.dataTransfer.types].includes("Files");

/** @param {(files: File[]) => void} take told the files that are chosen */
export function createDropZone(take) {
  const input = el("input.cmp-add-file", {
    type: "file",
    multiple: true,
    hidden: true,
    onchange: () => {
      take([...(input.files ?? [])]);
      input.value = "";
    },
  });
  const id = freshId("formats");
  const choose = el(
    "button.cmp-btn.cmp-add-choose",
    { "aria-describedby": id, onclick: () => input.click() },
    "Choose files",
  );
  const node = el(
    "div.cmp-add-drop",
    {},
    el("p.cmp-add-drop-title", {}, "Drop files here, or"),
    choose,
    input,
    el("p.cmp-add-note", { id }, FORMATS),
  );
  return { node, choose };
}

/**
 * Take files that are dropped anywhere on the page; else they would be read as a snapshot.
 * @param {Element} root marked while files are over the page
 * @param {any} does {on(): boolean, take(files)}
 * @returns a function that ends it
 */
export function takeDropped(root, { on, take }) {
  function dragged(event) {
    if (!on() || !holdsFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    root.toggleAttribute("data-over", event.type === "dragenter" || event.type === "dragover");
    if (event.type === "drop") take([...event.dataTransfer.files]);
  }
  for (const name of EVENTS) window.addEventListener(name, dragged, true);
  return () => {
    for (const name of EVENTS) window.removeEventListener(name, dragged, true);
  };
}
