// Reads plain text from the clipboard: blank lines separate paragraphs, lines that begin with a mark are list items.
// Lines that end where the page does, as those of a PDF, are put together again.
import { BREAK, htmlOf } from "./paste_blocks.js";
import { joint, widthOf } from "./paste_lines.js";
import { LINE_MARK } from "./paste_marks.js";

/**
 * @typedef {import("./paste_blocks.js").Block} Block
 * @typedef {{ indent: number, mark: string, text: string }} Item
 */

const TAB_WIDTH = 4;
const LINE_BREAK = "\u2028"; // inside a paragraph
const DASHES = "–—";
const ENDS_SENTENCE = /[.!?…:;][ \t\u00a0»”’"')\]*_]*$/;

/**
 * Return the HTML of several lines of text; "" for a single line, which is no more than words.
 * @param {string} text
 */
export function textAsHtml(text) {
  const lines = linesOf(text);
  return lines.length > 1 || text.includes(LINE_BREAK) ? htmlOf(new LineReader(lines).blocks) : "";
}

/**
 * Return the HTML of a text, a single line also.
 * @param {string} text
 */
export const htmlOfText = (text) => htmlOf(new LineReader(linesOf(text)).blocks);

/** @param {string} text */
const linesOf = (text) =>
  text
    .replace(/\r\n?|\u2029/g, "\n")
    .replace(/^\s*\n|\s+$/g, "")
    .split("\n");

/** @param {string} text */
const withBreaks = (text) => text.replaceAll(LINE_BREAK, BREAK);

/** Walks through the lines once. */
class LineReader {
  /** @type {Block[]} */
  blocks = [];
  /** @type {{ indent: number, mark: string }[]} The lists around this line, outermost first. */
  #levels = [];
  /** @type {Block | null} The block that the next line may continue. */
  #open = null;
  #before = "";

  /** @param {string[]} lines */
  constructor(lines) {
    this.width = widthOf(lines); // 0: each line ends where its paragraph does
    this.hasBlankLines = lines.some((line) => !line.trim()); // then lines that follow each other are one paragraph
    for (const line of lines) this.#read(line);
  }

  /** @param {string} line */
  #read(line) {
    const item = this.#itemOf(line);
    if (!line.trim()) this.#open = null;
    else if (item)
      this.#begin({ runs: [{ text: withBreaks(item.text) }], mark: item.mark, level: this.#levelOf(item) });
    else if (!this.#open || !this.#continue(this.#open, line)) {
      this.#begin({ runs: [{ text: withBreaks(line) }] });
      this.#levels = [];
    }
    this.#before = line.trim();
  }

  /** @param {Block} block */
  #begin(block) {
    this.#open = block;
    this.blocks.push(block);
  }

  /**
   * Add a line to the block before it; return false if it does not belong to it.
   * @param {Block} block
   * @param {string} line
   */
  #continue(block, line) {
    if (this.width) {
      const between = joint(this.#before, line.trim(), this.width);
      if (between === null) return false;
      withoutSoftHyphen(block.runs[block.runs.length - 1]);
      block.runs.push({ text: between + withBreaks(line.trim()) });
      return true;
    }
    if (block.mark ? !/^\s/.test(line) : !this.hasBlankLines) return false;
    block.runs.push({ text: BREAK + withBreaks(line) });
    return true;
  }

  /**
   * Return the item that a line begins, if it begins one.
   * @param {string} line
   * @returns {Item | null}
   */
  #itemOf(line) {
    const found = LINE_MARK.exec(line);
    if (!found?.groups) return null;
    const { indent, mark, dash, tight, number } = found.groups;
    if (dash && DASHES.includes(dash) && this.#isDash(dash)) return null;
    const shown = number ? `${number}.` : (mark ?? dash ?? tight).trim().slice(0, 1);
    return {
      indent: indent.replaceAll("\t", " ".repeat(TAB_WIDTH)).length,
      mark: shown,
      text: line.slice(found[0].length),
    };
  }

  /**
   * Return whether a dash at the start of a line belongs to the sentence before it, and marks no item.
   * @param {string} dash
   */
  #isDash(dash) {
    if (this.#levels.some(({ mark }) => mark === dash)) return false;
    return this.#open !== null && !ENDS_SENTENCE.test(this.#before);
  }

  /**
   * Open the level of an item and return it: a known mark returns to its level, a new or further indented one goes below.
   * @param {Item} item
   */
  #levelOf({ indent, mark }) {
    const kind = /\d/.test(mark) ? "1" : mark;
    const known = this.#levels.findLast((level) => level.mark === kind && level.indent <= indent + 1);
    if (known) this.#levels.length = this.#levels.indexOf(known);
    else while (this.#levels.length && indent < this.#levels[this.#levels.length - 1].indent - 1) this.#levels.pop();
    this.#levels.push({ indent, mark: kind });
    return this.#levels.length;
  }
}

/**
 * Remove the hyphen that shows at a line's end only.
 * @param {import("./paste_blocks.js").Run} run
 */
function withoutSoftHyphen(run) {
  run.text = run.text.replace(/\u00ad\s*$/, "");
}
