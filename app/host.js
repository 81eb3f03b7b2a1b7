/* Streamlit's component: takes the map that the page's head has started, or starts it, and
   tells Python every view. A rerun of the page's script leaves the map as it is. */

function program(url) {
  if (window.CorridormapPage) return Promise.resolve();
  const found = document.querySelector(`script[src="${url}"]`);
  const element = found || Object.assign(document.createElement("script"), { src: url });
  const loaded = new Promise((resolve, reject) => {
    element.addEventListener("load", resolve);
    element.addEventListener("error", () => reject(new Error("its program could not be loaded.")));
  });
  if (!found) document.head.append(element);
  return loaded;
}

export default function ({ data, parentElement, setStateValue }) {
  const place = parentElement.querySelector(".corridormap-place");
  if (!place || place.firstChild) return;
  program(data.script)
    .then(() => window.CorridormapPage.start(data))
    .then((page) => {
      page.moveTo(place);
      page.connect((view) => setStateValue("view", view));
    })
    .catch((error) => {
      place.textContent = `The map could not be shown: ${error.message}`;
      place.setAttribute("role", "alert");
    });
}
