/* A sign as a small picture in a list. Decides no look. */

import { el } from "../../tools/dom.js";
import { swatch as picture } from "./signs.js";

/** A sign as a small picture, or an empty box where the document lacks it. @param {Model} model */
export function swatch(model, key, widthPx, heightPx) {
  const sign = key && model.sign(key);
  // A glyph is wider than high: drawn in a taller box it fills the row better.
  const drawnPx = sign && sign.type === "point" ? Math.round(heightPx * 1.45) : heightPx;
  const box = el("span.cmp-swatch", { "aria-hidden": "true" });
  // Set so, and not as an attribute, a page's policy against inline styles lets it pass.
  Object.assign(box.style, { width: `${widthPx}px`, height: `${heightPx}px` });
  if (sign) box.append(picture(sign, widthPx, drawnPx));
  return box;
}
