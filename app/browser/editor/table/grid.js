/* A table of many rows that one walks with the arrow keys and whose cells are written in their
   place. Only the rows in sight are in the page. Knows columns and rows, and changes nothing. */
import { el, elementIn, fill, freshId } from "../../tools/dom.js";

/** Rows kept above and below those in sight, so that a turn of the wheel finds them there. */
const SPARE = 6;
const PAGE = 10;

/**
 * @param {any} options {label, rowHeight(), onSort(key), onMark(ids, on), onOpen(id, column),
 *   onWrite(row, column, text) -> Promise<string>: what is wrong, or "", onActive(row)}
 * @returns `{element, show({rows, columns, marked, sort, down}), focus(id), isWriting(), settle()}`
 */
export function createGrid(options) {
  const stem = freshId("grid");
  let rows = /** @type {any[]} */ ([]);
  let columns = /** @type {any[]} */ ([]);
  let marked = new Set();
  let order = { sort: "", down: false };
  // Row -1 is the head.
  let at = { row: 0, column: 0 };
  /** @type {any} */
  let cell = null;
  /** @type {any} */
  let clicked = null;

  const head = el("tr", { role: "row", "aria-rowindex": "1" });
  const above = el("tr", { "aria-hidden": "true" }, el("td"));
  const below = el("tr", { "aria-hidden": "true" }, el("td"));
  const body = el("tbody", { role: "rowgroup" });
  const table = el(
    "table.cmt-table",
    { role: "grid", tabindex: "0", "aria-label": options.label, "aria-multiselectable": "true" },
    el("thead", { role: "rowgroup" }, head),
    body,
  );
  const element = el("div.cmt-scroll", {}, table);
  const idOf = (row, column) => `${stem}-${row}-${column}`;

  function headCell(column, i) {
    const sorted = order.sort === column.key;
    return el(
      "th.cmt-head",
      {
        role: "columnheader",
        id: idOf(-1, i),
        "data-column": column.key,
        "aria-colindex": i + 1,
        "aria-sort": sorted ? (order.down ? "descending" : "ascending") : "none",
        title: column.own ? "A column of your own" : null,
        onclick: () => options.onSort(column.key),
      },
      el("span.cmt-head-text", { dir: "auto" }, column.label),
      sorted ? el("span.cmt-sorted", { "aria-hidden": "true" }, order.down ? " ▼" : " ▲") : null,
    );
  }

  function bodyCell(row, r, column, i) {
    const text = column.show(row);
    return el(
      i ? "td.cmt-cell" : "th.cmt-cell",
      {
        role: i ? "gridcell" : "rowheader",
        id: idOf(r, i),
        dir: "auto",
        "aria-colindex": i + 1,
        "aria-readonly": column.fixed ? "true" : null,
        title: text || null,
      },
      i ? null : el("span.cmt-mark", { "aria-hidden": "true" }, marked.has(row.id) ? "☑" : "☐"),
      text,
    );
  }

  const bodyRow = (row, r) =>
    el(
      "tr.cmt-row",
      {
        role: "row",
        "data-row": row.id,
        "aria-rowindex": r + 2,
        "aria-selected": String(marked.has(row.id)),
      },
      columns.map((column, i) => bodyCell(row, r, column, i)),
    );

  function draw() {
    if (cell) return;
    const height = options.rowHeight();
    const seen = Math.ceil((element.clientHeight || 600) / height);
    const first = Math.max(0, Math.floor(element.scrollTop / height) - SPARE);
    const last = Math.min(rows.length, first + seen + 2 * SPARE);
    above.style.height = `${first * height}px`;
    below.style.height = `${(rows.length - last) * height}px`;
    fill(
      body,
      above,
      rows.slice(first, last).map((row, i) => bodyRow(row, first + i)),
      below,
    );
    point();
  }

  /** Say which cell the keys are in. */
  function point() {
    for (const old of table.querySelectorAll(".is-active")) old.classList.remove("is-active");
    const node = elementIn(table, `#${idOf(at.row, at.column)}`);
    node?.classList.add("is-active");
    if (node) table.setAttribute("aria-activedescendant", node.id);
    else table.removeAttribute("aria-activedescendant");
  }

  function go(row, column) {
    at = {
      row: Math.max(-1, Math.min(rows.length - 1, row)),
      column: Math.max(0, Math.min(columns.length - 1, column)),
    };
    const height = options.rowHeight();
    const headPx = head.offsetHeight;
    const top = at.row * height;
    if (at.row >= 0 && top < element.scrollTop) element.scrollTop = top;
    const bottom = top + height + headPx - element.clientHeight;
    if (bottom > element.scrollTop) element.scrollTop = bottom;
    draw();
    const node = elementIn(table, `#${idOf(at.row, at.column)}`);
    if (node && at.column) {
      const fixed = elementIn(head, "th")?.offsetWidth || 0;
      const left = node.offsetLeft - fixed;
      if (left < element.scrollLeft) element.scrollLeft = left;
      const right = node.offsetLeft + node.offsetWidth - element.clientWidth;
      if (right > element.scrollLeft) element.scrollLeft = Math.min(left, right);
    }
    options.onActive(rows[at.row] || null);
  }

  function inputFor(column, row, typed) {
    const text = typed ?? column.show(row);
    const common = { "aria-label": `${column.label} of ${row.properties?.name || row.id}` };
    if (!column.choices) {
      const input = el("input.cmt-input", {
        ...common,
        type: "text",
        dir: "auto",
        spellcheck: "false",
      });
      input.value = text;
      return input;
    }
    const blank = column.needed && text ? [] : [el("option", { value: "" }, "None")];
    const known = column.choices.map(({ label }) => el("option", { value: label }, label));
    const odd = column.choices.some(({ label }) => label === text) || !text;
    const select = el("select.cmt-input", common, blank, odd ? [] : el("option", {}, text), known);
    select.value = column.show(row);
    return select;
  }

  /** Write in the active cell; a letter that was typed begins it anew. */
  function write(typed) {
    const [row, column] = [rows[at.row], columns[at.column]];
    if (!row || cell) return;
    if (column.fixed) {
      options.onOpen(row.id, column);
      return;
    }
    const node = elementIn(table, `#${idOf(at.row, at.column)}`);
    if (!node) return;
    const input = inputFor(column, row, column.choices ? undefined : typed);
    cell = { row, column, input, busy: false };
    fill(node, input);
    node.classList.add("is-written");
    input.addEventListener("blur", () => commit(null));
    input.focus({ preventScroll: true });
    if (input instanceof HTMLInputElement && typed === undefined) input.select();
  }

  function leave(then) {
    const had = cell?.input === document.activeElement || document.activeElement === document.body;
    cell = null;
    draw();
    if (had || then) table.focus({ preventScroll: true });
    if (then) then();
  }

  /** Bring what was written. @param {any} then where one goes after it @returns whether it was taken */
  async function commit(then) {
    const now = cell;
    if (!now || now.busy) return true;
    if (now.input.value === now.column.show(now.row)) {
      leave(then);
      return true;
    }
    now.busy = true;
    const problem = await options.onWrite(now.row, now.column, now.input.value);
    now.busy = false;
    if (cell !== now) return true;
    now.input.toggleAttribute("aria-invalid", Boolean(problem));
    if (!problem) leave(then);
    else now.input.focus({ preventScroll: true });
    return !problem;
  }

  function onCellKey(event) {
    const steps = { Enter: [event.shiftKey ? -1 : 1, 0], Tab: [0, event.shiftKey ? -1 : 1] };
    if (event.key === "Escape") {
      options.onWrite(null, null, "");
      leave(() => {});
    } else if (steps[event.key]) {
      const [down, right] = steps[event.key];
      const { row, column } = at;
      // Who clicked another cell while it was taken stays there.
      const isHere = () => at.row === row && at.column === column;
      commit(() => isHere() && go(row + down, column + right));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const MOVES = {
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
    ArrowRight: [0, 1],
    ArrowLeft: [0, -1],
    PageDown: [PAGE, 0],
    PageUp: [-PAGE, 0],
  };

  function onKey(event) {
    if (cell) return onCellKey(event);
    if (event.altKey) return undefined;
    const { key } = event;
    const far = event.ctrlKey || event.metaKey;
    if (MOVES[key]) go(at.row + MOVES[key][0], at.column + MOVES[key][1]);
    else if (key === "Home") go(far ? 0 : at.row, 0);
    else if (key === "End") go(far ? rows.length - 1 : at.row, columns.length - 1);
    else if (key === "a" && far)
      options.onMark(
        rows.map(({ id }) => id),
        true,
      );
    else if (far) return undefined;
    else if (at.row < 0 && (key === "Enter" || key === " ")) options.onSort(columns[at.column].key);
    else if (key === " ") mark(at.row);
    else if (key === "Enter" || key === "F2") write();
    else if (key === "Delete" || key === "Backspace") write("");
    else if (key.length === 1 && !columns[at.column]?.fixed) write(key);
    else return undefined;
    event.preventDefault();
    return event.stopPropagation();
  }

  function mark(r) {
    const row = rows[r];
    if (row) options.onMark([row.id], !marked.has(row.id));
  }

  function placeOf(target) {
    const node = target.closest?.("td, th");
    const line = node?.closest("[data-row]");
    if (!line) return null;
    const row = rows.findIndex(({ id }) => id === line.dataset.row);
    return { row, column: [...line.children].indexOf(node) };
  }

  table.addEventListener("keydown", onKey);
  table.addEventListener("click", (/** @type {any} */ event) => {
    if (event.target.closest(".cmt-input")) return;
    // The first click of two may have moved another cell under the pointer.
    const place = event.detail > 1 ? clicked : placeOf(event.target);
    clicked = place;
    if (!place) return;
    const again = place.row === at.row && place.column === at.column;
    const onMark = event.target.closest(".cmt-mark");
    go(place.row, place.column);
    if (onMark) mark(place.row);
    else if (again && table === document.activeElement) write();
  });
  element.addEventListener("scroll", () => requestAnimationFrame(draw));
  new ResizeObserver(() => requestAnimationFrame(draw)).observe(element);

  return {
    element,
    show(next) {
      const before = rows[at.row]?.id;
      rows = next.rows;
      columns = next.columns;
      marked = next.marked;
      order = next;
      const same = rows.findIndex(({ id }) => id === before);
      at = {
        row: same >= 0 ? same : Math.min(at.row, rows.length - 1),
        column: Math.min(at.column, columns.length - 1),
      };
      table.setAttribute("aria-rowcount", String(rows.length + 1));
      table.setAttribute("aria-colcount", String(columns.length));
      if (cell) return;
      fill(head, columns.map(headCell));
      draw();
    },
    focus: () => table.focus({ preventScroll: true }),
    isWriting: () => Boolean(cell),
    settle: () => commit(null),
  };
}
