// Plain text from the clipboard: blank lines part paragraphs, lines that begin with "- ", "• " or "1. " are items.
import { BREAK, htmlOf } from "./paste_blocks.js";

// "o" and "§" are what becomes of Word's second and third bullet; only a tab after them tells them from text.
const ITEM = /^(\s*)([-•·▪◦‣●○■]|\*(?=\t| {2})|[o§](?=\t)|\d{1,3}[.)])[ \t\u00a0]+(?=\S)/;
const WIDTH_OF_TAB = 4;

/** HTML of several lines of text; "" for a single line, which is no more than words. */
export function textAsHtml(text) {
  const lines = text.replace(/\r\n?|[\u2028\u2029]/g, "\n").replace(/^\s*\n|\s+$/g, "").split("\n");
  return lines.length > 1 ? htmlOf(blocksOf(lines)) : "";
}

function blocksOf(lines) {
  const linesBelongTogether = lines.some((line) => !line.trim());
  const blocks = [];
  let indents = [];
  let open = null; // the block that a next line may go on
  for (const line of lines) {
    const item = ITEM.exec(line);
    if (item) {
      const indent = item[1].replaceAll("\t", " ".repeat(WIDTH_OF_TAB)).length;
      indents = [...indents.filter((one) => one < indent), indent];
      open = { runs: [{ text: line.slice(item[0].length) }], mark: item[2], level: indents.length };
      blocks.push(open);
    } else if (!line.trim()) {
      open = null;
    } else if (open && (open.mark ? /^\s/.test(line) : linesBelongTogether)) {
      open.runs.push({ text: BREAK + line });
    } else {
      open = { runs: [{ text: line }] };
      blocks.push(open);
      indents = [];
    }
  }
  return blocks;
}
