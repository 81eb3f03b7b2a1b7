/* Asks before a feature is deleted: says what points at it and would then point at nothing. */
import { el, fill } from "../../tools/dom.js";

const listed = (value) => (Array.isArray(value) ? value : value ? [value] : []);

function pointsAt(annotation, ids) {
  const targets = listed(annotation.target).flatMap((target) => listed(target?.selector));
  const figures = listed(annotation.claim?.figures);
  return (
    targets.some(({ type, value }) => type === "FragmentSelector" && ids.has(value)) ||
    figures.some(({ feature }) => ids.has(feature))
  );
}

const titleOf = (annotation) => {
  const body = listed(annotation.body)[0] || {};
  return annotation.claim?.title || body.value || annotation.id;
};

function onRoute(way, ids) {
  const spots = [...(way.legs || []), ...(way.spots || [])];
  return [way.from, way.to, ...spots.map(({ feature }) => feature)].some((id) => ids.has(id));
}

/** What names features: annotations, routes, crossings that use one as their bridge. */
function whoPoints(ctx, ids) {
  const features = ctx.draft.layers().flatMap((layer) => ctx.draft.features(layer.id));
  return {
    annotations: ctx.draft
      .annotations()
      .filter((annotation) => pointsAt(annotation, ids))
      .map(titleOf),
    routes: (ctx.model.document.routes || [])
      .filter(({ ways }) => ways.some((way) => onRoute(way, ids)))
      .map(({ title }) => title),
    crossings: features
      .filter(({ id, properties }) => ids.has(properties?.bridge) && !ids.has(id))
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
  return removeQuestion({
    ctx,
    name: feature.properties?.name || feature.id,
    ids: new Set([feature.id]),
    ops: [{ op: "remove_feature", layer, id: feature.id }],
    onDone,
    onCancel,
  });
}

/**
 * @param {any} options {ctx, name, ids: of all features that go, ops, about: what else is said,
 *   onDone(), onCancel()}
 * @returns the question's element
 */
export function removeQuestion({ ctx, name, ids, ops, about = null, onDone, onCancel }) {
  const { annotations, routes, crossings } = whoPoints(ctx, ids);
  const any = annotations.length + routes.length + crossings.length > 0;
  const told = el("div.cmf-told", { role: "alert", hidden: true });
  const yes = el("button.cmf-button.is-danger-main", { onclick: remove }, "Delete");
  const no = el("button.cmf-button", { onclick: onCancel }, "Keep it");
  async function remove() {
    yes.disabled = true;
    const { ok, findings } = await ctx.draft
      .push(ops, `Delete ${name}`)
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
    about ? el("p.cmf-hint", {}, about) : null,
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
