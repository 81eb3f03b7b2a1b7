/* Makes elements, icons and links. Text goes in as text nodes only; knows no map and no state. */

const SVG = "http://www.w3.org/2000/svg";

/** Icon strokes on a 16 px square: [path, stroke width, filled]. */
const ICONS = {
  link: [
    [
      "M6.5,9.5L9.5,6.5M7,4.5L8.8,2.7A3.2,3.2 0 0 1 13.3,7.2L11.5,9M4.5,7L2.7,8.8A3.2,3.2 0 0 0 7.2,13.3L9,11.5",
      1.5,
    ],
  ],
  camera: [
    ["M1.5,4.5H4.5L6,2.5H10L11.5,4.5H14.5V13.5H1.5Z", 1.5],
    ["M10.6,8.8A2.6,2.6 0 1 1 5.4,8.8A2.6,2.6 0 1 1 10.6,8.8", 1.5],
  ],
  edit: [["M2.5,13.5L3.2,10.4L11,2.6L13.4,5L5.6,12.8ZM9.4,4.2L11.8,6.6", 1.4]],
  undo: [["M6,3L2.5,6.5L6,10M2.5,6.5H9.5A3.5,3.5 0 0 1 9.5,13.5H6", 1.5]],
  redo: [["M10,3L13.5,6.5L10,10M13.5,6.5H6.5A3.5,3.5 0 0 0 6.5,13.5H10", 1.5]],
  close: [["M3,3L13,13M13,3L3,13", 1.6]],
  down: [["M3,6L8,11L13,6", 1.7]],
  play: [["M4,2.5L13,8L4,13.5Z", 0, true]],
  pause: [["M4,3H7V13H4ZM9,3H12V13H9Z", 0, true]],
  layers: [["M8,2L14,5.2L8,8.4L2,5.2ZM2,8.2L8,11.4L14,8.2M2,11.2L8,14.4L14,11.2", 1.4]],
  zoom: [
    ["M1.5,5V1.5H5M11,1.5H14.5V5M14.5,11V14.5H11M5,14.5H1.5V11", 1.4],
    ["M5.5,8H10.5M8,5.5V10.5", 1.4],
  ],
  agrees: [["M2,8.6L6,12.6L14,3.4", 2.4]],
  differs: [["M1.5,5.6H14.5M1.5,10.4H14.5M11.4,1.5L4.6,14.5", 2.2]],
  untested: [["M2,8H14", 2.4]],
  repeated: [["M5.6,2.5L3.4,9M12,2.5L9.8,9", 2.4]],
  unlike: [["M1.5,10L4.6,6.7H7L9,9.5H11.4L14.5,6.2", 2.2]],
  find: [["M11.2,6.6A4.6,4.6 0 1 1 2,6.6A4.6,4.6 0 1 1 11.2,6.6M10,10L14,14", 1.7]],
  out: [["M6,3H3V13H13V10M9,3H13V7M13,3L7,9", 1.4]],
};

/** @template {Element} E @param {E} node @param {any[]} children @returns {E} */
function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

/**
 * What a tag makes, with or without classes.
 * @template {string} N
 * @typedef {N extends `${infer T}.${string}` ? TagElement<T> : TagElement<N>} ElementOf
 */
/**
 * @template {string} T
 * @typedef {T extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[T] : HTMLElement} TagElement
 */
/**
 * @template {string} N
 * @param {N} name tag with classes, "button.cmp-a.cmp-b"
 * @param {Record<string, any> | null} [props] attributes; a function under "onclick" and the like is listened to;
 *   null and false leave an attribute out, true sets it empty
 * @param {any[]} children
 * @returns {ElementOf<N>}
 */
function el(name, props, ...children) {
  const [tag, ...classes] = name.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  if (node instanceof HTMLButtonElement) node.type = "button";
  for (const [key, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  return /** @type {any} */ (append(node, children));
}

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag @param {Record<string, any>} [props] @param {any[]} children
 * @returns {SVGElementTagNameMap[T]}
 */
function svg(tag, props, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(props || {})) node.setAttribute(key, String(value));
  return append(node, children);
}

function icon(name, sizePx = 16) {
  const shapes = ICONS[name].map(([d, width, filled]) =>
    svg("path", {
      d,
      fill: filled ? "currentColor" : "none",
      ...(filled
        ? {}
        : { stroke: "currentColor", "stroke-width": width, "stroke-linejoin": "round" }),
    }),
  );
  const box = { width: sizePx, height: sizePx, viewBox: "0 0 16 16", "aria-hidden": "true" };
  return svg("svg", { class: "cmp-icon", ...box }, shapes);
}

/** A link to a web page, or plain text where the address is not http(s). */
function link(url, props, ...children) {
  if (!/^https?:\/\//i.test(String(url || ""))) {
    return el("span.cmp-nolink", { title: props.title }, ...children);
  }
  const safe = { href: url, target: "_blank", rel: "noopener noreferrer" };
  return el("a.cmp-link", { ...props, ...safe }, ...children);
}

/**
 * The first element inside another that a selector means.
 * @param {Element} node @param {string} selector
 * @returns {HTMLElement | null}
 */
function elementIn(node, selector) {
  return node.querySelector(selector);
}

/** Replace what a node holds. */
function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

/** The disc with a claim's number. */
function number(n, props) {
  return el("span.cmp-num", props || {}, n);
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The nearest box round a node, itself included, that scrolls its content. */
function scrollerOf(node) {
  const scrolls = (box) => /auto|scroll/.test(getComputedStyle(box).overflowY);
  const root = node.closest(".corridormap");
  let box = node;
  while (box && box !== root && !scrolls(box)) box = box.parentElement;
  return box && box !== root ? box : node;
}

/** Scroll a box, or what scrolls it, and nothing around it, until children are in sight:
    from the first to the last of them, or the first where they are too high together. */
function reveal(within, first, marginPx = 8, last = first) {
  const box = scrollerOf(within);
  const outer = box.getBoundingClientRect();
  // A scroll under way counts as done, or the next one would start from its middle.
  const ahead = underWay.has(box) ? underWay.get(box) - box.scrollTop : 0;
  const above = first.getBoundingClientRect().top - outer.top - marginPx - ahead;
  const below = last.getBoundingClientRect().bottom - outer.bottom + marginPx - ahead;
  if (above >= 0 && below <= 0) return;
  const by = above < 0 ? above : Math.min(below, above);
  const top = Math.max(
    0,
    Math.min(box.scrollHeight - box.clientHeight, box.scrollTop + ahead + by),
  );
  if (Math.abs(top - box.scrollTop) < 1) return;
  underWay.set(box, top);
  box.addEventListener("scrollend", () => underWay.delete(box), { once: true });
  box.scrollTo({ top, behavior: calm() ? "auto" : "smooth" });
}
const underWay = new WeakMap();

let last = 0;
/** An element id that no other map on the page has. */
function freshId(stem) {
  last += 1;
  return `cmp-${stem}-${last}`;
}

/** Show which of the features that stand in a box is the one that is selected. */
function markSelected(box, selected) {
  for (const button of box.querySelectorAll("[data-for]"))
    button.classList.toggle("is-selected", button.getAttribute("data-for") === selected);
}

export { calm, el, elementIn, fill, freshId, icon, link, markSelected, number, reveal, svg };
