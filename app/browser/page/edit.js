/* What a served page can do for its editor: fetch it when it is wanted, and ask the server.
   The editor itself is in the room of that name; this file is all of it that a reader loads. */

const JSON_HEAD = { "Content-Type": "application/json" };
const DRAFTS = "corridormap.draft.";

/**
 * Ask the server. @throws {Error} in its words, with `status` and what it told
 * @param {string} url @param {any} [given] of fetch; `json` is a body
 */
async function asked(url, given = {}) {
  const { json, ...init } = given;
  if (json !== undefined) Object.assign(init, { headers: JSON_HEAD, body: JSON.stringify(json) });
  const answer = await fetch(url, { cache: "no-store", ...init }).catch((error) => {
    if (error.name === "AbortError") throw error;
    throw new Error("The server does not answer. Is it still running? Nothing is lost: try again.");
  });
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => ({}));
  const words = told.error || `The server answered ${answer.status}.`;
  throw Object.assign(new Error(words), { status: answer.status, told });
}

/** A program of the editor's and its style; asked for again if they did not come. */
async function fetched(address, program) {
  if (document.querySelector(`link[rel="stylesheet"][href="${CSS.escape(address)}"]`))
    return program();
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
  const styled = new Promise((resolve, reject) => {
    style.addEventListener("load", resolve);
    style.addEventListener("error", reject);
  });
  document.head.append(style);
  try {
    const [made] = await Promise.all([program(), styled]);
    return made;
  } catch {
    style.remove();
    throw new Error("The editor could not be loaded. Is the server still running?");
  }
}

/** Whether this browser keeps a draft of the corridor that was not saved. */
function hasDraft(key) {
  try {
    return Object.keys(window.localStorage).some((name) => name.startsWith(`${DRAFTS}${key}.`));
  } catch {
    return false;
  }
}

/**
 * @param {any} data what app/server/start.py says: prefix, edit {key, style}, watch
 * @param {() => any} page gives {root, leaflet, mounted}; known once the map is drawn
 * @returns host.edit, or undefined where nothing can be edited
 */
export function createEditHost(data, page) {
  if (!data.edit) return undefined;
  const { key, style } = data.edit;
  const at = (name) => `${data.prefix}/${name}`;
  const post = (name, value) => asked(at(name), { method: "POST", json: value });
  /** @type {any} */
  let loading = null;

  const edit = {
    key,
    /** The storage's name for drafts of this corridor begins so. */
    drafts: `${DRAFTS}${key}.`,
    hasDraft: () => hasDraft(key),
    /** The editor, fetched with its style when it is first wanted. */
    load() {
      loading =
        loading ||
        fetched(style, () => import("../editor/editor.js"))
          .then(({ createEditor }) => createEditor(edit, page(), data))
          .catch((error) => {
            loading = null;
            throw error;
          });
      return loading;
    },
    /** What arranges an export by hand, fetched when it is first wanted. */
    arranger: async () =>
      (await fetched(style, () => import("../editor/arrange/arrange.js"))).createArrange,
    /**
     * Save operations at once, as the editor saves a draft. @returns a file of the corridor with
     * them where its folder cannot be saved into, else nothing
     */
    async keep(ops) {
      const { revision, files, writable } = await edit.base();
      const wish = { base: revision, files, ops };
      if (!writable) return edit.zip(wish);
      const { version } = await edit.save(wish);
      if (data.watch) data.watch.version = version;
      return null;
    },
    base: async () => (await asked(at("edit/base"))).json(),
    draft: async (value) => (await post("edit/draft", value)).json(),
    save: async (value) => (await post("edit/save", value)).json(),
    async zip(value) {
      const answer = await post("edit/zip", value);
      const named = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "");
      return { blob: await answer.blob(), filename: named ? named[1] : "corridor.zip" };
    },
    /** For panels: ask for an address below the corridor's own, with any request. */
    ask: (name, init) => asked(at(name), init),
  };
  return edit;
}
export { asked, fetched };
