/* Mouse, touch and keys on the map's features: hover, click, arrows, the list behind a tag or a
   badge of several numbers. */
import L from "leaflet";
import { el, number } from "../tools/dom.js";
import { swatch } from "./signs/swatch.js";

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const ITEM = "[data-feature], .cmm-tag";

/** The nearest place that lies more in the direction than beside it. */
function nearest(from, places, [ux, uy]) {
  /** @type {any} */
  let best = null;
  for (const place of places) {
    const [dx, dy] = [place.x - from.x, place.y - from.y];
    const along = dx * ux + dy * uy;
    const across = Math.abs(dx * uy - dy * ux);
    if (along <= 0.5 || across > along * 1.8) continue;
    const cost = along + 2 * across;
    if (!best || cost < best.cost) best = { ...place, cost };
  }
  return best;
}

/** A list beside a place of the map, of which one is chosen. */
function stackList(container) {
  /** @type {any} */
  let box = null;
  /** @type {any} */
  let opener = null;
  function close(refocus) {
    if (!box) return;
    box.remove();
    box = null;
    if (refocus && opener?.isConnected) opener.focus();
  }
  /** @param {string} name @param {{ mark: any, text: string, choose: () => void }[]} entries */
  function open(name, entries, at) {
    close(false);
    const rows = entries.map(({ mark, text, choose }) => {
      const onclick = () => {
        close(false);
        choose();
      };
      return el("li", {}, el("button.cmm-stack-row", { onclick }, mark, text));
    });
    opener = document.activeElement;
    box = el("div.cmm-stack", { role: "dialog", "aria-label": name }, el("ul", {}, rows));
    box.addEventListener("keydown", (event) => {
      const buttons = [...box.querySelectorAll("button")];
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step)
        buttons[
          (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length
        ].focus();
      if (event.key === "Escape") close(true);
      if (step || event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
      }
    });
    container.append(box);
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    const [width, height] = [container.clientWidth, container.clientHeight];
    box.style.left = `${Math.max(8, Math.min(width - box.offsetWidth - 8, at.x + 18))}px`;
    box.style.top = `${Math.max(8, Math.min(height - box.offsetHeight - 8, at.y - 10))}px`;
    box.querySelector("button").focus();
  }
  return { open, close };
}

/**
 * @param {any} env {map, model, store, painter}; painter: {pointOf, membersOf, standPoint}
 * @returns `{refresh, destroy}` refresh after the map was drawn: one tab stop among the features
 */
export function createPointing({ map, model, store, painter }) {
  const container = map.getContainer();
  const pane = map.getPane("mapPane");
  const stack = stackList(container);
  /** @type {any} */
  let current = null;

  const featureAt = (target) => {
    const node = target.closest?.("[data-feature], [data-label]");
    return node ? node.dataset.feature || node.dataset.label : null;
  };
  const pointOfNode = (node) =>
    node.dataset.feature
      ? painter.pointOf(node.dataset.feature)
      : painter.standPoint(node.dataset.stand);
  const items = () => [...pane.querySelectorAll(ITEM)];

  function openSigns(key) {
    const rows = painter.membersOf(key).map(({ feature, phase }) => ({
      mark: swatch(model, phase.sign, 34, 22),
      text: feature.name,
      choose: () => store.set({ view: { selected: feature.id } }),
    }));
    stack.open("Signs that stand here", rows, painter.standPoint(key));
    return true;
  }

  /** One number selects its claim; of several one chooses. */
  function openClaims(badge) {
    const { claims: ids, of } = badge.dataset;
    const claims = ids
      .split(" ")
      .map(model.claim)
      .filter((claim) => claim !== null);
    const select = (claim) => store.set({ claim: claim.id, view: { selected: of } });
    const rows = claims.map((claim) => ({
      mark: number(claim.number),
      text: claim.title || claim.text,
      choose: () => select(claim),
    }));
    if (rows.length === 1) rows[0].choose();
    else {
      const [box, frame] = [badge, container].map((node) => node.getBoundingClientRect());
      const at = { x: box.left - frame.left, y: box.bottom - frame.top };
      stack.open("Claims about this place", rows, at);
    }
    return true;
  }

  function activate(target) {
    const tag = target.closest(".cmm-tag");
    if (tag) return openSigns(tag.dataset.stand);
    const badge = target.closest(".cmm-badge");
    if (badge) return openClaims(badge);
    const id = featureAt(target);
    if (id) store.set({ view: { selected: id } });
    return Boolean(id);
  }

  function onClick(event) {
    if (!pane.contains(event.target)) return;
    // A drag that ends on a sign is no click on it.
    if (map.dragging?.moved()) return;
    stack.close(false);
    if (activate(event.target)) event.stopPropagation();
  }

  function onOver(event) {
    if (event.pointerType === "touch") return;
    const id = featureAt(event.target);
    if (id !== (store.get().hover || null)) store.set({ hover: id });
  }

  function onLeave() {
    if (store.get().hover) store.set({ hover: null });
  }

  function focusItem(node) {
    if (!node) return;
    setCurrent(node);
    node.focus({ preventScroll: true });
  }

  function setCurrent(node) {
    current = node.dataset.feature || node.dataset.stand;
    for (const item of items())
      item.setAttribute(
        "tabindex",
        (item.dataset.feature || item.dataset.stand) === current ? "0" : "-1",
      );
  }

  function onKey(event) {
    const node = event.target.closest?.(ITEM);
    if (!node || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      event.stopPropagation();
      activate(node);
    }
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    event.stopPropagation();
    const from = pointOfNode(node);
    const size = map.getSize();
    const places = items()
      .filter((item) => item !== node)
      .map((item) => ({ item, ...(pointOfNode(item) || { x: NaN, y: NaN }) }))
      .filter((p) => p.x >= 0 && p.y >= 0 && p.x <= size.x && p.y <= size.y);
    const next = from && nearest(from, places, arrow);
    if (next) focusItem(next.item);
    else map.panBy([arrow[0] * 120, arrow[1] * 120]);
  }

  function onFocus(event) {
    const node = event.target.closest?.(ITEM);
    if (!node) return;
    setCurrent(node);
    if (node.matches(":focus-visible") && node.dataset.feature)
      store.set({ hover: node.dataset.feature });
  }

  function onBlur(event) {
    if (event.target.closest?.("[data-feature]")) onLeave();
  }

  const listeners = [
    ["click", onClick],
    ["pointerover", onOver],
    ["pointerleave", onLeave],
    ["keydown", onKey],
    ["focusin", onFocus],
    ["focusout", onBlur],
  ];
  for (const [type, listener] of listeners) container.addEventListener(type, listener);

  return {
    /** Run a drawing that may move the focused sign in its pane, and give it the focus back. */
    keepFocus(drawing) {
      const focused = document.activeElement;
      const active =
        focused && container.contains(focused)
          ? /** @type {SVGElement | null} */ (focused.closest("[data-feature]"))
          : null;
      const visible = active?.matches(":focus-visible");
      drawing();
      if (!active || document.activeElement === active) return;
      const node = pane.querySelector(
        `[data-feature="${CSS.escape(active.dataset.feature ?? "")}"]`,
      );
      if (node) node.focus({ preventScroll: true, focusVisible: visible });
    },
    refresh() {
      const all = items();
      const at =
        all.find((item) => (item.dataset.feature || item.dataset.stand) === current) || all[0];
      if (at) setCurrent(at);
    },
    closeList: () => stack.close(false),
    destroy() {
      stack.close(false);
      for (const [type, listener] of listeners) container.removeEventListener(type, listener);
    },
  };
}
