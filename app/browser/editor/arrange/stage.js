/* The large picture of an export with a handle over each name, to be dragged or moved by keys.
   Draws no map: the picture is the server's, and tells where its names stand. */

import { el } from "../../tools/dom.js";

const STEP_PX = 4;
const LONG_STEP_PX = 24;
const CLICK_PX = 3;
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The position of a place in a frame, from its grid; all in shares of the picture. */
export function placeAt({ box: [left, top, right, bottom], steps, at }, x, y) {
  const last = steps - 1;
  const within = (share) => Math.max(0, Math.min(last, share * last));
  const across = within((x - left) / (right - left));
  const down = within((y - top) / (bottom - top));
  const i = Math.min(last - 1, Math.floor(across));
  const j = Math.min(last - 1, Math.floor(down));
  const [u, v] = [across - i, down - j];
  const corner = (di, dj) => at[(j + dj) * steps + i + di];
  return [0, 1].map((axis) => {
    const upper = corner(0, 0)[axis] * (1 - u) + corner(1, 0)[axis] * u;
    const lower = corner(0, 1)[axis] * (1 - u) + corner(1, 1)[axis] * u;
    return Number((upper * (1 - v) + lower * v).toFixed(5));
  });
}

/** Where a label is held: on the side that its sign is, so that it grows away from it. */
function heldAt({ of, align }, [left, , right]) {
  const side = of ? (left >= of[0] ? "start" : right <= of[0] ? "end" : "middle") : align;
  return { align: side, x: { start: left, end: right, middle: (left + right) / 2 }[side] };
}

/**
 * @param {any} does put({feature, at, align}), hide(id), back(id)
 * @returns `{node, show(url, told), focus(id)}`
 */
export function createStage(does) {
  const image = el("img.cmp-arrange-image", { alt: "The picture as it will be", draggable: false });
  const over = el("div.cmp-arrange-over", { role: "group", "aria-label": "Names on the map" });
  const sheet = el("div.cmp-arrange-sheet", {}, image, over);
  const node = el("div.cmp-arrange-stage", { "aria-busy": "true" }, sheet);
  /** @type {Map<string, any>} */
  const handles = new Map();
  /** @type {any} */
  let frames = {};

  function stand(handle) {
    const [left, top, right, bottom] = handle.box;
    const share = (value) => `${(100 * value).toFixed(3)}%`;
    Object.assign(handle.node.style, {
      left: share(left),
      top: share(top),
      width: share(right - left),
      height: share(bottom - top),
    });
  }

  /** Move a handle by px of the screen, its middle within its frame. */
  function shift(handle, dx, dy) {
    const { width, height } = over.getBoundingClientRect();
    const [left, top, right, bottom] = handle.from;
    const frame = frames[handle.told.frame].box;
    const into = (by, low, high, [least, most]) =>
      Math.max(least - (low + high) / 2, Math.min(most - (low + high) / 2, by));
    const across = into(dx / width, left, right, [frame[0], frame[2]]);
    const down = into(dy / height, top, bottom, [frame[1], frame[3]]);
    handle.box = [left + across, top + down, right + across, bottom + down];
    stand(handle);
  }

  function put(handle) {
    const [, top, , bottom] = handle.box;
    const { align, x } = heldAt(handle.told, handle.box);
    const at = placeAt(frames[handle.told.frame], x, (top + bottom) / 2);
    handle.from = handle.box;
    handle.node.classList.add("is-put");
    does.put({ feature: handle.told.id, at, align }, handle.told.text);
  }

  function drag(handle, event) {
    if (event.button !== 0) return;
    const { clientX, clientY } = event;
    handle.from = handle.box;
    handle.held = true;
    handle.node.setPointerCapture(event.pointerId);
    const move = (now) => shift(handle, now.clientX - clientX, now.clientY - clientY);
    const done = (kept) => {
      handle.node.removeEventListener("pointermove", move);
      handle.node.removeEventListener("pointerup", end);
      handle.node.removeEventListener("pointercancel", cancel);
      handle.held = false;
      if (kept) return put(handle);
      handle.box = handle.from;
      stand(handle);
    };
    const end = (now) => done(Math.hypot(now.clientX - clientX, now.clientY - clientY) >= CLICK_PX);
    const cancel = () => done(false);
    handle.node.addEventListener("pointermove", move);
    handle.node.addEventListener("pointerup", end);
    handle.node.addEventListener("pointercancel", cancel);
  }

  function onKey(handle, event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { id, text } = handle.told;
    if (KEYS[event.key]) {
      const by = event.shiftKey ? LONG_STEP_PX : STEP_PX;
      handle.from = handle.box;
      shift(handle, KEYS[event.key][0] * by, KEYS[event.key][1] * by);
      put(handle);
    } else if (event.key === "Delete") does.hide(id, text);
    else if (event.key === "Backspace") does.back(id, text);
    else return;
    event.preventDefault();
  }

  function made(told) {
    const handle = { told, node: el("button.cmp-arrange-handle"), box: told.box, from: told.box };
    handle.node.addEventListener("pointerdown", (event) => drag(handle, event));
    handle.node.addEventListener("keydown", (event) => onKey(handle, event));
    over.append(handle.node);
    return handle;
  }

  return {
    node,
    busy: (on) => node.setAttribute("aria-busy", String(on)),
    /** @param {Blob} blob the picture @param {any} told its labels and frames */
    show(blob, told) {
      const before = image.src;
      image.src = URL.createObjectURL(blob);
      if (before) URL.revokeObjectURL(before);
      frames = told.frames || {};
      const labels = told.labels || [];
      const seen = new Set(labels.map(({ id }) => id));
      for (const [id, handle] of handles)
        if (!seen.has(id)) {
          handle.node.remove();
          handles.delete(id);
        }
      for (const label of labels) {
        const handle = handles.get(label.id) || made(label);
        handles.set(label.id, handle);
        handle.told = label;
        // One that is being dragged stays under the pointer.
        if (!handle.held) handle.box = handle.from = label.box;
        const how = label.by_hand ? "put by hand" : "placed by the rules";
        handle.node.setAttribute("aria-label", `${label.text || "Claim numbers"}, ${how}`);
        handle.node.title = label.text;
        handle.node.classList.toggle("is-put", label.by_hand);
        stand(handle);
      }
    },
    focus: (id) => handles.get(id)?.node.focus(),
    destroy() {
      if (image.src) URL.revokeObjectURL(image.src);
    },
  };
}
