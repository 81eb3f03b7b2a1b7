/* Reads whole numbers that geo/outline/packing.py wrote as Base64 VLQ. Knows no map. */

const DIGITS = new Uint8Array(128);
[..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].forEach((digit, i) => {
  DIGITS[digit.charCodeAt(0)] = i;
});

/** @param {string} text */
export function unpack(text) {
  /** @type {number[]} */
  const numbers = [];
  let value = 0;
  let shift = 1;
  for (let i = 0; i < text.length; i += 1) {
    const digit = DIGITS[text.charCodeAt(i)];
    value += (digit % 32) * shift;
    shift *= 32;
    if (digit > 31) continue;
    const half = Math.floor(value / 2);
    numbers.push(value % 2 ? -half : half);
    [value, shift] = [0, 1];
  }
  return numbers;
}
