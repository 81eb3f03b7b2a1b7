/* What is asked of a file that was read: repairs, what its columns become, and whether it is a new
   layer or the next edition of one. Makes operations of the draft of it, through the server. */

import L from "leaflet";
import { el, fill } from "../../tools/dom.js";
import { doneNote } from "./done.js";
import { createEdition, purposeChoice } from "./edition.js";
import { facts, findingsList, findingsOf } from "./facts.js";
import { createLayerFields } from "./fields.js";
import { createMapping } from "./mapping.js";
import { createPreviewTable } from "./preview_table.js";
import { createQuestions } from "./questions.js";
import { layerChoice } from "./refused.js";
import { createRepairList } from "./repairs.js";
import { createRowPreview } from "./rows.js";
import { createSourceFields } from "./source.js";

const heading = (text) => el("h4.cmp-add-title", { tabindex: -1 }, text);

/**
 * @param {any} env {ctx, host, map, offered, upload, look, head(upload), again(change),
 *   crsChoice(guesses), memory: {last: what was said of the layer added before},
 *   work: {begin(), end(own), is(own), isBusy()}, finish(message)}
 * @returns {any[]} what is shown
 */
export function lookedStep(env) {
  const { ctx, host, map, offered, upload, look, work } = env;
  const { draft } = ctx;
  const table = createPreviewTable(look);
  const failed = el("div.cmp-add-refused", { role: "alert", hidden: true });
  const rest = el("div.cmp-add-step-box");
  const why = el("p.cmp-add-note", { "aria-live": "polite" });
  const main = el("button.cmp-btn.is-main", { onclick: () => act() });
  const compared = el("div", {});
  /** @type {any} */
  let form = null;
  /** @type {any} */
  let source = null;
  /** @type {any} */
  let mapping = null;
  /** @type {any} */
  let preview = null;
  let turned = [];

  const own = draft.kinds().map(({ id, word }) => [id, word]);
  const withOwn = { ...offered, kinds: [...offered.kinds, ...own] };
  const known = look.edition && draft.layers().find(({ id }) => id === look.edition.id);
  const recipe = known ? look.edition : null;

  const drawNow = () => map.show(look.drawn, new Set(turned));
  const swaps = look.proposals.filter(({ repair }) => repair === "swap-axes");
  const turnedNow = () =>
    swaps.filter(({ id }) => repairs?.accepted().includes(id)).flatMap(({ features }) => features);
  /** Draw and look again where a decision has moved features. */
  function decided() {
    const before = turned.length;
    turned = turnedNow();
    if (turned.length !== before) {
      drawNow();
      map.look();
    }
    fill(compared);
    ready();
  }
  const repairs = look.proposals.length ? createRepairList(look.proposals, decided) : null;

  function ready() {
    const open = repairs ? repairs.open() : 0;
    main.disabled = open > 0;
    main.textContent = form ? "Add the layer" : "Show what it changes";
    why.textContent = open
      ? `Decide about ${open === 1 ? "the repair" : `the ${open} repairs`} above first.`
      : form
        ? "It becomes a part of the draft; nothing is saved yet."
        : "Nothing is changed by looking.";
  }
  function fail(error) {
    fill(failed, findingsList(findingsOf(error)));
    failed.hidden = false;
    failed.scrollIntoView({ block: "nearest" });
  }
  const lead = (column, word) => mapping.reveal(column, word);

  const questions = createQuestions({
    host,
    draft,
    upload,
    look,
    head: env.head,
    repairs: () => repairs,
  });

  function mapped() {
    preview.forget();
    fill(compared);
    form?.mapped(mapping.roles());
    ready();
  }
  function rowsOf() {
    failed.hidden = true;
    const wrong = mapping.faulty();
    if (wrong) {
      wrong.focus();
      return null;
    }
    const { status, since } = form ? form.state() : recipe;
    return questions.rows({ rules: mapping.rules(), status: status || null, since: since || null });
  }

  /** Show the questions of a new layer, or those of an edition of one. */
  function choose(isUpdate) {
    failed.hidden = true;
    fill(compared);
    form = isUpdate
      ? null
      : createLayerFields(look, offered, {
          layers: draft.layers().map(({ id }) => id),
          sources: draft.sources(),
          kinds: draft.kinds(),
          colors: ctx.model.document.layers.map(({ color }) => String(color || "").toUpperCase()),
          name: look.layers.length > 1 ? look.layer : upload.name,
          last: env.memory.last,
        });
    source = isUpdate ? createSourceFields(offered.labels.source, draft.sources()) : null;
    mapping = createMapping(look.columns, isUpdate ? recipe.rules : null, {
      offered: withOwn,
      quantities: draft.base().form.quantities,
      changed: mapped,
    });
    preview = createRowPreview({ ask: rowsOf, lead, fail });
    fill(
      rest,
      look.columns.length
        ? [
            heading("What the columns become"),
            el(
              "p.cmp-add-note",
              {},
              isUpdate
                ? "As it was said for the last edition; new words can be told here."
                : "A column stays as it is, unless you say what it tells of each feature.",
            ),
            mapping.node,
            preview.node,
          ]
        : null,
      isUpdate ? [heading("The source of the new edition"), source.node] : null,
      form ? [heading("The new layer"), form.node] : null,
      failed,
      el("div.cmp-add-foot", {}, main, why),
      compared,
    );
    form?.mapped(mapping.roles());
    ready();
  }

  /** Ask the server for operations and do something with them; one question at a time. */
  async function during(words, task) {
    if (work.isBusy()) return;
    failed.hidden = true;
    const own = work.begin();
    main.disabled = true;
    why.textContent = words;
    try {
      await task(own);
    } catch (error) {
      if (work.is(own) && error.name !== "AbortError") fail(error);
    } finally {
      if (work.is(own)) {
        work.end();
        ready();
      }
    }
  }

  async function bring(own, made, label, note) {
    const pushed = await draft.push(made.ops, label);
    if (!work.is(own)) return;
    if (!pushed.ok)
      throw Object.assign(new Error("The layer cannot be changed."), { told: pushed });
    map.stay();
    env.finish(note());
  }

  function showOnMap(features) {
    const bounds = L.geoJSON(features, { pmIgnore: true }).getBounds();
    return () => {
      if (ctx.layout() === "phone") ctx.lower(true);
      map.fit(bounds);
    };
  }

  const act = () => {
    const wrong = mapping.faulty();
    if (wrong) wrong.focus();
    else if (form) add();
    else compare();
  };

  function add() {
    const wish = form.wish();
    if (!wish) return;
    during("Adding the layer", async (own) => {
      const said = { ...wish, keep: table.kept(), rules: mapping.rules() };
      const made = await questions.layer(said, own.signal);
      if (!work.is(own)) return;
      const before = new Set(draft.sources().map(({ id }) => id));
      await bring(own, made, `Add the layer “${wish.title}”`, () => {
        const fresh = draft.sources().find(({ id }) => !before.has(id));
        if (wish.quality && wish.uncertainty_m !== null)
          env.memory.last = { ...wish, source: fresh ? { id: fresh.id } : wish.source };
        const { features } = made.ops.find(({ op }) => op === "add_layer");
        ctx.say(`${wish.title} was added`);
        return doneNote(made, {
          title: wish.title,
          isNew: true,
          features,
          showOnMap: showOnMap(features),
        });
      });
    });
  }

  const edition = (removeGone, signal) =>
    questions.edition(
      {
        recipe: { ...recipe, rules: mapping.rules() },
        source: source.value(),
        remove_gone: removeGone,
      },
      signal,
    );

  function showCompared(answer) {
    const shown = createEdition(answer, { lead, apply: (gone) => update(gone, answer) });
    fill(compared, shown.node);
    shown.heading.focus();
  }
  function compare() {
    const wrong = source.faulty();
    if (wrong) {
      wrong.focus();
      return;
    }
    during("Comparing the edition with the layer", async (own) => {
      const answer = await edition(false, own.signal);
      if (work.is(own)) showCompared(answer);
    });
  }
  function update(removeGone, shown) {
    during("Updating the layer", async (own) => {
      const made = await edition(removeGone, own.signal);
      if (!work.is(own)) return;
      if (JSON.stringify(made.told) !== JSON.stringify(shown.told)) {
        showCompared(made);
        throw new Error("The layer has changed since it was compared: look at it again");
      }
      const title = known.title || known.id;
      await bring(own, made, `Update the layer “${title}”`, () => {
        const features = draft.features(recipe.id);
        ctx.say(`${title} was updated`);
        return doneNote(made, { title, isNew: false, features, showOnMap: showOnMap(features) });
      });
    });
  }

  const all = look.drawn_all
    ? ""
    : ` The first ${look.drawn.length.toLocaleString("en")} are drawn.`;
  const lookAtAll = () => {
    if (ctx.layout() === "phone") ctx.lower(true);
    map.look();
  };
  if (!recipe) choose(false);
  drawNow();
  return [
    look.layers.length > 1
      ? layerChoice({
          layers: look.layers,
          chosen: look.layer,
          choose: (layer) => env.again({ layer }),
        })
      : null,
    facts(look, { chosen: Boolean(upload.crs), crsChoice: env.crsChoice }),
    el(
      "p.cmp-add-note",
      {},
      `Drawn dashed on the map.${all} `,
      el("button.cmp-text-button", { onclick: lookAtAll }, "Show all of it"),
    ),
    table.node,
    repairs
      ? [
          heading(`Repairs: ${look.proposals.length} to decide`),
          el("p.cmp-add-note", {}, "Nothing in the file is changed without you."),
          repairs.node,
        ]
      : null,
    recipe ? purposeChoice({ recipe, title: known.title || known.id, choose }) : null,
    rest,
  ];
}
