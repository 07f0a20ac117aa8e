// Tables of the clipboard: a plain grid. Merged cells are split as the server splits them (reports/document/grid.py).

/**
 * @typedef {import("./paste_blocks.js").Block} Block
 * @typedef {{ blocks: Block[], heading: boolean, columns: number, rows: number }} Cell
 * @typedef {{ head: boolean, cells: Block[][] }} Row
 */

const MOST_COLUMNS = 12;
const MOST_ROWS = 200;
const MOST_REPEATED = 100; // characters of a merged cell that is repeated
const MOST_REPEATED_IN_ALL = 5_000; // a short text must not make a long one

/**
 * Return whether a table is one for the reader. A table around another, or with one cell, only gives it a place.
 * @param {HTMLTableElement} table
 */
export const isGrid = (table) =>
  table.querySelectorAll("table").length === 0 && table.querySelectorAll("td, th").length > 1;

/** Puts the cells of a table where they are seen. */
export class Grid {
  /** @type {Row[]} */
  rows = [];
  hasMerged = false;
  #left = MOST_REPEATED_IN_ALL;
  /** @type {Map<number, { blocks: Block[], left: number }>} Cells that reach down into the next row, by their column. */
  #above = new Map();

  /**
   * @param {Cell[]} cells
   * @param {boolean} inHead
   */
  add(cells, inHead) {
    const isFirst = !this.rows.length;
    const head = isFirst && cells.length > 0 && (inHead || cells.every((cell) => cell.heading || !cell.blocks.length));
    /** @type {Block[][]} */
    const out = [];
    for (const cell of cells) {
      this.hasMerged ||= cell.columns > 1 || cell.rows > 1;
      this.#addFromAbove(out);
      if (out.length === MOST_COLUMNS) {
        out[MOST_COLUMNS - 1].push(...cell.blocks);
        continue;
      }
      const columns = Math.min(cell.columns, MOST_COLUMNS - out.length);
      for (let at = 0; at < columns; at += 1) {
        const blocks = at && !(head && this.#mayRepeat(cell)) ? [] : cell.blocks;
        if (cell.rows > 1) this.#above.set(out.length, { blocks, left: Math.min(cell.rows, MOST_ROWS) - 1 });
        out.push([...blocks]);
      }
    }
    this.#addFromAbove(out);
    if (!isFirst || out.some((blocks) => blocks.length)) this.rows.push({ head, cells: out });
  }

  /** @param {Block[][]} out */
  #addFromAbove(out) {
    while (out.length < MOST_COLUMNS) {
      const above = this.#above.get(out.length);
      if (!above?.left) return;
      above.left -= 1;
      out.push(this.#mayRepeat(above) ? [...above.blocks] : []);
    }
  }

  /** @param {{ blocks: Block[] }} cell */
  #mayRepeat({ blocks }) {
    const runs = blocks.flatMap((block) => block.runs);
    const length = runs.reduce((sum, run) => sum + run.text.length, 0);
    if (length > Math.min(MOST_REPEATED, this.#left)) return false;
    this.#left -= length;
    return true;
  }
}

/**
 * Return the HTML of a table. `write` returns that of a cell.
 * @param {Row[]} rows
 * @param {(blocks: Block[]) => string} write
 */
export function tableHtml(rows, write) {
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  const written = rows.map(({ head, cells }) => {
    const tag = head ? "th" : "td";
    const all = Array.from({ length: width }, (_, at) => write(cells[at] ?? []) || "<p></p>");
    return { head, html: `<tr>${all.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>` };
  });
  const [heads, body] = [true, false].map((head) => written.filter((row) => row.head === head).map(({ html }) => html));
  return `<table>${part("thead", heads)}${part("tbody", body)}</table>`;
}

/**
 * @param {string} tag
 * @param {string[]} rows
 */
const part = (tag, rows) => (rows.length ? `<${tag}>${rows.join("")}</${tag}>` : "");

/**
 * Return the blocks of a table where none may be: each row a paragraph, or the paragraphs of its cells.
 * @param {Row[]} rows
 * @returns {Block[]}
 */
export function withoutTable(rows) {
  return rows.flatMap(({ cells }) => {
    const filled = cells.filter((blocks) => blocks.length);
    if (filled.some((blocks) => blocks.length > 1 || blocks[0].level)) return filled.flat();
    const runs = filled.flatMap(([block], at) => [...(at ? [{ text: " | " }] : []), ...trimmed(block.runs)]);
    return runs.length ? [{ runs }] : [];
  });
}

/**
 * Return runs without blank ones at either end: a cell of LibreOffice begins with a line break.
 * @param {import("./paste_blocks.js").Run[]} runs
 */
function trimmed(runs) {
  const hasText = runs.map(({ text }) => text.trim() !== "");
  return runs.slice(hasText.indexOf(true), hasText.lastIndexOf(true) + 1);
}
