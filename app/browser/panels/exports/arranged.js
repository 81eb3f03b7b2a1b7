/* The corridor's own layouts in the export panel, and the way to arrange one by hand: what is
   decided by hand goes with every wish for a picture. Draws nothing. */

import { el } from "../../tools/dom.js";

const SIZES = ["width_mm", "height_mm"];
const LOOKS = ["transparent", "greyscale", "black"];

/** What a layout of the corridor's own says, as the form has it. */
function choiceOf(entry, first) {
  const { width_px: width, height_px: height, ...mm } = entry.sizes;
  return {
    layout: entry.id,
    ...Object.fromEntries([...SIZES, ...LOOKS].map((key) => [key, first[key]])),
    ...mm,
    ...entry.looks,
    ...(width ? { width, height } : {}),
  };
}

/** An entry of layouts.toml from what is chosen and what is decided by hand. */
function entryOf(choice, { id, base, hand }) {
  const size = base === "custom" ? { width_px: choice.width, height_px: choice.height } : {};
  const set = [...SIZES, ...LOOKS].filter((key) => choice[key]).map((key) => [key, choice[key]]);
  return { id, ...(base === id ? {} : { base }), ...size, ...Object.fromEntries(set), ...hand };
}

/**
 * @param {any} env {host, choices, form, frame, model, view(), fail(text)}; `form` may come later
 * @param {(one?: any) => void} changed told when a picture comes out otherwise
 */
export function createArranged(env, changed) {
  /** What is decided by hand, by layout. @type {Map<string, any>} */
  const hands = new Map();
  /** @type {Map<string, any>} */
  let own = new Map();
  /** @type {any} */
  let arrange = null;
  const able = Boolean(env.host.layouts && env.host.edit);
  const { document } = env.model;

  async function fetchOwn() {
    own = new Map((await env.host.layouts()).map((entry) => [entry.id, entry]));
    for (const [id, { hand }] of own) if (!hands.has(id)) hands.set(id, hand);
    env.choices.know([...own.values()].map(({ id, layout, title }) => [id, title || id, layout]));
    env.form.refill();
  }

  const baseOf = (layout) => own.get(layout)?.layout || layout;
  const titleOf = (layout) => env.choices.layouts.find(([id]) => id === layout)?.[1] || layout;

  /** A choice with what is decided by hand for its layout. */
  function whole(choice) {
    const { layout, format } = choice;
    const hand = format === "html" ? undefined : hands.get(layout);
    return { ...choice, base: baseOf(layout), ...(able && hand ? { hand } : {}) };
  }

  async function keep(name, hand) {
    const choice = env.form.choice();
    const id = name || choice.layout;
    const entries = await env.host.layouts();
    const before = entries.find((entry) => entry.id === id);
    const base = name && name !== choice.layout ? baseOf(choice.layout) : before?.layout || id;
    const named = before?.title ? { title: before.title } : {};
    const layout = { ...entryOf(choice, { id, base, hand }), ...named };
    const file = await env.host.edit.keep([
      { op: "put_layout", layout, was: before ? before.hash : null },
    ]);
    if (!file) {
      hands.set(id, hand);
      await fetchOwn();
      if (name) env.form.choose({ layout: id });
    }
    return file;
  }

  async function open() {
    try {
      arrange = arrange || (await make());
      arrange.open(hands.get(env.form.choice().layout) || null);
    } catch (error) {
      env.fail(`The picture cannot be arranged here. ${error.message}`);
    }
  }

  async function make() {
    const create = await env.host.edit.arranger();
    const names = new Map(document.features.map(({ id, name }) => [id, name]));
    const made = create({
      usual: { title: document.corridor.title, headline: document.corridor.headline.written },
      claims: document.claims,
      nameOf: (id) => names.get(id) || id,
      layout: () => {
        const { layout } = env.form.choice();
        return { id: layout, title: titleOf(layout) };
      },
      draw: (hand, signal) =>
        env.host.preview(
          env.view(),
          { ...whole(env.form.choice()), hand, seen: "double" },
          { signal },
        ),
      keep,
      changed(hand) {
        hands.set(env.form.choice().layout, hand || {});
        changed();
      },
      announce: env.frame.announce,
    });
    /** @type {Element} */ (button.closest(".corridormap")).append(made.node);
    return made;
  }

  const button = el(
    "button.cmp-more-button.cmp-arrange-open",
    { "aria-haspopup": "dialog", onclick: open },
    "Arrange by hand",
  );

  return {
    node: able ? button : null,
    whole,
    /** Look which layouts the corridor has; one that is chosen brings its size and its look. */
    async refresh() {
      // Without them the words alone can be chosen; the preview says what is wrong.
      const first = !own.size;
      if (able) await fetchOwn().catch(() => null);
      const { layout } = env.form.choice();
      // One that was chosen before it was known brings its size and its look now.
      if (first && own.has(layout)) env.form.choose(choiceOf(own.get(layout), env.choices.first));
    },
    ofLayout: (layout) => {
      const entry = own.get(layout);
      if (entry) return choiceOf(entry, env.choices.first);
      // What the layout before has brought goes with it.
      const left = own.has(env.form.choice().layout) ? [...SIZES, ...LOOKS] : [];
      const first = left.map((key) => [key, env.choices.first[key]]);
      return { layout, ...Object.fromEntries(first) };
    },
    /** Take what a file's recipe has. */
    take: (layout, text) => {
      if (text) hands.set(layout, JSON.parse(text));
      else hands.delete(layout);
    },
    show: ({ format }) => (button.hidden = format === "html"),
    destroy: () => arrange?.destroy(),
  };
}
