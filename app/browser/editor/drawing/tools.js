/* The tools under a drawing: new lines and areas and their vertices by Leaflet-Geoman, points by a
   click and a marker that can be dragged. Each gives geometries and keeps no more than one shape. */
import L from "leaflet";
import "@geoman-io/leaflet-geoman-free";
import { ofRun, runs, shapeOf, withRuns } from "./geometry.js";
import { SNAP_PX } from "./snap.js";

const PANE = "cmf-drawing";
const COLOR = "#0A5A9C";
const STYLE = {
  color: COLOR,
  weight: 3,
  opacity: 1,
  fillColor: COLOR,
  fillOpacity: 0.12,
  pane: PANE,
};
/** Above this many vertices only those near the pointer can be taken. */
const MANY_VERTICES = 150;
const SHOWN_VERTICES = 80;

/** @returns {L.LatLngTuple} */
const toLatLng = ([lon, lat]) => [lat, lon];
const fromLatLng = ({ lng, lat }) => [lng, lat];

/** Leaflet was here first: give the map what Geoman gives to new maps. */
function equip(map) {
  if (!map.getPane(PANE)) map.createPane(PANE).style.zIndex = "460";
  if (map.pm) return;
  // Layers of others on the map stay out of it.
  L.PM.setOptIn(true);
  map.pm = new /** @type {any} */ (L.PM).Map(map);
  map.pm.setGlobalOptions({
    panes: { layerPane: PANE, vertexPane: "markerPane", markerPane: "markerPane" },
  });
}

function latLngs({ type, coordinates }) {
  const open = (ring) => ring.slice(0, -1).map(toLatLng);
  if (type === "LineString") return coordinates.map(toLatLng);
  if (type === "MultiLineString") return coordinates.map((line) => line.map(toLatLng));
  if (type === "Polygon") return coordinates.map(open);
  return coordinates.map((rings) => rings.map(open));
}

function flatRuns(nested) {
  if (!nested.length || !Array.isArray(nested[0])) return [nested.map(fromLatLng)];
  return nested.flatMap(flatRuns);
}

/** The geometry of a Leaflet shape that began as `before`. */
function geometryOf(layer, before) {
  const now = flatRuns(layer.getLatLngs());
  if (now.length === runs(before).length) return withRuns(before, now);
  return layer.toGeoJSON(false).geometry;
}

function shapeLayer(geometry, options) {
  const look = { ...STYLE, ...options };
  const at = latLngs(geometry);
  return shapeOf(geometry) === "area" ? L.polygon(at, look) : L.polyline(at, look);
}

/** Draw a new line or area. @param {any} on {change(geometry, unfinished), done(geometry)} */
function drawShape(map, shape, on) {
  equip(map);
  const tool = shape === "line" ? "Line" : "Polygon";
  const placed = () => {
    const layer = map.pm.Draw[tool]._layer;
    return layer && map.pm.Draw[tool].enabled() ? layer.getLatLngs().map(fromLatLng) : [];
  };
  const least = shape === "line" ? 2 : 3;
  const told = (all) => on.change(all.length >= least ? ofRun(shape, all) : null, placed().length);
  const changed = ({ latlngs }) => told((latlngs || []).flat(3).map(fromLatLng));
  const started = ({ workingLayer }) => workingLayer.on("pm:change", changed);
  const created = ({ layer }) => {
    const [run] = flatRuns(layer.getLatLngs());
    layer.remove();
    on.done(ofRun(shape, run));
  };
  const line = { color: COLOR, weight: 3 };
  map.on("pm:drawstart", started);
  map.on("pm:create", created);
  map.pm.enableDraw(tool, {
    snappable: true,
    snapDistance: SNAP_PX,
    tooltips: false,
    continueDrawing: false,
    allowSelfIntersection: shape === "line",
    templineStyle: line,
    hintlineStyle: { ...line, dashArray: "5,5" },
    pathOptions: STYLE,
  });
  return {
    finish: () => map.pm.Draw[tool]._finishShape(),
    undo: () => placed().length > 1 && map.pm.Draw[tool]._removeLastVertex(),
    destroy() {
      map.off("pm:drawstart", started);
      map.off("pm:create", created);
      map.pm.disableDraw(tool);
    },
  };
}

/** Move, add and take away the vertices of a shape. @param {any} on {change(geometry)} */
function editShape(map, geometry, on) {
  equip(map);
  const layer = shapeLayer(geometry, { pmIgnore: false }).addTo(map);
  const many = runs(geometry).flat().length > MANY_VERTICES;
  const tell = () => on.change(geometryOf(layer, geometry));
  function enable() {
    layer.pm.enable({
      snappable: true,
      snapDistance: SNAP_PX,
      allowSelfIntersection: true,
      draggable: false,
      removeLayerBelowMinVertexCount: false,
      limitMarkersToCount: many ? SHOWN_VERTICES : -1,
    });
  }
  layer.on("pm:edit", tell);
  layer.on("pm:vertexremoved pm:vertexadded", tell);
  enable();
  return {
    many,
    set(next) {
      layer.pm.disable();
      layer.setLatLngs(latLngs(next));
      enable();
    },
    destroy() {
      layer.off();
      layer.pm.disable();
      layer.remove();
    },
  };
}

const pin = () => L.divIcon({ className: "cmf-pin", iconSize: [22, 22] });

/** A point by a click, then by dragging; several points can be dragged one by one. */
function placePoints(map, geometry, snap, on) {
  equip(map);
  let positions = geometry ? runs(geometry).flat() : [];
  let markers = [];
  const snapped = (latlng) => snap.nearest(latlng) || fromLatLng(latlng);
  const tell = () => on.change(positions.length ? ofRun("point", positions) : null);
  function marker(at, i) {
    const made = L.marker(toLatLng(at), {
      icon: pin(),
      draggable: true,
      keyboard: false,
      pmIgnore: true,
      snapIgnore: true,
    });
    made.on("drag", () => {
      const near = snap.nearest(made.getLatLng());
      if (near) made.setLatLng(toLatLng(near));
    });
    made.on("dragend", () => {
      positions = positions.map((was, n) => (n === i ? snapped(made.getLatLng()) : was));
      tell();
    });
    return made.addTo(map);
  }
  function draw() {
    for (const old of markers) old.remove();
    markers = positions.map(marker);
  }
  function click({ latlng }) {
    if (positions.length > 1) return;
    positions = [snapped(latlng)];
    draw();
    tell();
  }
  map.on("click", click);
  draw();
  return {
    set(next) {
      positions = next ? runs(next).flat() : [];
      draw();
    },
    destroy() {
      map.off("click", click);
      for (const old of markers) old.remove();
    },
  };
}

/** A shape that is only looked at. @returns a function that takes it away */
function preview(map, geometry) {
  equip(map);
  const off = { interactive: false, pmIgnore: true, snapIgnore: true };
  const layers =
    shapeOf(geometry) === "point"
      ? runs(geometry)
          .flat()
          .map((at) => L.marker(toLatLng(at), { ...off, icon: pin(), keyboard: false }))
      : [shapeLayer(geometry, off)];
  for (const layer of layers) layer.addTo(map);
  return () => layers.forEach((layer) => layer.remove());
}

export { drawShape, editShape, placePoints, preview };
