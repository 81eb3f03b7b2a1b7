/* Keeps the article's text in this browser, where the page's reading panel finds it too. */

/** @returns `{read(): string, write(text): boolean}` write tells whether the browser kept it */
export function articleKeep(corridorId) {
  // The same key as in articletext.js.
  const key = `corridormap-article-${corridorId}`;
  /** @type {any} */
  let kept = null;
  const quietly = (work) => {
    try {
      return work(window.localStorage);
    } catch (error) {
      if (error instanceof DOMException) return null;
      throw error;
    }
  };
  return {
    read: () => (kept === null ? quietly((store) => store.getItem(key)) || "" : kept),
    write(text) {
      kept = text;
      const done = quietly((store) => {
        if (text) store.setItem(key, text);
        else store.removeItem(key);
        return true;
      });
      return Boolean(done);
    },
  };
}
