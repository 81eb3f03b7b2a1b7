/* Asks the server about a file that was read: what its rows become, and the operations that make a
   layer of it or bring one up to date. */

/**
 * @param {any} env {host, draft, upload, look, head(upload), repairs(): any}
 */
export function createQuestions({ host, draft, upload, look, head, repairs }) {
  /** What every question says of the file and of the draft's sources. */
  const asked = () => ({
    ...head(upload),
    layer: look.layers.length > 1 ? look.layer : upload.layer,
    accept: repairs() ? repairs().accepted() : [],
    leave_out: repairs() ? repairs().leftOut() : [],
    kinds: draft.kinds(),
    sources: Object.fromEntries(draft.sources().map(({ id, title }) => [id, String(title || "")])),
  });
  const inDraft = () => ({
    taken: draft
      .layers()
      .flatMap(({ id }) => draft.features(id).map((feature) => String(feature.id))),
    layers: draft.layers().map(({ id }) => id),
  });
  const send = (more, options) => host.send(upload.files, { ...asked(), ...more }, options);

  return {
    rows: (rows) => send({ rows }, { signal: new AbortController().signal }),
    layer: (wish, signal) => send({ ...inDraft(), wish }, { signal }),
    edition: (edition, signal) =>
      send({ ...inDraft(), edition }, { signal, features: draft.features(edition.recipe.id) }),
  };
}
