/* The parts of the page that tests put together in pages of their own; see modules.py. */
export { createMap } from "../app/browser/map/map.js";
export { createModel, createStore } from "../app/browser/map/store.js";
export { mount } from "../app/browser/page/mount.js";
