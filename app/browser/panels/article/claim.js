/* What an entry of the claim list is made of: its head, its features, how it was checked. */
import { swatch } from "../../map/signs/swatch.js";
import { el, number, reveal } from "../../tools/dom.js";
import * as checkValues from "../evidence/values.js";
import { checkLine } from "../evidence/values.js";
import { passageStatus } from "./passages.js";

/**
 * Values and rule of a claim's check, folded, and the button that opens them.
 * @param {Model} model
 */
function howChecked(entry, model, evidence) {
  const { claim } = entry;
  const full = (model.document.checks || []).find((check) => check.id === claim.id);
  const check = full || claim.check;
  if (!check || !(check.rule || (check.values || []).length)) return null;
  const all = full
    ? el(
        "button.cmp-text-button",
        { onclick: () => evidence.openTable(claim.id) },
        "All checks in one table",
      )
    : null;
  const body = el("div.cmp-how", { hidden: !entry.howOpen }, checkValues.build(check, model), all);
  const button = el(
    "button.cmp-text-button",
    { "aria-expanded": String(entry.howOpen) },
    "How checked",
  );
  button.addEventListener("click", () => {
    entry.howOpen = body.hidden;
    body.hidden = !entry.howOpen;
    button.setAttribute("aria-expanded", String(entry.howOpen));
    if (!body.hidden) reveal(body.closest(".cmp-claim-box"), body);
  });
  return { button, body };
}

/**
 * Why a feature of a claim is not on the map now, or "".
 * @param {Feature} feature @param {Model} model @param {State} state
 */
function absence(feature, model, state) {
  if (!state.view.layers.includes(feature.layer)) return "layer off";
  return model.phaseAt(feature, state.view.date) ? "" : "not yet";
}

/** @param {Feature} feature @param {Model} model @param {State} state */
function featureRow(feature, model, state, actions) {
  const phase = model.phaseAt(feature, state.view.date) || feature.phases[0];
  const missing = absence(feature, model, state);
  const selected = state.view.selected === feature.id;
  const row = el(
    "button.cmp-feature",
    {
      "data-for": feature.id,
      "aria-current": selected ? "true" : null,
      onclick: () => actions.selectFeature(feature.id),
      onpointerenter: () => actions.hover(feature.id),
      onpointerleave: () => actions.hover(null),
      onfocus: () => actions.hover(feature.id),
      onblur: () => actions.hover(null),
    },
    swatch(model, phase?.sign, 30, 22),
    el("span.cmp-feature-name", {}, feature.name),
    missing ? el("span.cmp-aside", {}, missing) : null,
  );
  row.classList.toggle("is-selected", selected);
  row.classList.toggle("is-out", missing !== "");
  return el("li.cmp-feature-item", {}, row);
}

/** @param {Model} model @param {State} state */
function openPart(entry, model, state, actions, evidence) {
  const { claim, status } = entry;
  const features = claim.features.map(model.feature).filter(Boolean);
  const rows = features.map((feature) => featureRow(feature, model, state, actions));
  const how = howChecked(entry, model, evidence);
  const check = claim.check ? checkLine(claim.check, state.view.date, { open: true }) : null;
  if (check && how) check.append(" ", how.button);
  const placed = passageStatus(status);
  const unseen = features.length > 0 && features.every((f) => absence(f, model, state));
  return [
    placed ? el("p.cmp-placed", { "data-status": status }, placed) : null,
    claim.quote && (!status || placed) ? el("p.cmp-quote", {}, `“${claim.quote}”`) : null,
    rows.length
      ? el("ul.cmp-features", {}, rows)
      : el("p.cmp-quote-none", {}, "Not tied to a place on the map."),
    unseen
      ? el(
          "button.cmp-text-button",
          { onclick: () => actions.showClaim(claim.id) },
          "Show on the map",
        )
      : null,
    check || (how ? el("p.cmp-check.is-open", {}, how.button) : null),
    how ? how.body : null,
  ];
}

/** @param {Claim} claim @param {string} date ISO date of the view */
function buildClaim(claim, date, actions) {
  const check = claim.check ? checkLine(claim.check, date) : null;
  const unmarked = el("span.cmp-unmarked", { hidden: true });
  const button = el(
    "button.cmp-claim",
    {
      "aria-expanded": "false",
      onclick: () => actions.selectClaim(claim.id),
      onfocus: () => actions.hoverClaim(claim.id),
      onblur: () => actions.hoverClaim(null),
    },
    number(claim.number),
    el("span.cmp-claim-body", {}, el("span.cmp-claim-text", {}, claim.text), check, unmarked),
  );
  const more = el("div.cmp-claim-more", { hidden: true });
  const item = el(
    "li.cmp-claim-item",
    {
      "data-claim": claim.id,
      onpointerenter: () => actions.hoverClaim(claim.id),
      onpointerleave: () => actions.hoverClaim(null),
    },
    button,
    more,
  );
  const empty = { built: "", inText: false, status: "", howOpen: false };
  return { claim, item, button, more, unmarked, ...empty };
}

export { buildClaim, openPart };
