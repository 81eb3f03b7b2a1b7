/* A small picture of what an export will be, drawn anew as choices and map change. Of a page it
   is the page itself, small, in a frame that can reach nothing. */
import { el } from "../../tools/dom.js";
import { stopped } from "../../tools/handover.js";

const AFTER_MS = 350;

/**
 * @param {(signal: AbortSignal) => Promise<any>} draw gives blob (a picture), page (a page) or
 *   neither and a note; filename, size, alt_text, and without_room: what found none, in words
 * @param {(one: any) => void} told what draw gave
 * @returns `{node, ask(), stop()}` ask for a picture after a moment; a newer wish ends an older
 */
export function createExportPreview(draw, told) {
  const image = el("img.cmp-preview-image", { alt: "Preview of the export", hidden: true });
  const page = el("iframe.cmp-preview-page", {
    title: "Preview of the page",
    sandbox: "allow-scripts",
    tabindex: -1,
    inert: true,
    hidden: true,
  });
  const why = el("p.cmp-preview-why", { hidden: true });
  const name = el("span.cmp-preview-name");
  const lost = el("div.cmp-preview-lost", { hidden: true });
  const node = el(
    "figure.cmp-preview",
    { "aria-busy": "false" },
    el("div.cmp-preview-box", {}, image, page, why),
    el("figcaption.cmp-preview-caption", {}, name, lost),
  );
  let timer = 0;
  /** @type {any} */
  let running = null;
  let url = "";

  function busy(on) {
    node.setAttribute("aria-busy", String(on));
  }

  /** @param {{ blob?: Blob, page?: Blob, note?: string }} [drawn] */
  function show({ blob, page: document, note } = {}) {
    if (url) URL.revokeObjectURL(url);
    const shown = blob || document;
    url = shown ? URL.createObjectURL(shown) : "";
    for (const [node, has] of /** @type {const} */ ([
      [image, blob],
      [page, document],
    ])) {
      if (has) node.src = url;
      else node.removeAttribute("src");
      node.hidden = !has;
    }
    why.hidden = !note;
    why.textContent = note || "";
    why.classList.toggle("is-note", Boolean(note));
  }

  /** @param {{ sentences?: string[], names?: string[], heading?: string }} [told] */
  function tellLost({ sentences = [], names = [], heading = "" } = {}) {
    lost.hidden = !names.length && !sentences.length;
    const rows = names.map((name) => el("li", {}, el("bdi", {}, name)));
    const list = el("details", {}, el("summary", {}, heading), el("ul", {}, rows));
    const said = sentences.map((sentence) => el("p", {}, sentence));
    lost.replaceChildren(...said, ...(names.length ? [list] : []));
  }

  function fail(error) {
    show();
    why.textContent = error.message;
    why.hidden = false;
  }

  async function run() {
    const own = new AbortController();
    running = own;
    try {
      const drawn = await draw(own.signal);
      if (running !== own) return;
      show(drawn);
      name.textContent = [drawn.filename, drawn.size.replace("x", " × ")]
        .filter(Boolean)
        .join(", ");
      tellLost(drawn.without_room);
      told(drawn);
    } catch (error) {
      if (stopped(error) || running !== own) return;
      fail(error);
    }
    busy(false);
  }

  function stop() {
    clearTimeout(timer);
    if (running) running.abort();
    running = null;
    busy(false);
  }

  return {
    node,
    ask(atOnce = false) {
      stop();
      busy(true);
      timer = setTimeout(run, atOnce ? 0 : AFTER_MS);
    },
    stop,
    destroy() {
      stop();
      show();
    },
  };
}
