/* Tell in a published edition's page that a newer edition exists, if the site says so. */

/**
 * @typedef {{ corridor: string, number: number, short: string, list: string }} Edition
 * @typedef {{ number: number, title: string, day: string, why: string, short: string }} Listed
 */

const TOOK_TOO_LONG_MS = 8_000;
const MOST_LETTERS = 300;

/**
 * @param {unknown} value what the site says
 * @param {Edition} own
 * @returns {Listed[]} its editions, if it is the site that this page is of
 */
const listed = (value, own) => {
  const said = /** @type {{ corridor?: unknown, editions?: unknown } | null} */ (value);
  if (said?.corridor !== own.corridor || !Array.isArray(said.editions)) return [];
  const all = /** @type {Listed[]} */ (said.editions);
  const isOwn = (/** @type {Listed} */ one) =>
    one?.number === own.number && one.short === own.short;
  return all.some(isOwn) ? all.filter((one) => Number.isInteger(one?.number)) : [];
};

/** @param {unknown} text @returns {string} */
const short = (text) => (typeof text === "string" ? text.slice(0, MOST_LETTERS) : "");

/**
 * @param {Listed} newest
 * @param {Edition} own
 * @returns {HTMLElement}
 */
const notice = (newest, own) => {
  const element = document.createElement("p");
  element.className = "cm-newer-edition";
  element.setAttribute("role", "status");
  const link = document.createElement("a");
  link.href = "../../index.html";
  link.textContent = "What changed, and the newest edition";
  element.append(
    `This is edition ${own.number}. Edition ${newest.number} is newer: ${short(newest.why)} `,
    link,
  );
  element.style.cssText =
    "flex:none;margin:0;padding:8px 16px;background:#7a2e00;color:#fff;" +
    "font:15px/1.4 system-ui,sans-serif;text-align:center";
  link.style.cssText = "color:#fff;font-weight:700";
  return element;
};

/** @param {HTMLElement} element put above the map, which gives way and stays whole */
const show = (element) => {
  document.body.style.cssText = "display:flex;flex-direction:column;height:100dvh";
  for (const map of document.querySelectorAll("body > .corridormap")) {
    if (map instanceof HTMLElement) map.style.cssText += ";flex:1;min-height:0;--cm-height:100%";
  }
  document.body.prepend(element);
};

const tell = async () => {
  const text = document.getElementById("corridormap-edition")?.textContent;
  if (!text || !location.protocol.startsWith("http")) return;
  const own = /** @type {Edition} */ (JSON.parse(text));
  const answer = await fetch(own.list, {
    cache: "no-cache",
    signal: AbortSignal.timeout(TOOK_TOO_LONG_MS),
  });
  if (!answer.ok) return;
  const newer = listed(await answer.json(), own).filter((one) => one.number > own.number);
  const newest = newer.at(-1);
  if (newest) show(notice(newest, own));
};

// Offline, or kept somewhere else, the page says nothing of it.
tell().catch(() => undefined);
