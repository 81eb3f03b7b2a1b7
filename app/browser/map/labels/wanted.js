/* The names the base map wants, and what is in the way of every label. Draws nothing. */
import { TAG_PX } from "../signs/points.js";
import { saidAlready } from "./features.js";
import * as names from "./names.js";
import { createRoom, gapTo, meets } from "./room.js";
import { bodyOf, numberOnSign } from "./standing.js";
import { block } from "./text.js";

const DOT = { rx: 3, ry: 3, round: true, padPx: 1 };
const TAG_SIZE_PX = { x: 15, y: 10 };

function placeSpec(place, frame, ruler, room) {
  const { x, y } = names.toMap(frame.view, ...place.at);
  if (x < 4 || y < 4 || x > frame.view.width - 4 || y > frame.view.height - 4) return null;
  const dot = { left: x - 4, right: x + 4, top: y - 4, bottom: y + 4 };
  if (
    room.rects.some((rect) => meets(rect, dot)) ||
    room.bodies.some(dot, 0, (body) => gapTo(dot, body) <= 0)
  )
    return null;
  const color = frame.palette.place_label;
  const { ranks, most_place } = frame.model.document.label_prices;
  return {
    key: `place:${place.name}:${place.at}`,
    place,
    how: "point",
    x,
    y,
    lonLat: place.at,
    body: { x, y, ...DOT },
    glyph: DOT,
    owner: `place:${place.name}:${place.at}`,
    dotPx: DOT.rx,
    kind: "place",
    blocks: [block(ruler, [{ text: place.name, size: 12, color }])],
    rank: place.capital ? ranks.capital : ranks.place,
    order: place.rank,
    mostCost: most_place,
    unless: (placed) =>
      saidAlready(placed, place.name, x, y) || placed.some((p) => meets(p.rect, dot)),
  };
}

/** Names of countries and seas: they depend on the view alone, so a switch finds them ready. */
function groundSpecs({ view, outline, ground, palette, model }, ruler) {
  if (ground.specs) return ground.specs;
  const { ranks, most_ground } = model.document.label_prices;
  const countries = (outline.countries || []).map((country) =>
    names.countrySpec(country, ground, ruler, palette.country_label),
  );
  const outside = (water) => {
    const at = names.toMap(view, ...water.at);
    return at.x < 0 || at.y < 0 || at.x > view.width || at.y > view.height ? 1 : 0;
  };
  // A sea whose own place is in sight comes before an ocean that only reaches into it.
  const waters = [...(outline.waters || [])].sort(
    (a, b) => outside(a) - outside(b) || (a.rank || 1) - (b.rank || 1),
  );
  const taken = new Set();
  const seas = waters.map((water) => {
    const spec = names.seaSpec(water, ground, ruler, palette.water_label, taken);
    return spec && { ...spec, order: water.rank || 1 };
  });
  const ranked = (spec) => ({ ...spec, rank: ranks[spec.kind], mostCost: most_ground });
  ground.specs = [...countries.map((spec) => spec && { ...spec, order: 0 }), ...seas]
    .filter(Boolean)
    .map(ranked);
  return ground.specs;
}

function baseSpecs(frame, ruler, room) {
  const { view, model } = frame;
  const towns = frame.stands.filter((s) => s.loose);
  const doubled = (place, spec) =>
    towns.some(
      (s) =>
        Math.hypot(s.x - spec.x, s.y - spec.y) <
        (s.members[0].feature.name === place.name ? 40 : 9),
    );
  const specs = [];
  for (const place of model.document.places || []) {
    if (place.min_zoom > view.zoom + 0.01) continue;
    const spec = placeSpec(place, frame, ruler, room);
    if (spec && !doubled(place, spec)) specs.push(spec);
  }
  const areas = [...frame.shapes.items.values()].filter(
    (i) => i.entry.shape === "areas" && frame.phases.has(i.entry.feature.id),
  );
  const inArea = names.areaTest(
    areas.map((item) => item.runs),
    view,
  );
  for (const spec of groundSpecs(frame, ruler)) {
    // A named area keeps its country's own name out.
    specs.push(
      spec.kind === "country"
        ? { ...spec, centres: spec.centres.filter(({ x, y }) => !inArea(x, y)) }
        : { ...spec },
    );
  }
  return specs;
}

/** Everything already in the way: panels, buttons, signs, dots, tags, numbers on signs. */
function roomOf(frame, ruler) {
  const prices = frame.model.document.label_prices;
  const room = createRoom(frame.view, prices, frame.over, frame.nearby);
  room.rects.push(...frame.panelRects, ...frame.leaderRects);
  /** @type {any[]} */
  const onSigns = [];
  for (const stand of frame.stands) {
    const place = frame.places.get(stand.key);
    room.bodies.add(bodyOf(stand, place));
    const number = numberOnSign(stand, place, frame, ruler);
    if (number) {
      onSigns.push(number);
      room.bodies.add(number.body);
      for (const id of number.badge.claims) room.marked.add(id);
    }
    if (place.count)
      room.rects.push({
        left: stand.x + TAG_PX.x - TAG_SIZE_PX.x,
        right: stand.x + TAG_PX.x + TAG_SIZE_PX.x,
        top: stand.y + TAG_PX.y - TAG_SIZE_PX.y,
        bottom: stand.y + TAG_PX.y + TAG_SIZE_PX.y,
      });
  }
  return { room, onSigns };
}

export { baseSpecs, roomOf };
