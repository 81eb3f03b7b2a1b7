/* Hands files over: checks what came, saves it, and says in plain words what went wrong. */
import { el } from "./dom.js";

const HELD_MS = 60000;
const HEAD_BYTES = 512;
/** How a file of each form begins. */
const STARTS = {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the first bytes of a file
  png: /^\x89PNG\r\n\x1a\n/,
  svg: /^\s*(<\?xml[^>]*\?>\s*)?(<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg\b/,
  pdf: /^%PDF-1\./,
  html: /^\s*<!DOCTYPE html>/i,
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the first bytes of a file
  zip: /^PK\x03\x04/,
};

/**
 * The newest notice is shown first.
 * @param {Store} store @param {string} text @param {any} [details] an error or a text
 */
function addNotice(store, text, details) {
  const why = details?.message ? details.message : String(details || "");
  store.set({ notices: [...(store.get().notices || []), { text, details: why }] });
}

/** Let the browser save a file under a name. */
function save(blob, filename) {
  const url = URL.createObjectURL(blob);
  const anchor = el("a", { href: url, download: filename, hidden: true });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  // The click only queues the download; the address must outlive this turn.
  setTimeout(() => URL.revokeObjectURL(url), HELD_MS);
}

/**
 * Look at what came before it becomes a file: nothing half done is handed over.
 * @throws {Error} it is empty, or of another form than asked for
 */
async function check(blob, format) {
  const bytes = new Uint8Array(await blob.slice(0, HEAD_BYTES).arrayBuffer());
  const head = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  if (!STARTS[format].test(head)) {
    throw new Error(`What came is not a file of the form ${format.toUpperCase()}.`);
  }
  return blob;
}

const stopped = (error) => error && error.name === "AbortError";

export { addNotice, check, save, stopped };
