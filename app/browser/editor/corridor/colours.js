/* Tells how far colours are apart, also for eyes that mix some of them up. Draws nothing.

   Colours are changed as the three colour vision deficiencies change them, at full severity
   (Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
   Deficiency", IEEE TVCG 15/6, 2009), and compared as CIEDE2000 differences (Sharma, Wu and Dalal,
   "The CIEDE2000 Color-Difference Formula", Color Research and Application 30/1, 2005). */

/** Two signs whose colours differ by less are easily taken for one another. */
const SMALLEST = 15;

/** @type {{ id: string, label: string, matrix: number[][] }[]} */
const VISIONS = [
  {
    id: "normal",
    label: "usual sight",
    matrix: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  },
  {
    id: "deuteranopia",
    label: "deuteranopia (green-blind)",
    matrix: [
      [0.367322, 0.860646, -0.227968],
      [0.280085, 0.672501, 0.047413],
      [-0.01182, 0.04294, 0.968881],
    ],
  },
  {
    id: "protanopia",
    label: "protanopia (red-blind)",
    matrix: [
      [0.152286, 1.052583, -0.204868],
      [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
  },
  {
    id: "tritanopia",
    label: "tritanopia (blue-blind)",
    matrix: [
      [1.255528, -0.076749, -0.178779],
      [-0.078411, 0.930809, 0.147602],
      [0.004733, 0.691367, 0.3039],
    ],
  },
];
const TO_XYZ = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];
const D65 = [0.95047, 1, 1.08883];
const EPSILON = 216 / 24389;
const KAPPA = 24389 / 27;

const times = (matrix, by) =>
  matrix.map((row) => row.reduce((sum, one, i) => sum + one * by[i], 0));
const within = (value) => Math.min(1, Math.max(0, value));
const toLinear = (s) => (s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4);
const toSrgb = (l) => (l <= 0.0031308 ? 12.92 * l : 1.055 * l ** (1 / 2.4) - 0.055);
const radians = (degrees) => (degrees * Math.PI) / 180;

/** @param {string} hex @param {number[][]} matrix a vision's */
function linearOf(hex, matrix) {
  const rgb = [1, 3, 5].map((at) => toLinear(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  return times(matrix, rgb).map(within);
}

/** A colour as a vision sees it, as hex. @param {string} hex @param {number[][]} matrix */
function seen(hex, matrix) {
  const parts = linearOf(hex, matrix).map((l) => Math.round(toSrgb(l) * 255));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** CIE L*a*b* of a colour as a vision sees it. @param {string} hex @param {number[][]} matrix */
function labOf(hex, matrix) {
  const ratios = times(TO_XYZ, linearOf(hex, matrix)).map((value, i) => value / D65[i]);
  const [x, y, z] = ratios.map((r) => (r > EPSILON ? Math.cbrt(r) : (KAPPA * r + 16) / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const hue = (a, b) => ((((Math.atan2(b, a) * 180) / Math.PI) % 360) + 360) % 360;

function meanHue(one, two) {
  if (Math.abs(one - two) <= 180) return (one + two) / 2;
  return ((one + two + 360) / 2) % 360;
}

/** The CIEDE2000 difference of two colours in CIE L*a*b*. @param {number[]} one @param {number[]} two */
function ciede2000(one, two) {
  const [l1, a1, b1] = one;
  const [l2, a2, b2] = two;
  const mean = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 1.5 - 0.5 * Math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7));
  const [c1, c2] = [Math.hypot(a1 * g, b1), Math.hypot(a2 * g, b2)];
  const [h1, h2] = [hue(a1 * g, b1), hue(a2 * g, b2)];
  const turn = c1 * c2 ? ((h2 - h1 + 540) % 360) - 180 : 0;
  const tone = 2 * Math.sqrt(c1 * c2) * Math.sin(radians(turn / 2));
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const h = radians(c1 * c2 ? meanHue(h1, h2) : h1 + h2);
  const t =
    1 -
    0.17 * Math.cos(h - radians(30)) +
    0.24 * Math.cos(2 * h) +
    0.32 * Math.cos(3 * h + radians(6)) -
    0.2 * Math.cos(4 * h - radians(63));
  const bend = 30 * Math.exp(-((((h * 180) / Math.PI - 275) / 25) ** 2));
  const turned = -Math.sin(radians(2 * bend)) * 2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7));
  const light = (l2 - l1) / (1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2));
  const chroma = (c2 - c1) / (1 + 0.045 * c);
  const hued = tone / (1 + 0.015 * c * t);
  return Math.sqrt(light ** 2 + chroma ** 2 + hued ** 2 + turned * chroma * hued);
}

/**
 * The pairs of layers whose colours are too near for some eyes, the nearest first.
 * @param {{ title: string, color: string }[]} layers
 * @returns {{ one: string, two: string, visions: string[], least: number }[]}
 */
function tooNear(layers) {
  const pairs = layers.flatMap((one, i) => layers.slice(i + 1).map((two) => [one, two]));
  const judged = pairs.map(([one, two]) => {
    const apart = VISIONS.map(({ label, matrix }) => ({
      label,
      by: ciede2000(labOf(one.color, matrix), labOf(two.color, matrix)),
    }));
    return {
      one: one.title,
      two: two.title,
      visions: apart.filter(({ by }) => by < SMALLEST).map(({ label }) => label),
      least: Math.min(...apart.map(({ by }) => by)),
    };
  });
  return judged.filter(({ visions }) => visions.length).sort((a, b) => a.least - b.least);
}

export { ciede2000, labOf, SMALLEST, seen, tooNear, VISIONS };
