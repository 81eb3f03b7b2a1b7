/*
 * Stands in for what Folium's markers and popups would fetch: Leaflet's picture of a pin,
 * AwesomeMarkers (folium.Icon: the colour, without the glyph) and the two uses that Folium makes
 * of jQuery. A plugin that brings the real ones along comes later, and replaces these.
 */
(function () {
  "use strict";
  const COLOURS = {
    red: "#d63e2a", darkred: "#a23336", lightred: "#ff8e7f", orange: "#f69730",
    beige: "#ffcb92", green: "#72b026", darkgreen: "#728224", lightgreen: "#bbf970",
    blue: "#38a9dc", darkblue: "#0065a0", cadetblue: "#436978", lightblue: "#8adaff",
    purple: "#d051b8", darkpurple: "#5b396b", pink: "#ff91ea", white: "#fbfbfb",
    gray: "#575757", lightgray: "#a3a3a3", black: "#303030",
  };
  const SIZE = { iconSize: [25, 41], iconAnchor: [12, 41], popupAnchor: [1, -34] };

  function pin(colour) {
    const path = "M12.5 .7a11.8 11.8 0 0 0-11.8 11.8c0 8 11.8 27.8 11.8 27.8s11.8-19.8 11.8-27.8A11.8 11.8 0 0 0 12.5 .7z";
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg" width="25" height="41">` +
      `<path d="${path}" fill="${colour}" stroke="#ffffff"/>` +
      `<circle cx="12.5" cy="12.5" r="4" fill="#ffffff"/></svg>`;
    return `data:image/svg+xml,${encodeURIComponent(svg)}`;
  }

  const usual = pin(COLOURS.blue);
  L.Icon.Default.imagePath = "";
  L.Icon.Default.mergeOptions({ iconUrl: usual, iconRetinaUrl: usual, shadowUrl: "", ...SIZE });
  L.AwesomeMarkers = {
    icon: (options) =>
      L.icon({ iconUrl: pin(COLOURS[options && options.markerColor] || COLOURS.blue), ...SIZE }),
  };

  // The page says its own credits; those of tiles that a user adds are due as well.
  L.Map.addInitHook(function () {
    this.on("layeradd", ({ layer }) => {
      if (this.attributionControl || !(layer.getAttribution && layer.getAttribution())) return;
      this.attributionControl = L.control.attribution({ position: "topleft", prefix: false });
      this.attributionControl.addTo(this);
    });
  });

  function nodesOf(markup) {
    const holder = document.createElement("template");
    holder.innerHTML = markup.trim();
    return [...holder.content.childNodes];
  }

  window.$ = (what) =>
    typeof what === "string"
      ? nodesOf(what)
      : { ready: (then) => document.addEventListener("DOMContentLoaded", then) };
})();
