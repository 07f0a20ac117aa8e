// Reads a table from the clipboard as a plain grid. A merged cell is split as on the server (reports/document/grid.py):
// its text is repeated in the rows below, and a heading also in the columns beside it.

const MOST_COLUMNS = 12;
const LONGEST_REPEATED = 100; // characters

/** @typedef {{ html: string, left: number }} FromAbove What a cell has in the rows below, and in how many. */

/**
 * Return whether a table is one of data: it has more than one cell, and no table in it.
 * @param {HTMLElement} element
 * @returns {element is HTMLTableElement}
 */
export const isGrid = (element) =>
  element instanceof HTMLTableElement &&
  !element.querySelector("table") &&
  element.querySelectorAll("td, th").length > 1;

/**
 * Return the HTML of a table. `read` returns the HTML of a cell.
 * @param {HTMLTableElement} table
 * @param {(cell: HTMLElement) => string} read
 */
export function tableHtml(table, read) {
  /** @type {FromAbove[]} By column. */
  const above = [];
  let html = "";
  for (const row of table.rows) {
    const isHead = !html && isRowOfHeadings(row);
    const cells = cellsOf(row, isHead, above, read);
    if (cells.some(Boolean)) html += `<tr>${cells.map((cell) => tagged(cell, isHead ? "th" : "td")).join("")}</tr>`;
  }
  return html && `<table><tbody>${html}</tbody></table>`;
}

/** @param {HTMLTableRowElement} row */
function isRowOfHeadings(row) {
  return row.parentElement?.localName === "thead" || [...row.cells].every(({ localName }) => localName === "th");
}

/**
 * @param {HTMLTableRowElement} row
 * @param {boolean} isHead
 * @param {FromAbove[]} above
 * @param {(cell: HTMLElement) => string} read
 */
function cellsOf(row, isHead, above, read) {
  /** @type {string[]} */
  const out = [];
  const takeFromAbove = () => {
    for (let over = above[out.length]; over?.left; over = above[out.length]) {
      over.left -= 1;
      out.push(over.html);
    }
  };
  for (const cell of row.cells) {
    takeFromAbove();
    const html = read(cell);
    const repeated = (cell.textContent ?? "").length <= LONGEST_REPEATED ? html : "";
    for (let at = 0; at < Math.min(cell.colSpan, MOST_COLUMNS); at += 1) {
      const shown = at === 0 ? html : isHead ? repeated : "";
      if (cell.rowSpan > 1) above[out.length] = { html: shown && repeated, left: cell.rowSpan - 1 };
      out.push(shown);
    }
  }
  takeFromAbove();
  return out;
}

/**
 * @param {string} html
 * @param {"th" | "td"} tag
 */
const tagged = (html, tag) => `<${tag}>${html || "<p></p>"}</${tag}>`;
