/* The editor's tab "Add data": takes files, shows what is in them, and makes one operation of
   the draft of each. Reads no file itself; what the server says of one is only shown. */
import L from "leaflet";
import { el, fill, freshId } from "../../tools/dom.js";
import { createColumnChoice, createEncodingChoice } from "./choices.js";
import { createCrsChoice } from "./crs.js";
import { createDropZone, takeDropped } from "./drop.js";
import { facts, findingsList, findingsOf, sentence } from "./facts.js";
import { createLayerFields } from "./fields.js";
import { refusal, uploadsOf } from "./files.js";
import { createPreviewMap } from "./preview_map.js";
import { createPreviewTable } from "./preview_table.js";
import { countFeatures as count, createRepairList } from "./repairs.js";
import { createUploads } from "./uploads.js";

const stopped = (error) => error.name === "AbortError";

function create(ctx) {
  const host = createUploads(ctx.edit);
  const map = createPreviewMap(ctx.leaflet, ctx.root);
  const step = el("div.cmp-add-step-box");
  const drop = createDropZone((files) => take(files));
  const root = el("div.cmp-add", {}, drop.node, step);
  /** @type {any} */
  let offered = null;
  const waiting = [];
  /** @type {any} */
  let current = null;
  /** @type {any} */
  let running = null;
  let isShown = false;
  /** @type {any} what was said of the last layer added, to be said again with one click */
  let last = null;

  const heading = (text, level = "h3") => el(`${level}.cmp-add-title`, { tabindex: -1 }, text);
  const fileHead = (upload) =>
    el(
      "div.cmp-add-head-row",
      {},
      el("h3.cmp-add-title", { tabindex: -1 }, el("bdi", {}, upload.name)),
      el("button.cmp-text-button", { onclick: () => finish() }, "Do not add it"),
    );
  const queueNote = () =>
    waiting.length
      ? el("p.cmp-add-note", {}, `After this: ${waiting.map(({ name }) => name).join(", ")}`)
      : null;

  function show(...nodes) {
    fill(step, queueNote(), ...nodes);
    drop.node.hidden = Boolean(current);
    const first = step.querySelector("h3");
    if (first && isShown) first.focus({ preventScroll: false });
  }

  async function offers() {
    if (!offered) offered = await host.offered();
    return offered;
  }

  function take(files) {
    waiting.push(...uploadsOf(files));
    if (!current) next();
  }

  function stop() {
    if (running) running.abort();
    running = null;
  }

  function finish(message) {
    stop();
    map.clear();
    current = null;
    if (waiting.length) {
      next();
      return;
    }
    show(message);
    if (!message) {
      ctx.say("");
      map.back();
      drop.choose.focus();
    }
  }

  async function next() {
    current = { ...waiting.shift(), layer: null, crs: null, encoding: "", columns: [] };
    await look(current);
  }

  /** Ask for something of the file under way; an answer that came too late is forgotten. */
  async function ask(words, work) {
    stop();
    const own = new AbortController();
    running = own;
    show(
      fileHead(current),
      el("p.cmp-add-text", { role: "status" }, words),
      el("progress.cmp-progress", { "aria-label": words }),
      el("button.cmp-btn", { onclick: () => finish() }, "Cancel"),
    );
    try {
      const answer = await work(own.signal);
      return own === running ? { answer } : null;
    } catch (error) {
      return own !== running || stopped(error) ? null : { error };
    } finally {
      if (own === running) running = null;
    }
  }

  const head = ({ layer, crs, encoding, columns }) => ({ layer, crs, encoding, columns });

  async function look(upload) {
    map.clear();
    const done = await ask("Reading the file", async (signal) => {
      const refused = refusal(upload, await offers());
      if (refused)
        throw Object.assign(new Error(refused.problem), { told: { findings: [refused] } });
      return host.look(upload.files, head(upload), { signal });
    });
    if (!done) return;
    if (done.error) showRefused(upload, done.error);
    else showLook(upload, done.answer);
  }

  function again(upload, change) {
    Object.assign(upload, change);
    look(upload);
  }

  function layerChoice(upload, layers, chosen) {
    const name = freshId("layer");
    return el(
      "fieldset.cmp-add-field",
      {},
      el("legend.cmp-add-label", {}, `The file holds ${layers.length} layers. Which one?`),
      layers.map((layer) => {
        const input = el("input.cmp-check-input", {
          type: "radio",
          name,
          onchange: () => again(upload, { layer: layer.name }),
        });
        input.checked = layer.name === chosen;
        return el(
          "label.cmp-add-tick",
          {},
          input,
          el("span", {}, el("bdi", {}, layer.name), ` (${count(layer.features)})`),
        );
      }),
    );
  }

  const crsChoice = (upload, guesses) =>
    createCrsChoice({ guesses, search: host.crs, choose: (crs) => again(upload, { crs }) });

  function showRefused(upload, error) {
    const { layers, crs, encodings, columns } = error.told || {};
    const asked = crs || encodings || columns;
    if (layers) {
      show(fileHead(upload), layerChoice(upload, layers, null));
      return;
    }
    const told = findingsOf(error);
    show(
      fileHead(upload),
      // The systems that would fit are not named twice: they stand below, to be chosen.
      el(
        "div.cmp-add-refused",
        { role: "alert" },
        findingsList(asked ? told.map((one) => ({ ...one, remedy: "" })) : told),
      ),
      crs ? crsChoice(upload, crs).node : null,
      encodings ? createEncodingChoice(encodings, (encoding) => again(upload, { encoding })) : null,
      columns ? createColumnChoice(columns, (names) => again(upload, { columns: names })) : null,
      !crs && upload.crs
        ? el(
            "button.cmp-btn",
            { onclick: () => again(upload, { crs: null }) },
            "Use the file's own coordinate system",
          )
        : null,
      !crs && el("button.cmp-btn", { onclick: () => finish() }, "Choose another file"),
    );
    const needed = crs
      ? "its coordinate system is needed"
      : encodings
        ? "the encoding of its texts is needed"
        : columns
          ? "the columns of its positions are needed"
          : "";
    ctx.say(needed ? `${upload.name}: ${needed}` : `${upload.name} was not read`);
  }

  function showLook(upload, look) {
    const table = createPreviewTable(look);
    const swaps = look.proposals.filter(({ repair }) => repair === "swap-axes");
    const turnedNow = () =>
      swaps
        .filter(({ id }) => repairs?.accepted().includes(id))
        .flatMap(({ features }) => features);
    let turned = [];
    const drawNow = () => map.show(look.drawn, new Set(turned));
    /** Draw and look again where a decision has moved features. */
    function decided() {
      const before = turned.length;
      turned = turnedNow();
      if (turned.length !== before) {
        drawNow();
        map.look();
      }
      ready();
    }
    const repairs = look.proposals.length ? createRepairList(look.proposals, decided) : null;
    const { draft } = ctx;
    const form = createLayerFields(look, offered, {
      layers: draft.layers().map(({ id }) => id),
      sources: draft.sources(),
      kinds: draft.kinds(),
      colors: ctx.model.document.layers.map(({ color }) => String(color || "").toUpperCase()),
      name: look.layers.length > 1 ? look.layer : upload.name,
      last,
    });
    const add = el("button.cmp-btn.is-main", { onclick: () => adopt() }, "Add the layer");
    const why = el("p.cmp-add-note", { "aria-live": "polite" });
    const failed = el("div.cmp-add-refused", { role: "alert", hidden: true });

    function ready() {
      const open = repairs ? repairs.open() : 0;
      add.disabled = open > 0;
      why.textContent = open
        ? `Decide about ${open === 1 ? "the repair" : `the ${open} repairs`} above first.`
        : "It becomes a part of the draft; nothing is saved yet.";
    }

    function fail(error) {
      fill(failed, findingsList(findingsOf(error)));
      failed.hidden = false;
      failed.scrollIntoView({ block: "nearest" });
    }

    async function adopt() {
      const wish = form.wish();
      failed.hidden = true;
      if (!wish || running) return;
      const own = new AbortController();
      running = own;
      add.disabled = true;
      why.textContent = "Adding the layer";
      try {
        const made = await host.adopt(
          upload.files,
          {
            ...head(upload),
            layer: look.layers.length > 1 ? look.layer : upload.layer,
            accept: repairs ? repairs.accepted() : [],
            leave_out: repairs ? repairs.leftOut() : [],
            wish: { ...wish, keep: table.kept() },
            taken: draft
              .layers()
              .flatMap(({ id }) => draft.features(id).map((feature) => String(feature.id))),
            layers: draft.layers().map(({ id }) => id),
            sources: draft.sources().map(({ id }) => id),
            kinds: draft.kinds(),
          },
          { signal: own.signal },
        );
        if (own !== running) return;
        const before = new Set(draft.sources().map(({ id }) => id));
        const pushed = await draft.push([made.op], `Add the layer “${wish.title}”`);
        if (own !== running) return;
        if (!pushed.ok)
          throw Object.assign(new Error("The layer cannot be added."), { told: pushed });
        if (wish.quality && wish.uncertainty_m !== null) {
          const fresh = draft.sources().find(({ id }) => !before.has(id));
          last = { ...wish, source: fresh ? { id: fresh.id } : wish.source };
        }
        added(made);
      } catch (error) {
        if (own === running && !stopped(error)) fail(error);
      } finally {
        if (own === running) {
          running = null;
          ready();
        }
      }
    }

    const all = look.drawn_all
      ? ""
      : ` The first ${look.drawn.length.toLocaleString("en")} are drawn.`;
    show(
      fileHead(upload),
      look.layers.length > 1 ? layerChoice(upload, look.layers, look.layer) : null,
      facts(look, {
        chosen: Boolean(upload.crs),
        crsChoice: (guesses) => crsChoice(upload, guesses),
      }),
      el(
        "p.cmp-add-note",
        {},
        `Drawn dashed on the map.${all} `,
        el(
          "button.cmp-text-button",
          {
            onclick: () => {
              if (ctx.layout() === "phone") ctx.lower(true);
              map.look();
            },
          },
          "Show all of it",
        ),
      ),
      table.node,
      repairs
        ? [
            heading(`Repairs: ${look.proposals.length} to decide`, "h4"),
            el("p.cmp-add-note", {}, "Nothing in the file is changed without you."),
            repairs.node,
          ]
        : null,
      heading("The new layer", "h4"),
      form.node,
      failed,
      el("div.cmp-add-foot", {}, add, why),
    );
    drawNow();
    map.look();
    ready();
    ctx.say(`${upload.name}: ${count(look.count)}`);
  }

  function showOnMap(bounds) {
    if (ctx.layout() === "phone") ctx.lower(true);
    map.fit(bounds);
  }

  function added(made) {
    const { layer, features } = made.op;
    const bounds = L.geoJSON(features, { pmIgnore: true }).getBounds();
    const done = made.said.map((text) => sentence(text));
    map.stay();
    finish(
      el(
        "div.cmp-add-done",
        { role: "status" },
        el("h3.cmp-add-title", { tabindex: -1 }, "Added: ", el("bdi", {}, layer.title)),
        el(
          "p.cmp-add-text",
          {},
          `${count(features.length)} as a layer of the draft. Undo takes it away; Save writes it.`,
        ),
        done.length
          ? [
              el("p.cmp-add-text", {}, "What was done:"),
              el(
                "ul.cmp-add-said",
                {},
                done.map((text) => el("li", {}, el("bdi", {}, text))),
              ),
            ]
          : null,
        el("button.cmp-btn", { onclick: () => showOnMap(bounds) }, "Show it on the map"),
      ),
    );
    ctx.say(`${layer.title} was added`);
  }

  const undrop = takeDropped(root, { on: () => isShown, take });

  return {
    element: root,
    shown() {
      isShown = true;
      map.shown(true);
    },
    hidden() {
      isShown = false;
      map.shown(false);
    },
    destroy() {
      undrop();
      stop();
      map.clear();
    },
  };
}

const addPanel = { id: "add", title: "Add data", order: 30, create };

export { addPanel };
