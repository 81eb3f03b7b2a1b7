/* Paints the outline (sea, land, waters, coast, borders) on one canvas. Knows no features, no state. */
import L from "leaflet";
import { clipRing, inside, misses, thin } from "./clip.js";
import { unitX, unitY } from "./mercator.js";
import { decodeOutline, decodeWaters } from "./outline.js";

/** Canvas beyond each edge of the view, in views, so that a drag shows no blank edge. */
const PAD = 0.5;
/** Width of a river in px, by rank. */
const RIVER_PX = [0, 2.1, 1.6, 1.1];

function trace(ctx, points) {
  if (points.length < 4) return;
  ctx.moveTo(points[0], points[1]);
  for (let i = 2; i < points.length; i += 2) ctx.lineTo(points[i], points[i + 1]);
}

function traceRings(ctx, rings, to, step) {
  for (const ring of rings) {
    if (misses(ring.box, to)) continue;
    let points = thin(ring.xy, to, step);
    if (!inside(ring.box, to)) points = clipRing(points, to);
    trace(ctx, points);
    ctx.closePath();
  }
}

/** Only the runs of a line that come near the target are traced. */
function traceLines(ctx, lines, to, step) {
  for (const line of lines) {
    if (misses(line.box, to)) continue;
    const points = thin(line.xy, to, step);
    let drawing = false;
    for (let i = 2; i < points.length; i += 2) {
      const [ax, ay, bx, by] = [points[i - 2], points[i - 1], points[i], points[i + 1]];
      const away =
        Math.max(ax, bx) < to.x0 ||
        Math.min(ax, bx) > to.x1 ||
        Math.max(ay, by) < to.y0 ||
        Math.min(ay, by) > to.y1;
      if (!away && !drawing) ctx.moveTo(ax, ay);
      if (!away) ctx.lineTo(bx, by);
      drawing = !away;
    }
  }
}

function stroke(ctx, color, width, draw) {
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.beginPath();
  draw();
  ctx.stroke();
}

/** Whole pixels, inwards: a soft edge would show as a thin line of sea colour on land. */
function clipToWindow(ctx, tier, to) {
  const [west, south, east, north] = tier.window;
  const x = Math.ceil(unitX(west) * to.scale - to.x);
  const y = Math.ceil(unitY(north) * to.scale - to.y);
  const right = Math.floor(unitX(east) * to.scale - to.x);
  const bottom = Math.floor(unitY(south) * to.scale - to.y);
  if (right < to.x0 || x > to.x1 || bottom < to.y0 || y > to.y1) return false;
  const [x0, y0] = [Math.max(x, to.x0 - 2), Math.max(y, to.y0 - 2)];
  ctx.beginPath();
  ctx.rect(x0, y0, Math.min(right, to.x1 + 2) - x0, Math.min(bottom, to.y1 + 2) - y0);
  ctx.clip();
  return true;
}

function paintLand(ctx, tier, to, palette, own) {
  for (const mine of [false, true]) {
    const color = mine ? palette.land_own : palette.land_other;
    ctx.beginPath();
    for (const country of tier.countries) {
      if (own.has(country.iso) === mine) traceRings(ctx, country.rings, to, 0.7);
    }
    ctx.fillStyle = color;
    ctx.fill("nonzero");
    // Neighbours share an edge: without this hair of their own colour the sea shows through.
    ctx.strokeStyle = color;
    ctx.lineWidth = 0.6;
    ctx.stroke();
  }
}

/** The rivers that are drawn at a scale: each knows its own zooms. */
export function riversAt(tier, scale) {
  const zoom = Math.log2(scale);
  return tier.rivers.filter(({ zooms }) => zoom >= zooms[0] && zoom <= zooms[1]);
}

function paintWaters(ctx, tier, to, palette) {
  ctx.fillStyle = palette.sea;
  for (const rings of tier.lakes) {
    ctx.beginPath();
    traceRings(ctx, rings, to, 0.7);
    ctx.fill("evenodd");
  }
  stroke(ctx, palette.coast, 0.8, () => tier.lakes.forEach((r) => traceRings(ctx, r, to, 0.7)));
  for (const river of riversAt(tier, to.scale))
    stroke(ctx, palette.river, RIVER_PX[river.rank], () => traceLines(ctx, river.lines, to, 0.7));
}

function paintLines(ctx, tier, to, palette, own) {
  const between = tier.borders.filter((b) => own.has(b.a) && own.has(b.b));
  const other = tier.borders.filter((b) => !between.includes(b));
  const draw = (list) => () => list.forEach((b) => traceLines(ctx, b.lines, to, 0.7));
  stroke(ctx, palette.coast, 0.8, () => traceLines(ctx, tier.coast, to, 0.7));
  stroke(ctx, palette.border_other, 1, draw(other));
  stroke(ctx, palette.border_own_casing, 3.6, draw(between));
  stroke(ctx, palette.border_own, 1.5, draw(between));
}

