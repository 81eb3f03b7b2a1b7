/* Asks before a feature is deleted: says what points at it and would then point at nothing. */
import { el, fill } from "../../tools/dom.js";

const listed = (value) => (Array.isArray(value) ? value : value ? [value] : []);

function pointsAt(annotation, id) {
  const targets = listed(annotation.target).flatMap((target) => listed(target?.selector));
  const figures = listed(annotation.claim?.figures);
  return (
    targets.some(({ type, value }) => type === "FragmentSelector" && value === id) ||
    figures.some(({ feature }) => feature === id)
  );
}

const titleOf = (annotation) => {
  const body = listed(annotation.body)[0] || {};
  return annotation.claim?.title || body.value || annotation.id;
};

function onRoute(way, id) {
  const spots = [...(way.legs || []), ...(way.spots || [])];
  return [way.from, way.to].includes(id) || spots.some(({ feature }) => feature === id);
}

/** What names a feature: annotations, routes, crossings that use it as their bridge. */
function whoPoints(ctx, id) {
  const features = ctx.draft.layers().flatMap((layer) => ctx.draft.features(layer.id));
  return {
    annotations: ctx.draft
      .annotations()
      .filter((annotation) => pointsAt(annotation, id))
      .map(titleOf),
    routes: (ctx.model.document.routes || [])
      .filter(({ ways }) => ways.some((way) => onRoute(way, id)))
      .map(({ title }) => title),
    crossings: features
      .filter(({ properties }) => properties && properties.bridge === id)
      .map(({ properties }) => properties.name),
  };
}

const lines = (title, names) =>
  names.length
    ? [
        el("p.cmf-sub-title", {}, `${title}: ${names.length}`),
        el(
          "ul.cmf-pointers",
          {},
          names.map((name) => el("li", { dir: "auto" }, name)),
        ),
      ]
    : [];

/**
 * @param {any} options {ctx, layer, feature, onDone(), onCancel()}
 * @returns the question's element
 */
export function removeFeature({ ctx, layer, feature, onDone, onCancel }) {
  const { annotations, routes, crossings } = whoPoints(ctx, feature.id);
  const name = feature.properties?.name || feature.id;
  const any = annotations.length + routes.length + crossings.length > 0;
  const told = el("div.cmf-told", { role: "alert", hidden: true });
  const yes = el("button.cmf-button.is-danger-main", { onclick: remove }, "Delete");
  const no = el("button.cmf-button", { onclick: onCancel }, "Keep it");
  async function remove() {
    yes.disabled = true;
    const { ok, findings } = await ctx.draft
      .push([{ op: "remove_feature", layer, id: feature.id }], `Delete ${name}`)
      .catch((error) => ({ ok: false, findings: [{ problem: error.message }] }));
    yes.disabled = false;
    if (ok) {
      ctx.say(`${name} deleted. Undo brings it back.`);
      return onDone();
    }
    fill(
      told,
      el("p.cmf-told-head", {}, "Not deleted."),
      findings.map(({ problem, remedy }) =>
        el("p.cmf-message", {}, [problem, remedy].filter(Boolean).join(". ")),
      ),
    );
    told.hidden = false;
    return undefined;
  }
  const box = el(
    "div.cmf-question",
    { role: "alertdialog", "aria-label": `Delete ${name}?` },
    el("p.cmf-question-head", {}, "Delete ", el("bdi", {}, name), "?"),
    el(
      "p.cmf-hint",
      {},
      any ? "These point at it, and would point at nothing:" : "Nothing else points at it.",
    ),
    lines("Annotations", annotations),
    lines("Routes", routes),
    lines("Crossings over it", crossings),
    el("p.cmf-hint", {}, "Undo brings it back."),
    told,
    el("div.cmf-actions", {}, yes, no),
  );
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onCancel();
  });
  return box;
}
