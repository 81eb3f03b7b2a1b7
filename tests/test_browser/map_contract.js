/* Reads off a page what its map shows, by the rectangles of its elements and the places of the
   document; nothing that the map says of itself. Part of test_map_contract.py. */
() => {
  const { leaflet, model, store } = window.mounted;
  const frame = leaflet.getContainer().getBoundingClientRect();
  const size = [frame.width, frame.height];
  const at = (x, y) => [x - frame.left, y - frame.top];
  const boxOf = (nodes) => {
    const all = nodes.map((node) => node.getBoundingClientRect()).filter((r) => r.width > 0);
    if (!all.length) return null;
    const [x0, y0] = at(Math.min(...all.map((r) => r.left)), Math.min(...all.map((r) => r.top)));
    const [x1, y1] = at(
      Math.max(...all.map((r) => r.right)),
      Math.max(...all.map((r) => r.bottom)),
    );
    return [x0, y0, x1, y1];
  };
  /** With the pens of its strokes, which no rectangle of an element holds. */
  const penned = (nodes) => {
    const boxes = nodes.map((node) => {
      const box = boxOf([node]);
      const flat = node.getBoundingClientRect();
      const pen = (Number(node.getAttribute("stroke-width")) || 0) / 2;
      // Past its ends a straight line has no pen.
      const [x, y] = [flat.height && pen, flat.width && pen];
      return box && [box[0] - x, box[1] - y, box[2] + x, box[3] + y];
    });
    const all = boxes.filter((box) => box !== null);
    if (!all.length) return null;
    const ends = [0, 1].map((i) => Math.min(...all.map((box) => box[i])));
    return [...ends, ...[2, 3].map((i) => Math.max(...all.map((box) => box[i])))];
  };
  const project = ([lon, lat]) => {
    const { x, y } = leaflet.latLngToContainerPoint([lat, lon]);
    return [x, y];
  };
  const drawn = (node) =>
    [...node.querySelectorAll("path, circle, rect, text")].filter(
      (part) => !part.matches(".cmm-hit, .cmm-hit-fill, [fill-opacity='0']"),
    );
  const points = {};
  const shapes = {};
  for (const { id, geometry, kind, place, claims } of model.visible(store.get())) {
    const { type, coordinates } = geometry;
    if (/Point$/.test(type)) {
      const all = type === "Point" ? [coordinates] : coordinates;
      const wrapper = document.querySelector(`.cmm-feature[data-feature="${CSS.escape(id)}"]`);
      const marks = [...(wrapper?.children ?? [])].map((mark) => {
        const hit = boxOf([mark.querySelector(".cmm-hit-fill")]);
        return { at: [(hit[0] + hit[2]) / 2, (hit[1] + hit[3]) / 2], box: penned(drawn(mark)) };
      });
      points[id] = { kind, place, claims, true: all.map(project), marks };
    } else {
      const deep = { LineString: 1, MultiLineString: 0, Polygon: 0, MultiPolygon: -1 }[type];
      const paths = deep === 1 ? [coordinates] : deep === 0 ? coordinates : coordinates.flat();
      const drawnOf = document.querySelectorAll(
        `.cmm-feature[data-feature="${CSS.escape(id)}"] path:not(.cmm-hit)`,
      );
      const pens = [...drawnOf].map((path) => Number(path.getAttribute("stroke-width")) || 0);
      shapes[id] = {
        area: /Polygon$/.test(type),
        claims,
        half: Math.max(0, ...pens) / 2,
        paths: paths.map((p) => p.map(project)),
      };
    }
  }
  const labels = [...document.querySelectorAll(".cmm-label-feature")]
    .filter((node) => node.querySelector("text"))
    .map((node) => ({
      id: node.dataset.label,
      text: [...node.querySelectorAll("text")].map((t) => t.textContent).join(" "),
      box: boxOf([...node.querySelectorAll("text")]),
    }));
  const leaders = [...document.querySelectorAll(".cmm-leader")].map((node) => {
    const path = node.querySelector("path");
    const matrix = path.getScreenCTM();
    const ends = [0, path.getTotalLength()].map((along) => {
      const p = path.getPointAtLength(along).matrixTransform(matrix);
      return at(p.x, p.y);
    });
    return { id: node.dataset.label, ends, dot: boxOf([node.querySelector("circle")]) };
  });
  const badges = [...document.querySelectorAll(".cmm-badge")].map((node) => ({
    of: node.dataset.of,
    text: node.textContent,
    box: boxOf([node.querySelector("rect")]),
  }));
  const under = [...document.querySelectorAll("[data-stand]:not(.cmm-tag)")].flatMap((node) =>
    drawn(node).map((part) => boxOf([part])),
  );
  const claims = [...document.querySelectorAll(".cmp-claim-item")].map((item) => ({
    id: item.dataset.claim,
    number: Number(item.querySelector(".cmp-num").textContent),
    out: item.classList.contains("is-out"),
    unmarked: item.querySelector(".cmp-unmarked").hidden
      ? ""
      : item.querySelector(".cmp-unmarked").textContent,
  }));
  const over = [...document.querySelectorAll(".cmp-stage > :not(.cmp-map, .cmp-leader)")].concat([
    ...document.querySelectorAll(".cmm-buttons, .cmm-scale, .cmm-credit"),
  ]);
  const panels = over.map((node) => boxOf([node])).filter((box) => box !== null);
  const count = document.querySelector(".cmp-claim-count").textContent;
  return { size, points, shapes, labels, leaders, badges, under, claims, panels, count };
};
