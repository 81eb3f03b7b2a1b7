/* Sends files to the server that looks at them and makes layers of them: one line of JSON that
   names them, then their bytes. Keeps nothing; the server keeps nothing either. */

/** @param {any} edit host.edit */
export function createUploads(edit) {
  /** @type {any} */
  let offered = null;

  /**
   * @param {any[]} files @param {any} head
   * @param {{signal: AbortSignal, features?: any[]|null}} how features: the layer that a next
   *   edition is held against
   */
  async function send(files, head, { signal, features = null }) {
    const named = files.map(({ name, file }) => ({ name, size: file.size }));
    const held = features && new Blob([JSON.stringify({ type: "FeatureCollection", features })]);
    const line = `${JSON.stringify({ files: named, ...head, held: held ? held.size : null })}\n`;
    const body = new Blob([line, ...files.map(({ file }) => file), ...(held ? [held] : [])], {
      type: "application/octet-stream",
    });
    return (await edit.ask("edit/upload", { method: "POST", body, signal })).json();
  }

  return {
    /** What a file and a layer may be; asked once. */
    async offered() {
      offered = offered || (await (await edit.ask("edit/upload")).json());
      return offered;
    },
    send,
    async crs(words) {
      const answer = await edit.ask(`edit/crs?${new URLSearchParams({ q: words })}`);
      return (await answer.json()).found;
    },
  };
}
