/* The rest one can take away beside a picture: embed code, the data, the atlas; and the way back
   from a file to its view. Draws no picture and keeps no choice. */

import { el } from "../../tools/dom.js";
import { check, save, stopped } from "../../tools/handover.js";
import { embedCode } from "./embed.js";

const SAID_MS = 2000;
const PX_PER_INCH = 96;

/** A button that says for a moment that it has done its work. */
function moreButton(text, done, work) {
  const label = el("span.cmp-more-text", {}, text);
  const button = el("button.cmp-more-button", {}, label);
  let timer = 0;
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    const ok = await work((words) => (label.textContent = words));
    button.removeAttribute("aria-disabled");
    label.textContent = ok && done ? done : text;
    clearTimeout(timer);
    timer = setTimeout(() => (label.textContent = text), SAID_MS);
  });
  return button;
}

/** Run a piece of work; what goes wrong becomes one notice. @returns whether it went well */
async function tried(env, failed, work) {
  try {
    await work();
    return true;
  } catch (error) {
    if (!stopped(error)) env.fail(`${failed} ${error.message}`);
    return false;
  }
}

/** Width and height in CSS px of a file of a size such as "3200x2000 px" or "297x210 mm". */
function sidesPx(choices, choice, size) {
  const [, width, height, unit] = /^([\d.]+)x([\d.]+) (px|mm)$/.exec(size) || [];
  if (!unit) return {};
  const dpi = choice.format === "png" ? choices.dpi(choice) : PX_PER_INCH;
  const px = (side) =>
    Math.round(Number(side) * (unit === "mm" ? PX_PER_INCH / 25.4 : PX_PER_INCH / dpi));
  return { width: px(width), height: px(height) };
}

function embedButton(env) {
  return moreButton("Copy embed code", "Copied", () =>
    tried(env, "The embed code could not be copied.", async () => {
      const choice = env.arranged.whole(env.form.choice());
      const told = await env.host.describe(env.view(), { ...choice, alt: env.form.written() });
      const file = {
        format: choice.format,
        filename: told.filename,
        title: env.title(),
        alt: told.alt_text,
      };
      await env.host.copyText(embedCode({ ...file, ...sidesPx(env.choices, choice, told.size) }));
      env.frame.announce("Embed code copied");
    }),
  );
}

function dataButton(env) {
  return moreButton("Save the data (ZIP)", "", (say) =>
    tried(env, "The data could not be saved.", async () => {
      say("Packing the data");
      const { blob, filename } = await env.host.saveData(env.view());
      save(await check(blob, "zip"), filename);
      env.frame.announce("Data ready");
    }),
  );
}

function atlasButton(env) {
  const progress = el("progress.cmp-progress", {
    "aria-label": "Pages of the atlas",
    hidden: true,
  });
  const button = moreButton("Atlas (PDF)", "", async (say) => {
    progress.removeAttribute("value");
    progress.hidden = false;
    say("Drawing the atlas");
    const ok = await tried(env, "The atlas could not be drawn.", async () => {
      const { blob, filename } = await env.host.atlas(env.view(), (page, pages) => {
        progress.max = pages;
        progress.value = page;
        say(`Page ${page} of ${pages}`);
      });
      save(await check(blob, "pdf"), filename);
      env.frame.announce("Atlas ready");
    });
    progress.hidden = true;
    return ok;
  });
  return [button, progress];
}

function openButton(env) {
  const input = el("input.cmp-only-read", {
    type: "file",
    accept: ".png,.svg,.pdf,.html",
    tabindex: -1,
    "aria-hidden": "true",
    onchange: () => {
      const [chosen] = input.files ?? [];
      if (chosen) env.restore(chosen);
      input.value = "";
    },
  });
  return [
    el("button.cmp-more-button", { onclick: () => input.click() }, "Open the view of a file"),
    input,
  ];
}

/** @param {any} env {frame, host, form, title(), view(), restore(file), fail(text)} */
export function createExportMore(env) {
  const { host } = env;
  return el(
    "div.cmp-more",
    { role: "group", "aria-label": "More to take away" },
    host.copyText ? embedButton(env) : null,
    host.readFile ? openButton(env) : null,
    host.saveData ? dataButton(env) : null,
    host.atlas ? atlasButton(env) : null,
  );
}
