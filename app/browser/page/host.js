/* Streamlit's component: takes the map that the page's head has started, or starts it, and
   tells Python every view. A rerun of the page's script leaves the map as it is. */

/** The program of the page; the same one where the head has begun to load it. */
const program = (address) =>
  // This file runs from a blob, which no address is relative to.
  import(new URL(address, document.baseURI).href).catch(() => {
    throw new Error("its program could not be loaded.");
  });

export default function ({ data, parentElement, setStateValue }) {
  const place = parentElement.querySelector(".corridormap-place");
  if (!place || place.firstChild) return;
  program(data.script)
    .then(({ start }) => start(data))
    .then((page) => {
      page.moveTo(place);
      page.connect((view) => setStateValue("view", view));
    })
    .catch((error) => {
      place.textContent = `The map could not be shown: ${error.message}`;
      place.setAttribute("role", "alert");
    });
}
