/* The editor's panel "Article": gives the text, chooses a passage of it, writes the claim. Keeps
   text, lists, form and draft in step; draws no field itself. */

import { el, elementIn, fill } from "../../tools/dom.js";
import { articleOf } from "./article.js";
import { claimForm } from "./form.js";
import { giveArticle } from "./give.js";
import { annotationList, sentenceList } from "./list.js";
import { passageView } from "./passage.js";
import { passageAt, passageQuote, passageRound } from "./passage_words.js";
import { candidateButtons, suggestList } from "./suggest.js";

const QUOTE_WORDS = 12;
const VIEWS = [
  ["text", "Text"],
  ["sentences", "Sentences"],
  ["names", "Names"],
  ["claims", "Claims"],
];

function create(ctx) {
  const { draft } = ctx;
  const article = articleOf(ctx, refresh);
  const text = article.text;
  const view = passageView({ choose: drawDock, write: write, name: showName });
  const names = suggestList({ draft, onTake: takeName, onFind: find });
  const claims = annotationList({ ctx, onEdit: (id) => editClaim(id) });
  const sentences = sentenceList({ onWrite: (passage) => write(shortened(passage)) });
  const main = el("div.cma-main");
  const dock = el("div.cma-dock", { hidden: true });
  const buttons = VIEWS.map(([id, title]) =>
    el(
      "button.cma-view",
      { "data-view": id, "aria-pressed": "false", onclick: () => choose(id) },
      title,
    ),
  );
  const head = el("div.cma-head");
  const element = el("div.cma-panel", {}, main);
  let mode = "text";
  /** @type {any} */
  let form = null;
  /** @type {any} */
  let known = null;

  const most = () => article.world().most;
  const shortened = (passage) => passageRound(text(), passage, most() || Infinity);

  function refresh() {
    if (form) form.setFound(article.found(), text());
    draw();
  }

  function draw() {
    if (form || !element.contains(head)) return;
    const now = text() ? article.marks() : { names: [] };
    if (!text()) mode = "claims";
    const tally = { names: now.names.length, claims: draft.annotations().length };
    for (const button of buttons) {
      const n = tally[button.dataset.view];
      button.setAttribute("aria-pressed", String(button.dataset.view === mode));
      const title = VIEWS.find(([id]) => id === button.dataset.view)?.[1] ?? "";
      button.textContent = n === undefined ? title : `${title} ${n}`;
    }
    fill(
      head,
      el(
        "div.cma-head-row",
        {},
        el("span.cma-title", { dir: "auto" }, article.details().title || "Article"),
        el(
          "button.cmp-text-button",
          { onclick: () => give() },
          text() ? "Change the text" : "Give the text",
        ),
      ),
      text()
        ? el("div.cma-views", { role: "group", "aria-label": "Show the article as" }, buttons)
        : null,
    );
    if (mode === "text") view.show(text(), now);
    if (mode === "names") names.draw(now.names);
    if (mode === "claims") claims.draw(article.statuses());
    if (mode === "sentences") sentences.draw(text());
  }

  function showMain() {
    if (!text()) mode = "claims";
    const shown = { text: view, names, claims, sentences }[mode];
    fill(element, head, fill(main, shown.element), dock);
    draw();
    drawDock(mode === "text" ? view.passage() : null);
  }

  function choose(next) {
    mode = next;
    showMain();
    elementIn(element, `[data-view="${next}"]`)?.focus({ preventScroll: true });
  }

  function give() {
    const giving = giveArticle({
      edit: ctx.edit,
      details: article.details(),
      text: text() ? text().given : "",
      claims: draft.annotations().length,
      onUse: use,
      onCancel: showMain,
      isFirst: !text(),
    });
    fill(element, giving.element);
    if (text()) giving.focus();
  }

  /** @returns what hinders, or nothing */
  async function use(given) {
    const { problem, kept } = await article.use(given);
    if (problem) return problem;
    mode = "text";
    showMain();
    view.focus();
    ctx.say(
      kept
        ? "The text is kept in this browser."
        : "This browser keeps no texts: give it again next time.",
    );
    return "";
  }

  function drawDock(passage) {
    if (form?.choosing) return drawChoosing(passage);
    dock.hidden = !passage;
    if (!passage) return undefined;
    const { words } = passageQuote(text(), passage);
    const long =
      most() && words > most()
        ? el("p.cma-warning", {}, `This corridor quotes at most ${most()} words.`)
        : null;
    fill(
      dock,
      long,
      el(
        "div.cma-dock-row",
        {},
        el("button.cmp-btn.is-main", { onclick: () => write(passage) }, "Write a claim"),
        el("button.cmp-btn", { onclick: () => view.select(null) }, "Clear"),
      ),
    );
    return undefined;
  }

  function showName(name) {
    dock.hidden = false;
    fill(
      dock,
      el(
        "div.cma-dock-row",
        {},
        el("p.cma-dock-text", {}, "“", el("bdi", {}, name.text), "” may be:"),
        el("button.cmp-text-button", { onclick: () => drawDock(view.passage()) }, "None of these"),
      ),
      candidateButtons({
        draft,
        candidates: name.candidates,
        onTake: (candidate) => takeName(name, candidate),
      }),
    );
    elementIn(dock, ".cma-candidate")?.focus({ preventScroll: true });
  }

  /** A candidate was accepted: a claim about it, from the words round its name. */
  function takeName(name, candidate) {
    const at = passageAt(text(), name.from, name.to);
    if (!at) return;
    const now = view.passage();
    const inside = now && now.first <= at.first && now.last >= at.last;
    openForm({ passage: inside ? now : passageRound(text(), at, most() || QUOTE_WORDS) });
    form.take(candidate);
  }

  function find(name) {
    choose("text");
    view.select(passageAt(text(), name.from, name.to));
    view.focus();
  }

  function write(passage) {
    if (form?.choosing) return chosen(passage);
    return openForm({ passage });
  }

  function editClaim(id) {
    openForm({
      annotation: draft.annotation(id).annotation,
      passage: article.passageOf(id),
      status: article.statuses().get(id),
    });
  }

  /** @param {{ annotation?: any, passage?: any, status?: string }} about */
  function openForm({ annotation = null, passage = null, status = "" }) {
    closeForm();
    form = claimForm({
      ctx,
      text: text(),
      world: article.world(),
      annotation,
      passage,
      status,
      found: article.found(),
      onDone: done,
      onCancel: leave,
      onPassage: choosePassage,
      onDraw: drawNew,
    });
    fill(element, form.element);
    element.scrollTop = 0;
    form.focus();
  }

  function closeForm() {
    if (form) form.stop();
    form = null;
    known = null;
  }

  function done(id) {
    closeForm();
    if (text()) view.select(null);
    showMain();
    const row = id && element.querySelector(`[data-claim="${CSS.escape(id)}"]`);
    if (row) row.focus();
    else if (mode === "text") view.focus();
    if (id && ctx.model.document.claims.some((claim) => claim.id === id))
      ctx.store.set({ claim: id });
  }

  /** Back to the text; what was written and not sent is asked about first. */
  function leave() {
    if (form.unsent() && !element.querySelector(".cma-question")) return ask();
    closeForm();
    showMain();
    return undefined;
  }

  function ask() {
    const stay = () => {
      question.remove();
      form.focus();
    };
    const question = el(
      "div.cma-question",
      { role: "alertdialog", "aria-label": "Unfinished claim" },
      el("p", {}, "Leave without what you wrote here?"),
      el(
        "div.cma-dock-row",
        {},
        el("button.cmp-btn.is-main", { onclick: stay }, "Go on with it"),
        el("button.cmp-btn", { onclick: leave }, "Leave it"),
      ),
    );
    element.prepend(question);
    element.scrollTop = 0;
    elementIn(question, "button")?.focus();
  }

  function choosePassage() {
    form.choosing = true;
    mode = "text";
    showMain();
    view.show(text(), article.marks());
    view.focus();
  }

  function drawChoosing(passage) {
    dock.hidden = false;
    fill(
      dock,
      el("p.cma-dock-text", {}, "Select the words of the passage."),
      el(
        "div.cma-dock-row",
        {},
        el(
          "button.cmp-btn.is-main",
          { disabled: !passage, onclick: () => chosen(passage) },
          "Use these words",
        ),
        el("button.cmp-btn", { onclick: () => chosen(null) }, "Back to the claim"),
      ),
    );
  }

  function chosen(passage) {
    form.choosing = false;
    fill(element, form.element);
    if (passage) form.setPassage(passage);
    form.focus();
  }

  function drawNew() {
    known = new Set(featureIds());
    ctx.openPanel("features", { create: true });
  }

  const featureIds = () =>
    draft.layers().flatMap((layer) => draft.features(layer.id).map((feature) => feature.id));

  function changed() {
    if (form) {
      const fresh = known && featureIds().find((id) => !known.has(id));
      if (fresh) {
        known = null;
        form.addFeature(fresh);
        ctx.openPanel("article");
      }
      form.redraw();
    }
    article.look();
  }

  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || !form) return;
    event.preventDefault();
    event.stopPropagation();
    const question = element.querySelector(".cma-question");
    if (form.choosing) chosen(null);
    else if (question) {
      question.remove();
      form.focus();
    } else leave();
  });

  const given = article.kept();
  if (given) {
    article
      .take(given)
      .catch((error) => ctx.say("The article could not be looked through.", error.message));
    showMain();
  } else give();
  return {
    element,
    changed,
    shown(params) {
      if (params?.claim && draft.annotation(params.claim)) editClaim(params.claim);
      else if (!form) article.look();
    },
    hidden: () => form?.stop(),
  };
}

const articlePanel = { id: "article", title: "Article", order: 20, create };

export { articlePanel };
