/* The labels that features want: one for each place, line and area in sight. Draws nothing. */
import { areaSpec, lineSpec } from "./lines.js";
import { standSpec } from "./standing.js";

const SAME_NAME_PX = 70;

const plain = (text) =>
  ` ${text
    .toLocaleLowerCase("en")
    .normalize("NFD")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;

const near = (rect, x, y, px) =>
  Math.hypot(
    Math.max(rect.left - x, 0, x - rect.right),
    Math.max(rect.top - y, 0, y - rect.bottom),
  ) < px;

/** A name that a feature's label nearby already says is not set again. */
function saidAlready(placed, name, x, y) {
  const wanted = plain(name);
  return placed.some(
    (p) =>
      p.block.lines.length > 0 &&
      p.spec.feature?.label &&
      plain(p.spec.feature.label.text).includes(wanted) &&
      near(p.rect, x, y, SAME_NAME_PX),
  );
}

function featureSpecs(frame, ruler) {
  const specs = frame.stands.map((stand) =>
    standSpec(stand, frame.places.get(stand.key), frame, ruler, saidAlready),
  );
  for (const item of frame.shapes.items.values()) {
    const phase = frame.phases.get(item.entry.feature.id);
    if (!phase || !item.runs.length) continue;
    specs.push((item.entry.shape === "areas" ? areaSpec : lineSpec)(item, phase, frame, ruler));
  }
  return specs.filter((spec) => spec !== null);
}

export { featureSpecs, saidAlready };
