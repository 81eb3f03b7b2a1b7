/* The layers of a corridor as a list: their order, a form for each, a new one, and whether their
   colours can be told apart. */
import { swatch } from "../../map/signs/swatch.js";
import { el, elementIn, fill, icon, reveal } from "../../tools/dom.js";
import { idOf } from "../../tools/letters.js";
import { count } from "../../tools/words.js";
import { removeQuestion } from "../features/remove.js";
import { SMALLEST, tooNear } from "./colours.js";
import { colorOf, layerForm } from "./layer_form.js";

const HEX = /^#[0-9a-f]{6}$/i;
const MOST_PAIRS = 12;

/** What is said of colours that can hardly be told apart: in words, nothing is forbidden. */
function nearness(layers) {
  const found = tooNear(layers.filter(({ color }) => HEX.test(color)));
  const how = el(
    "details.cmc-how",
    {},
    el("summary.cmc-how-title", {}, "How this is found"),
    el(
      "p.cmf-hint",
      {},
      `Each two colours are changed as green-blind, red-blind and blue-blind eyes see them (Machado, Oliveira and Fernandes 2009) and compared by CIEDE2000 (Sharma, Wu and Dalal 2005). Below ${SMALLEST} they are named here.`,
    ),
  );
  if (!found.length)
    return [
      el(
        "p.cmf-hint",
        {},
        "All layers can be told apart by their colours, also by colour-blind readers.",
      ),
      how,
    ];
  const lines = found
    .slice(0, MOST_PAIRS)
    .map(({ one, two, visions, least }) =>
      el(
        "li.cmc-near-pair",
        {},
        el("bdi", {}, one),
        " and ",
        el("bdi", {}, two),
        `: ${visions.join(", ")}. Difference ${least.toFixed(0)}.`,
      ),
    );
  const more = found.length - lines.length;
  return [
    el("p.cmc-near-head", {}, "Hard to tell apart by their colours, for readers with:"),
    el(
      "ul.cmc-near-list",
      {},
      lines,
      more > 0 ? el("li.cmc-near-pair", {}, `and ${count(more, "pair")} more`) : null,
    ),
    how,
  ];
}

