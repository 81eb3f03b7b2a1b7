/* Draws the two small pictures of a repair, before and after, from the server's numbers. */
import { el, svg } from "../../tools/dom.js";

const BOX = "0 0 168 120";

function shape(one) {
  if (one.kind === "point")
    return svg("circle", { class: "cmp-add-dot", cx: one.at[0], cy: one.at[1], r: 4 });
  const parts = [svg("path", { class: `cmp-add-${one.kind}`, d: one.d, "fill-rule": "evenodd" })];
  for (const [x, y] of one.corners)
    parts.push(svg("circle", { class: "cmp-add-corner", cx: x, cy: y, r: 1.6 }));
  for (const [x, y, turn] of one.arrows) {
    parts.push(
      svg("path", {
        class: "cmp-add-arrow",
        d: "M-5,-5L5,0L-5,5Z",
        transform: `translate(${x},${y}) rotate(${turn})`,
      }),
    );
  }
  return svg("g", {}, parts);
}

function picture(title, shapes, { context, marks }) {
  const words = shapes.length ? null : el("span.cmp-add-empty", {}, "nothing to draw");
  return el(
    "figure.cmp-add-picture",
    {},
    el(
      "div.cmp-add-frame",
      {},
      svg(
        "svg",
        { viewBox: BOX, role: "img", "aria-label": `The shape ${title.toLowerCase()}` },
        context ? svg("path", { class: "cmp-add-context", d: context }) : null,
        shapes.map(shape),
        marks.map(([x, y]) => svg("circle", { class: "cmp-add-mark", cx: x, cy: y, r: 7 })),
      ),
      words,
    ),
    el("figcaption.cmp-add-caption", {}, title),
  );
}

/** @param {any} change of a proposal, as app/upload/picture.py draws it */
export function repairPicture(change) {
  const after =
    change.becomes === 0
      ? "After: left out"
      : change.becomes > 1
        ? `After: ${change.becomes} features`
        : "After";
  return el(
    "div.cmp-add-pictures",
    {},
    picture("Before", change.before, { context: change.context, marks: change.marks }),
    picture(after, change.after, { context: change.context, marks: [] }),
    change.context ? el("p.cmp-add-note", {}, "The dashed box is the corridor.") : null,
  );
}
