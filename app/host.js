/* Runs the map's script inside a Streamlit page: fetches what it needs from this server,
   keeps the page's address and Streamlit's state at the view that is on the screen. */

/** Load a script once; later calls wait for the same load. */
function script(url) {
  const loads = (window.__corridormapLoads = window.__corridormapLoads || new Map());
  if (!loads.has(url)) {
    loads.set(
      url,
      new Promise((resolve, reject) => {
        const element = document.createElement("script");
        element.src = url;
        element.onload = resolve;
        element.onerror = () => reject(new Error("The map's program could not be loaded."));
        document.head.append(element);
      }),
    );
  }
  return loads.get(url);
}

function style(url) {
  if (document.querySelector(`link[rel="stylesheet"][href="${url}"]`)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const element = document.createElement("link");
    element.rel = "stylesheet";
    element.href = url;
    element.onload = resolve;
    element.onerror = () => reject(new Error("The map's style could not be loaded."));
    document.head.append(element);
  });
}

async function json(url) {
  const answer = await fetch(url);
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.error || `The server answered ${answer.status}.`);
  return value;
}

/** The query that names a view; the same words as layers/view.py. */
function query(view) {
  const words = new URLSearchParams();
  if (view.bbox) words.set("bbox", view.bbox.map((degrees) => degrees.toFixed(5)).join(","));
  words.set("layers", view.layers.join(","));
  words.set("date", view.date);
  if (view.selected) words.set("sel", view.selected);
  if (view.claim) words.set("claim", view.claim);
  if (view.basemap !== "outline") words.set("base", view.basemap);
  return words.toString().replaceAll("%2C", ",");
}

async function mountMap(parent, data, component) {
  const [documentJson, outline] = await Promise.all([
    json(data.document),
    json(data.outline),
    script(data.script),
    style(data.style),
  ]);
  const host = {
    online: true,
    async snapshot(view, { width_px: width = 1600, height_px: height = 1000 } = {}) {
      const answer = await fetch(`${data.snapshot}?${query(view)}&size=${width}x${height}`);
      if (!answer.ok) throw new Error((await answer.json()).error);
      const named = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "");
      return { blob: await answer.blob(), filename: named ? named[1] : "corridormap.png" };
    },
    async copyLink() {
      await navigator.clipboard.writeText(window.location.href);
    },
    viewChanged(view) {
      window.history.replaceState(window.history.state, "", `?${query(view)}`);
      component.setStateValue("view", view);
    },
  };
  /* The name that the map's script looks for. */
  const corridormap = {
    document: documentJson,
    outline,
    view: { ...data.view, notices: data.notices.map((text) => ({ text })) },
    host,
  };
  /*MAP_SCRIPT*/
}

export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".corridormap");
  /* A rerun of the page's script calls this again: the map on the screen stays as it is. */
  if (!root || root.dataset.mounted) return;
  root.dataset.mounted = "true";
  mountMap(root, data, component).catch((error) => {
    root.textContent = `The map could not be shown: ${error.message}`;
    root.setAttribute("role", "alert");
  });
}
