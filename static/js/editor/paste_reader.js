// Reads HTML from the clipboard, of any program, as paragraphs, list items and tables of plain, bold, italic, raised and
// linked text. Tags are lost, words are not, except those that are no text: what is struck through is a deletion, and
// comments are between colleagues. What is left out has a name, so that the page can say it.
import { isVisible } from "./characters.js";
import { isLinkAddress } from "./link.js";
import { BREAK } from "./paste_blocks.js";
import { lossesOf, removalOf } from "./paste_left_out.js";
import { kindOfNumbers, markOf } from "./paste_numbers.js";
import { styleOf } from "./paste_style.js";
import { Grid, isGrid, withoutTable } from "./paste_table.js";

/**
 * @typedef {import("./paste_blocks.js").Block} Block
 * @typedef {import("./paste_blocks.js").Run} Run
 * @typedef {import("./paste_left_out.js").Kind} Kind
 * @typedef {{ numbered: boolean, next: number, numbers: string, level: number, hasText: boolean }} List
 */

const BLOCKS = new Set(
  (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form " +
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
  ).split(" "),
);
const HEADING = /^(h[1-6]|th)$/;
// Where Word, LibreOffice and Google Docs link a number to its note, and the note back to the number.
const NOTE = /#(?:_(?:ftn|edn)(ref)?\d|sd(?:foot|end)note\d+(?:sym|(anc))|ftnt(_ref)?\d)/;
const WITHIN_DOCUMENT = /^(#|file:|about:|[a-z]:\\)/i;
const OF_CLIPBOARD = /^(\[if|\[endif|StartFragment|EndFragment)/;

/** Walks through a document once and collects runs of text until a paragraph ends. */
export class BlockReader {
  /** @type {Block[]} */
  blocks = [];
  /** @type {Set<Kind>} */
  leftOut = new Set();
  /** LibreOffice writes the comments of a text as comments of HTML. */
  hasComments = false;
  takesTables = true;
  /** @type {Run[]} */
  #runs = [];
  /** @type {List[]} The lists around this place, outermost first. */
  #lists = [];
  /** @type {import("./paste_style.js").Style} */
  #style = { strong: false, em: false, raised: "", href: "", pre: false };
  /** @type {{ mark: string, level: number, heading: boolean } | null} The list paragraph of Word that is being read. */
  #word = null;
  #inMark = false;

  /** @param {Node} node */
  readChildren(node) {
    for (const child of node.childNodes) {
      if (child instanceof Text) this.#readText(child.data);
      else if (child instanceof Comment) this.#readComment(child.data);
      else if (child instanceof Element) this.#readElement(child);
    }
  }

  /** @param {string} text */
  #readText(text) {
    if (this.#inMark && this.#word) {
      this.#word.mark += text;
      return;
    }
    const words = this.#style.pre ? text : text.replace(/\n/g, " ");
    this.#runs.push({ ...this.#style, text: words.replace(/[\u2028\u2029]/g, BREAK) });
  }

  /**
   * Word puts what it draws before a list item between conditional comments.
   * @param {string} text
   */
  #readComment(text) {
    if (text === "[if !supportLists]") this.#inMark = true;
    else if (text === "[endif]") this.#inMark = false;
    else if (this.hasComments && !OF_CLIPBOARD.test(text)) this.leftOut.add("comments");
  }

  /** @param {Element} element */
  #readElement(element) {
    const css = element.getAttribute("data-style") ?? "";
    const removal = removalOf(element, css);
    if (removal !== null) {
      if (removal && !this.#inMark) this.leftOut.add(removal);
    } else if (element.localName === "br") {
      if (element.className !== "Apple-interchange-newline") this.#readBreak();
    } else if (element instanceof HTMLElement) {
      this.#readHtmlElement(element, css);
    } else {
      this.readChildren(element); // MathML
    }
  }

  /**
   * @param {HTMLElement} element
   * @param {string} css
   */
  #readHtmlElement(element, css) {
    const [style, inMark] = [this.#style, this.#inMark];
    this.#style = styleOf(element, css, style);
    if (!inMark) for (const loss of lossesOf(element, css)) this.leftOut.add(loss);
    if (/mso-list:\s*ignore/i.test(css)) this.#inMark = true;
    if (element instanceof HTMLTableElement && isGrid(element)) this.#readTable(element);
    else if (BLOCKS.has(element.localName)) this.#readBlock(element, css);
    else if (element.localName === "q") this.#readQuotation(element);
    else if (element.localName === "a") this.#readLink(element);
    else this.readChildren(element);
    [this.#style, this.#inMark] = [style, inMark];
  }

  /**
   * The number of a footnote stays, raised, so that it does not join the word before it. Its link leads nowhere here.
   * @param {HTMLElement} element
   */
  #readLink(element) {
    const address = element.getAttribute("href")?.trim() ?? "";
    if (address && !isLinkAddress(address) && WITHIN_DOCUMENT.test(address)) this.leftOut.add("links");
    const note = NOTE.exec(address);
    if (!note) {
      this.readChildren(element);
      return;
    }
    const isAtNote = note.slice(1).some(Boolean);
    const number = (element.textContent ?? "").trim().replace(/^\[(.*)\]$/, "$1");
    this.#runs.push({ ...this.#style, href: "", raised: "sup", text: number });
    if (isAtNote) this.#readText(" ");
  }

  /**
   * A browser draws the marks of this element, so they are no text of it.
   * @param {HTMLElement} element
   */
  #readQuotation(element) {
    const [opening, closing] = element.parentElement?.closest("q") ? "‘’" : "“”";
    this.#readText(opening);
    this.readChildren(element);
    this.#readText(closing);
  }

  /** @param {HTMLTableElement} table */
  #readTable(table) {
    this.endBlock();
    const grid = new Grid();
    for (const row of table.rows) {
      const cells = [...row.cells].map((cell) => ({
        blocks: this.#readCell(cell),
        heading: cell.localName === "th",
        columns: cell.colSpan,
        rows: cell.rowSpan,
      }));
      grid.add(cells, row.parentElement?.localName === "thead");
    }
    if (grid.hasMerged) this.leftOut.add("merged");
    if (table.caption) this.#readElement(table.caption);
    if (!grid.rows.length) return;
    if (this.takesTables) {
      this.blocks.push({ runs: [], table: grid.rows });
    } else {
      this.leftOut.add("tables");
      this.blocks.push(...withoutTable(grid.rows));
    }
  }

  /**
   * @param {HTMLTableCellElement} cell
   * @returns {Block[]}
   */
  #readCell(cell) {
    const reader = new BlockReader();
    reader.leftOut = this.leftOut;
    reader.hasComments = this.hasComments;
    reader.#style = this.#style;
    reader.#readElement(cell);
    reader.endBlock();
    return reader.blocks;
  }

  /**
   * @param {HTMLElement} element
   * @param {string} css
   */
  #readBlock(element, css) {
    const name = element.localName;
    this.endBlock();
    if (name === "ul" || name === "ol") {
      this.#readList(element, css);
      return;
    }
    const list = this.#lists[this.#lists.length - 1];
    if (name === "li" && list) {
      list.hasText = false;
      list.next = Number(element.getAttribute("value") ?? list.next);
      list.numbers = kindOfNumbers(element, css) || list.numbers;
      // Word in the browser writes each item as a list of its own, and its level as an attribute.
      const said = element.getAttribute("data-aria-level") ?? element.getAttribute("aria-level");
      list.level = Math.max(this.#lists.length, Number(said) || 0);
    }
    const level = /mso-list:[^;]*level(\d+)/i.exec(css)?.[1];
    if (!list && (level || element.className.startsWith("MsoList"))) {
      this.#word = { mark: "", level: Number(level ?? 1), heading: HEADING.test(name) };
    }
    this.readChildren(element);
    this.endBlock();
  }

  /**
   * @param {HTMLElement} element
   * @param {string} css
   */
  #readList(element, css) {
    const [numbered, level] = [element.localName === "ol", this.#lists.length + 1];
    const next = Number(element.getAttribute("start") ?? 1);
    this.#lists.push({ numbered, next, numbers: kindOfNumbers(element, css), level, hasText: false });
    this.readChildren(element);
    this.endBlock();
    this.#lists.pop();
  }

  /** Two breaks in a row separate paragraphs. */
  #readBreak() {
    const last = this.#runs.findLast((run) => /[^ \t\n\r]/.test(run.text) || run.text === BREAK);
    if (last?.text === BREAK && !this.#lists.length) this.endBlock();
    else this.#runs.push({ ...this.#style, text: BREAK });
  }

  /** Make a block of the text since the last one. */
  endBlock() {
    const [runs, word] = [this.#runs, this.#word];
    this.#runs = [];
    this.#word = null;
    if (!runs.some((run) => isVisible(run.text))) return;
    const list = this.#lists[this.#lists.length - 1];
    const level = list?.level;
    if (!list) {
      this.blocks.push(word ? { runs, ...word } : { runs });
    } else if (list.hasText) {
      this.blocks.push({ runs, level, continues: true });
    } else {
      list.hasText = true;
      this.blocks.push({ runs, mark: list.numbered ? markOf(list.next, list.numbers) : "•", level });
      list.next += 1;
    }
  }
}