function paint(ctx, tiers, to, palette, own) {
  ctx.lineJoin = "round";
  ctx.fillStyle = palette.sea;
  ctx.fillRect(to.x0, to.y0, to.x1 - to.x0, to.y1 - to.y0);
  for (const tier of tiers) {
    ctx.save();
    if (!tier.window || clipToWindow(ctx, tier, to)) {
      if (tier.window) {
        ctx.fillStyle = palette.sea;
        ctx.fillRect(to.x0, to.y0, to.x1 - to.x0, to.y1 - to.y0);
      }
      paintLand(ctx, tier, to, palette, own);
      paintWaters(ctx, tier, to, palette);
      paintLines(ctx, tier, to, palette, own);
    }
    ctx.restore();
  }
}

/** @returns {new (tiers: any[], palette: any, own: Set<string>) => L.Layer} */
const BaseLayer = () =>
  L.Layer.extend({
    initialize(tiers, palette, own) {
      this._tiers = tiers;
      this._palette = palette;
      this._own = own;
    },
    onAdd() {
      this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated", this.getPane());
      this._canvas.setAttribute("aria-hidden", "true");
      this._ctx = this._canvas.getContext("2d", { alpha: false });
      this.redraw();
    },
    onRemove() {
      this._canvas.remove();
    },
    getEvents() {
      return {
        moveend: this._settle,
        move: this._follow,
        resize: this.redraw,
        zoom: () => this._stretch(this._map.getCenter(), this._map.getZoom()),
        zoomanim: (event) => this._stretch(event.center, event.zoom),
      };
    },
    redraw() {
      const map = this._map;
      const size = map.getSize();
      if (!size.x || !size.y) return;
      const ratio = window.devicePixelRatio || 1;
      const pad = ratio > 2 ? PAD / 2 : PAD;
      const min = map.containerPointToLayerPoint(size.multiplyBy(-pad)).round();
      const [width, height] = [
        Math.ceil(size.x * (1 + 2 * pad)),
        Math.ceil(size.y * (1 + 2 * pad)),
      ];
      const canvas = this._canvas;
      // Setting a canvas's size clears and reallocates it, so only when it has changed.
      if (
        canvas.width !== Math.round(width * ratio) ||
        canvas.height !== Math.round(height * ratio)
      ) {
        canvas.width = Math.round(width * ratio);
        canvas.height = Math.round(height * ratio);
        canvas.style.width = `${width}px`;
        canvas.style.height = `${height}px`;
      }
      const topLeft = map.getPixelOrigin().add(min);
      this._drawn = { zoom: map.getZoom(), topLeft, width, height };
      const to = {
        scale: 2 ** map.getZoom(),
        x: topLeft.x,
        y: topLeft.y,
        x0: 0,
        y0: 0,
        x1: width,
        y1: height,
      };
      this._ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      paint(this._ctx, this._tiers, to, this._palette, this._own);
      L.DomUtil.setTransform(canvas, min, 1);
    },
    _covers() {
      const drawn = this._drawn;
      if (!drawn || drawn.zoom !== this._map.getZoom()) return false;
      const bounds = this._map.getPixelBounds();
      return (
        bounds.min.x >= drawn.topLeft.x &&
        bounds.min.y >= drawn.topLeft.y &&
        bounds.max.x <= drawn.topLeft.x + drawn.width &&
        bounds.max.y <= drawn.topLeft.y + drawn.height
      );
    },
    /** A drag may leave the painted part: then paint again while it goes on. */
    _follow() {
      if (this._drawn && this._drawn.zoom === this._map.getZoom() && !this._covers()) this.redraw();
    },
    _settle() {
      this.redraw();
    },
    _stretch(center, zoom) {
      const drawn = this._drawn;
      if (!drawn) return;
      const scale = this._map.getZoomScale(zoom, drawn.zoom);
      const offset = drawn.topLeft
        .multiplyBy(scale)
        .subtract(this._map._getNewPixelOrigin(center, zoom));
      L.DomUtil.setTransform(this._canvas, offset, scale);
    },
  });

/**
 * Make the outline's layer, for the pane "cm-base".
 * @returns `{tiers: object[], show, destroy}` tiers as decoded, from below to above; show() adds
 *   it to the map
 */
export function createBase(map, outline, palette, ownCountries) {
  const tiers = outline.tiers.map((tier) => ({
    window: tier.window,
    ...decodeOutline(tier.outline),
    ...decodeWaters(tier.waters),
  }));
  const Layer = BaseLayer();
  const layer = new Layer(tiers, palette, new Set(ownCountries));
  layer.options.pane = "cm-base";
  return { tiers, show: () => layer.addTo(map), destroy: () => layer.remove() };
}

export { clipToWindow, traceLines, traceRings };
