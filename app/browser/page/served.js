/* What a served page asks its server for: pictures, files and the atlas. Draws nothing. */

const JSON_HEAD = { "Content-Type": "application/json" };

/** The query that names a view; the same words as layers/scene/view.py. */
export function query(view) {
  const words = new URLSearchParams();
  if (view.bbox) words.set("bbox", view.bbox.map((degrees) => degrees.toFixed(5)).join(","));
  words.set("layers", view.layers.join(","));
  words.set("date", view.date);
  if (view.since) words.set("since", view.since);
  if (view.selected) words.set("sel", view.selected);
  if (view.claim) words.set("claim", view.claim);
  if (view.basemap !== "outline") words.set("base", view.basemap);
  if (view.label_language !== "en") words.set("lang", view.label_language);
  return words.toString().replaceAll("%2C", ",");
}

/** What is asked of an export, in the words of app/exporting/options.py. */
function options(choice) {
  const words = new URLSearchParams({
    layout: choice.base || choice.layout,
    arrange: choice.arrange,
    density: choice.density,
    projection: choice.projection,
  });
  if (choice.layout === "custom") words.set("size", `${choice.width}x${choice.height}`);
  if (choice.base && choice.base !== choice.layout) words.set("named", choice.layout);
  for (const side of ["width_mm", "height_mm"]) if (choice[side]) words.set(side, choice[side]);
  for (const look of ["transparent", "greyscale", "black"])
    if (choice[look] !== undefined) words.set(look, choice[look] ? "1" : "0");
  for (const part of ["claims", "locator", "inset"]) if (!choice[part]) words.set(part, "0");
  if (choice.alt) words.set("alt", choice.alt);
  return words.toString();
}

/** Ask this page's server. @throws {Error} in its words, or that it does not answer */
async function ask(url, init) {
  const answer = await fetch(url, init).catch((error) => {
    if (error.name === "AbortError") throw error;
    throw new Error("The server does not answer. Is it still running?");
  });
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => ({}));
  throw new Error(told.error || `The server answered ${answer.status}.`);
}

/** The body of an answer as a file under the name that the server gave it. */
async function file(answer, otherwise) {
  const named = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "");
  return { blob: await answer.blob(), filename: named ? named[1] : otherwise };
}

/**
 * An atlas comes with its progress before it: lines of JSON, of which the last says how the
 * file that follows is called, or why there is none.
 */
async function atlas(url, told) {
  const answer = await ask(url);
  const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (answer.body).getReader();
  let held = new Uint8Array();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw new Error("The answer ended too early.");
    held = joined(held, value);
    for (let end = held.indexOf(10); end >= 0; end = held.indexOf(10)) {
      const line = JSON.parse(new TextDecoder().decode(held.subarray(0, end)));
      held = held.slice(end + 1);
      if (line.error) throw new Error(line.error);
      if (line.filename)
        return { blob: await rest(reader, held, line.bytes), filename: line.filename };
      told(line.page, line.pages);
    }
  }
}

function joined(before, after) {
  const both = new Uint8Array(before.length + after.length);
  both.set(before);
  both.set(after, before.length);
  return both;
}

async function rest(reader, first, bytes) {
  const parts = [first];
  for (let next = await reader.read(); !next.done; next = await reader.read())
    parts.push(next.value);
  const blob = new Blob(parts, { type: "application/pdf" });
  if (blob.size !== bytes) throw new Error("The file did not arrive whole.");
  return blob;
}

/** What the page can hand out; an address that the server did not give is a thing left out. */
export function exportsOf(data) {
  const plain = data.snapshot.replace(/\/snapshot\.png$/, "");
  /** Where a thing is asked for: what is decided by hand goes along as the body. */
  const asked = (name, view, choice, signal, more = "") => {
    const words = `${name}?${query(view)}&${options(choice)}${more}`;
    if (!choice.hand) return ask(`${plain}/${words}`, { signal });
    const body = JSON.stringify(choice.hand);
    return ask(`${data.hand}/${words}`, { signal, method: "POST", headers: JSON_HEAD, body });
  };
  return {
    /** @param {any} view @param {any} choice @param {{ signal?: AbortSignal }} [how] */
    async snapshot(view, choice, { signal } = {}) {
      const answer = await asked(`snapshot.${choice.format}`, view, choice, signal);
      return file(answer, `corridormap.${choice.format}`);
    },
    /**
     * A picture of an export to look at: the same drawing with the dots of a screen. A line
     * of JSON comes before it, which tells of it.
     */
    async preview(view, choice, { signal }) {
      const seen = { ...choice, density: choice.seen || "screen" };
      const answer = await asked("preview.png", view, seen, signal);
      const held = new Uint8Array(await answer.arrayBuffer());
      const end = held.indexOf(10);
      const report = JSON.parse(new TextDecoder().decode(held.subarray(0, end)));
      return { blob: new Blob([held.subarray(end + 1)], { type: "image/png" }), ...report };
    },
    /**
     * What an export will be: filename, size, alt_text, notices.
     * @param {any} view @param {any} choice @param {{ signal?: AbortSignal }} [how]
     */
    async describe(view, choice, { signal } = {}) {
      const form = `&format=${choice.format}`;
      return (await asked("snapshot.json", view, choice, signal, form)).json();
    },
    /** The corridor's own layouts, if what is decided by hand can be drawn and kept here. */
    layouts:
      data.hand && (async () => (await (await ask(`${data.hand}/layouts.json`)).json()).layouts),
    readFile:
      data.recipe &&
      (async (dropped) => (await ask(data.recipe, { method: "POST", body: dropped })).json()),
    saveData:
      data.data && (async (view) => file(await ask(`${data.data}?${query(view)}`), "corridor.zip")),
    atlas: data.atlas && ((view, told) => atlas(`${data.atlas}?${query(view)}`, told)),
  };
}
