/* The article of the draft: its text in this browser, what the corridor says of it, and what was
   found in it. Shows nothing. */
import { detailsOf, sourceFrom } from "./give.js";
import { articleKeep } from "./keep.js";
import * as annotationWords from "./list.js";
import { locateAnnotations } from "./list.js";
import { passageAt, passageText } from "./passage_words.js";
import { createSuggest } from "./suggest.js";

const NOTHING = { names: [], numbers: [] };

/**
 * @param {any} ctx of the panel
 * @param {() => void} changed called when there is something new to show
 * @returns what the panel asks of it
 */
export function articleOf(ctx, changed) {
  const { draft, edit } = ctx;
  const keep = articleKeep(ctx.model.document.corridor.id);
  const suggest = createSuggest({ edit, draft });
  /** @type {any} */
  let text = null;
  let sha = "";
  /** @type {{ names: any[], numbers: any[] }} */
  let found = NOTHING;
  let statuses = new Map();

  const entry = () => draft.article() || {};
  const source = () => (entry().source ? draft.source(entry().source)?.source : null);
  const details = () => detailsOf(source());
  /** What passages are stored with: the article's address, and how many words may be quoted. */
  const world = () => ({
    source: source()?.URL || entry().source || "article",
    most: entry().quote_words_max || 0,
  });
  const located = () => locateAnnotations(draft, text, Boolean(sha) && sha === entry().text_sha256);

  /** Look for names and numbers anew; they change with the draft's features. */
  async function look() {
    if (!text) return;
    const now = text;
    changed();
    try {
      const answer = await suggest.of(now.given, details().date);
      if (text !== now) return;
      found = answer;
      changed();
    } catch (error) {
      ctx.say("Names and numbers could not be looked for.", error.message);
    }
  }

  /** Take a text up; without its fingerprint the server is asked for it. */
  async function take(given, hash = "") {
    text = passageText(given);
    found = NOTHING;
    sha = hash;
    if (!sha)
      sha = (await (await edit.ask("edit/article", { method: "POST", body: given })).json()).sha256;
    look();
  }

  /** Whether a name is already linked: a claim of its sentence is about what it may be. */
  function linked(name, claims) {
    const at = passageAt(text, name.from, name.to);
    const sentence = at && text.sentences[text.words[at.first].sentence];
    if (!sentence) return false;
    const [from, to] = [text.words[sentence.first].from, text.words[sentence.last].to];
    return claims.some(
      (claim) =>
        claim.from < to &&
        claim.to > from &&
        name.candidates.some((one) => claim.features.includes(one.id)),
    );
  }

  function freeId() {
    const taken = new Set(draft.sources().map((one) => one.id));
    let id = "ARTICLE";
    for (let n = 2; taken.has(id); n += 1) id = `ARTICLE-${n}`;
    return id;
  }

  /** The operations that write what is known of the article, none if all is known. */
  function opsFor({ sha256, said, isArticle }) {
    const id = entry().source || freeId();
    const next = sourceFrom(said, source(), id);
    const fields = {
      ...(entry().source ? {} : { source: id }),
      ...(isArticle && entry().text_sha256 !== sha256 ? { text_sha256: sha256 } : {}),
    };
    const ops =
      JSON.stringify(next) === JSON.stringify(source()) ? [] : [{ op: "put_source", source: next }];
    return Object.keys(fields).length ? [...ops, { op: "put_article", article: fields }] : ops;
  }

  return {
    text: () => text,
    found: () => found,
    statuses: () => statuses,
    details,
    world,
    look,
    take,
    kept: keep.read,
    /** Where a claim's passage stands now, or null. */
    passageOf(id) {
      const place = text && located().find((one) => one.id === id && one.from !== null);
      return place ? passageAt(text, place.from, place.to) : null;
    },
    /** What is marked in the text: claims, and names that are not linked yet. */
    marks() {
      const places = located();
      statuses = new Map(places.map(({ id, status }) => [id, status]));
      const claims = places
        .filter(({ from }) => from !== null)
        .map(({ id, from, to }) => ({
          type: "claim",
          id,
          from,
          to,
          features: annotationWords.readAnnotation(draft.annotation(id).annotation).features,
        }));
      const names = found.names
        .filter((name) => !linked(name, claims))
        .map((name) => ({ ...name, type: "name" }));
      return { claims, names };
    },
    /** Keep a text and write what is known of it. @returns `{problem}` or {{kept}} */
    async use(given) {
      const ops = opsFor(given);
      if (ops.length) {
        const answer = await draft.push(ops, "Gave the article");
        if (!answer.ok)
          return {
            problem: answer.findings
              .map(({ problem, remedy }) => `${problem}. ${remedy}`)
              .join(" "),
          };
      }
      const kept = keep.write(given.text);
      await take(given.text, given.sha256);
      // The page's reading panel takes the text up when the page is made anew.
      if (!ops.length) await draft.refresh();
      return { kept };
    },
  };
}
