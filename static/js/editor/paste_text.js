// Reads plain text from the clipboard: blank lines separate paragraphs, lines that begin with "- ", "• " or "1. " are
// list items.
import { BREAK, htmlOf } from "./paste_blocks.js";

/** @typedef {import("./paste_blocks.js").Block} Block */

// "o" and "§" are what becomes of Word's second and third bullet; only a tab after them tells them from text.
const ITEM = /^(\s*)([-•·▪◦‣●○■]|\*(?=\t| {2})|[o§](?=\t)|\d{1,3}[.)])[ \t\u00a0]+(?=\S)/;
const TAB_WIDTH = 4;

/**
 * Return the HTML of several lines of text; "" for a single line, which is no more than words.
 * @param {string} text
 */
export function textAsHtml(text) {
  const trimmed = text.replace(/\r\n?|[\u2028\u2029]/g, "\n").replace(/^\s*\n|\s+$/g, "");
  const lines = trimmed.split("\n");
  return lines.length > 1 ? htmlOf(blocksOf(lines)) : "";
}

/** @param {string[]} lines */
function blocksOf(lines) {
  const hasBlankLines = lines.some((line) => !line.trim()); // then lines that follow each other are one paragraph
  /** @type {Block[]} */
  const blocks = [];
  /** @type {number[]} The indents of the list items around this line. */
  let indents = [];
  /** @type {Block | null} The block that the next line may continue. */
  let open = null;
  for (const line of lines) {
    const item = ITEM.exec(line);
    if (item) {
      const indent = item[1].replaceAll("\t", " ".repeat(TAB_WIDTH)).length;
      indents = [...indents.filter((one) => one < indent), indent];
      open = { runs: [{ text: line.slice(item[0].length) }], mark: item[2], level: indents.length };
      blocks.push(open);
    } else if (!line.trim()) {
      open = null;
    } else if (open && (open.mark ? /^\s/.test(line) : hasBlankLines)) {
      open.runs.push({ text: BREAK + line });
    } else {
      open = { runs: [{ text: line }] };
      blocks.push(open);
      indents = [];
    }
  }
  return blocks;
}
