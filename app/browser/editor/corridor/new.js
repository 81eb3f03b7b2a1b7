/* Asks what a new corridor is called, where it is and what it begins with, and has it made. The
   page that comes then opens the editor where it begins. */
import { el, freshId, icon } from "../../tools/dom.js";
import { countryField } from "./countries.js";

const BEGINNINGS = [
  { id: "add", label: "Files", hint: "Shapefile, KML, GPX, GeoPackage, spreadsheet and others" },
  { id: "article", label: "An article", hint: "Paste or give its text, then mark the passages" },
  { id: "features", label: "Nothing", hint: "One empty layer: draw the first feature on the map" },
];

function beginnings(name) {
  const inputs = BEGINNINGS.map(({ id }, index) =>
    el("input.cmc-radio", { type: "radio", name, value: id, checked: index === 0 }),
  );
  const node = el(
    "fieldset.cmc-beginnings",
    {},
    el("legend.cmf-label", {}, "Begin with"),
    BEGINNINGS.map(({ label, hint }, index) =>
      el(
        "label.cmc-beginning",
        {},
        inputs[index],
        el("span.cmc-beginning-text", {}, el("b", {}, label), el("span.cmf-hint", {}, hint)),
      ),
    ),
  );
  return { node, value: () => inputs.find((input) => input.checked)?.value ?? BEGINNINGS[0].id };
}

/**
 * @param {any} offered {countries, made_in} of the server
 * @param {any} does {make(wish): Promise<{id, title}>, made(id, panel)}
 * @returns the dialog; it shows itself once it stands in the page
 */
export function createNewCorridor(offered, does) {
  const id = freshId("new");
  const title = el("input.cmf-input", {
    id: `${id}-title`,
    type: "text",
    maxlength: 200,
    autocomplete: "off",
    "aria-required": "true",
  });
  const countries = countryField({
    countries: offered.countries,
    chosen: [],
    label: "Countries",
    hint: "Their land is drawn lighter, and the map begins with them. None is the whole world; both can be changed later.",
  });
  const begin = beginnings(`${id}-begin`);
  const trouble = el("p.cmf-message", { role: "alert", hidden: true });
  const make = el("button.cmf-button.is-main", { type: "submit" }, "Make the corridor");
  const form = el(
    "form.cmc-new-form",
    { novalidate: true, onsubmit: send },
    el(
      "div.cmf-field",
      {},
      el("label.cmf-label", { for: title.id }, "Title", el("span.cmf-required", {}, " needed")),
      title,
    ),
    countries.node,
    begin.node,
    el("p.cmf-hint.cmc-where", {}, "Its folder is made in ", el("bdi", {}, offered.made_in)),
    trouble,
    el(
      "div.cmf-actions",
      {},
      make,
      el("button.cmf-button", { onclick: () => dialog.close() }, "Cancel"),
    ),
  );
  const dialog = el(
    "dialog.cmc-new",
    { "aria-labelledby": `${id}-head`, onclose: () => dialog.remove() },
    el(
      "div.cmc-new-head",
      {},
      el("h2.cmc-new-title", { id: `${id}-head` }, "New corridor"),
      el(
        "button.cmp-icon-button",
        { "aria-label": "Close", onclick: () => dialog.close() },
        icon("close", 18),
      ),
    ),
    form,
  );
  dialog.addEventListener("keydown", (event) => event.key === "Escape" && event.stopPropagation());

  function say(text) {
    trouble.textContent = text;
    trouble.hidden = !text;
  }

  async function send(event) {
    event.preventDefault();
    if (make.disabled) return;
    if (!title.value.trim()) {
      say("Write a title: it can be changed later.");
      title.focus();
      return;
    }
    make.disabled = true;
    say("");
    try {
      const wish = { title: title.value, countries: countries.codes().join(",") };
      const made = await does.make(wish);
      does.made(made.id, begin.value());
    } catch (error) {
      say(error.message);
      make.disabled = false;
    }
  }
  return dialog;
}