export function createLayers(ctx) {
  const { draft } = ctx;
  const list = el("ol.cmc-layers", { "aria-label": "Layers, in their order" });
  const near = el("div.cmc-near", { role: "status" });
  const told = el("div.cmf-told", { role: "alert", hidden: true });
  const add = el("button.cmf-button", { onclick: addEmpty }, "Add an empty layer");
  const node = el("section.cmc-layers-box", { "aria-label": "Layers" }, list, told, add, near);
  /** @type {any} */
  let open = null;
  let asking = "";
  let shown = "";

  const now = () => draft.layers().map((layer) => ({ ...layer, color: colorOf(ctx, layer.id) }));

  async function push(ops, label) {
    const answer = await draft
      .push(ops, label)
      .catch((error) => ({ ok: false, findings: [{ problem: error.message }] }));
    told.hidden = answer.ok;
    fill(
      told,
      answer.ok
        ? []
        : answer.findings.map(({ problem, remedy }) =>
            el("p.cmf-message", {}, [problem, remedy].filter(Boolean).join(". ")),
          ),
    );
    return answer.ok;
  }

  /** Colours that come from the palette by a layer's place are written down before places change. */
  const keptColours = (but) =>
    now()
      .filter(({ id }) => id !== but && !draft.look(id).color)
      .map(({ id, color }) => ({ op: "put_layer", layer: { id, color } }));

  async function move(id, by) {
    const ids = draft.layers().map((layer) => layer.id);
    const at = ids.indexOf(id);
    const to = at + by;
    if (to < 0 || to >= ids.length || draft.isBusy()) return;
    const titles = new Map(draft.layers().map((layer) => [layer.id, layer.title]));
    ids.splice(to, 0, ...ids.splice(at, 1));
    const ops = [...keptColours(""), { op: "put_order", layers: ids }];
    if (!(await push(ops, `Move ${titles.get(id)} ${by < 0 ? "up" : "down"}`))) return;
    ctx.say(`${titles.get(id)} is now layer ${to + 1} of ${ids.length}.`);
    focus(id, by < 0 ? "up" : "down");
  }

  async function addEmpty() {
    const layers = draft.layers();
    const id = idOf("New layer", "layer", new Set(layers.map((layer) => layer.id)));
    const n = id.replace("new-layer", "").replace("-", "");
    const title = n ? `New layer ${n}` : "New layer";
    const palette = draft.base().form.layer_colors;
    const used = now().map(({ color }) => color.toUpperCase());
    const color =
      palette.find((one) => !used.includes(one)) || palette[layers.length % palette.length];
    const layer = { id, title, color };
    if (!(await push([{ op: "add_layer", layer, features: [] }], `Add ${title}`))) return;
    ctx.say(`${title} is added. Name it, and draw in it or add data to it.`);
    edit(id);
  }

  function edit(id) {
    asking = "";
    open = id
      ? layerForm(
          ctx,
          draft.layers().find((layer) => layer.id === id),
          {
            colours: (color) => judge(id, color),
            done: () => edit(null),
            remove: () => ask(id),
          },
        )
      : null;
    const before = shown;
    draw(true);
    if (id) open.focus();
    else if (before) judge();
  }

  function ask(id) {
    asking = id;
    draw(true);
    const box = elementIn(list, ".cmf-question");
    if (!box) return;
    elementIn(box, "button")?.focus({ preventScroll: true });
    reveal(list, box);
  }

  function question({ id, title }) {
    const features = draft.features(id);
    const back = (id_) => {
      asking = "";
      open = null;
      draw(true);
      focus(id_, "edit");
    };
    return removeQuestion({
      ctx,
      name: title,
      ids: new Set(features.map((feature) => feature.id)),
      about: `${count(features.length, "feature")} go with it. A save keeps its file among the earlier versions.`,
      ops: [...keptColours(id), { op: "remove_layer", id }],
      onDone: () => back(draft.layers()[0].id),
      onCancel: () => back(id),
    });
  }

  function focus(id, act) {
    const row = list.querySelector(`[data-layer="${CSS.escape(id)}"]`);
    /** @type {HTMLElement | null | undefined} */ (
      row?.querySelector(`[data-act="${act}"]`)
    )?.focus();
  }

  function row(layer, index, all) {
    const { id, title } = layer;
    const drawn = ctx.model.document.layers.find((one) => one.id === id);
    const arrow = (act, by, words) =>
      el(
        "button.cmp-icon-button.cmc-move",
        {
          "data-act": act,
          "aria-label": `Move ${title} ${words}`,
          "aria-disabled": String(index + by < 0 || index + by >= all.length),
          onclick: () => move(id, by),
        },
        icon("down", 14),
      );
    const isOpen = open?.id === id;
    const head = el(
      "div.cmc-layer-head",
      {},
      swatch(ctx.model, drawn?.swatch, 30, 18),
      el(
        "button.cmc-layer-title",
        {
          "data-act": "edit",
          "aria-expanded": String(isOpen),
          "aria-keyshortcuts": "Alt+ArrowUp Alt+ArrowDown",
          dir: "auto",
          onclick: () => (isOpen && !open.unsent() ? edit(null) : edit(id)),
        },
        title,
        el("span.cmc-layer-count", {}, String(draft.features(id).length)),
      ),
      arrow("up", -1, "up"),
      arrow("down", 1, "down"),
    );
    head.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by || !event.altKey) return;
      event.preventDefault();
      move(id, by);
    });
    return el(
      "li.cmc-layer",
      { "data-layer": id },
      head,
      asking === id ? question(layer) : isOpen ? open.node : null,
    );
  }

  function judge(id = "", color = "") {
    fill(near, nearness(now().map((one) => (one.id === id ? { ...one, color } : one))));
  }

  function draw(anew = false) {
    const said = JSON.stringify([now(), draft.layers().map(({ id }) => draft.look(id))]);
    if (!anew && said === shown) return;
    shown = said;
    const ids = draft.layers().map(({ id }) => id);
    if (open && !ids.includes(open.id)) open = null;
    if (asking && !ids.includes(asking)) asking = "";
    // What the draft says anew, by undo too, is shown; what was written and not sent stays.
    const id = open && !open.unsent() && !asking ? open.id : "";
    const active = /** @type {HTMLElement | null} */ (document.activeElement);
    const held = active && list.contains(active) ? active : null;
    const place = held?.closest("[data-layer]")?.getAttribute("data-layer");
    const act = held?.getAttribute("data-act");
    if (id && !anew)
      open = layerForm(
        ctx,
        draft.layers().find((layer) => layer.id === id),
        {
          colours: (color) => judge(id, color),
          done: () => edit(null),
          remove: () => ask(id),
        },
      );
    fill(list, draft.layers().map(row));
    judge();
    if (held && list.contains(held)) held.focus({ preventScroll: true });
    else if (place && act) focus(place, act);
  }

  return {
    node,
    draw,
    settle: async () => !open?.unsent() || open.send(),
  };
}
