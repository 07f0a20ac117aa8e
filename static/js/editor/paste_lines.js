// Puts lines together that end where the page does: the rules are those of the readers of files
// (reports/readers/paragraphs.py), for a text of which only these lines are known.

const SHORTEST_WRAPPED = 40; // characters of the longest line of a text whose lines a page ended
const LONGEST_WRAPPED = 160; // no page has longer lines, so such a line is a whole paragraph
const FULL = 0.75; // of the width: a line that is shorter was ended on purpose
const CLOSERS = /[ \t\u00a0»”’"')\]*_]+$/;
const OPENERS = /^[ \t\u00a0«“‘"'([*_]+/;
const AND = new Set(["and", "or", "en", "of", "et", "ou", "und", "oder"]); // "in- en uitvoer"

/**
 * Return how wide the page was that ended these lines; 0 if they end where their paragraphs do.
 * @param {string[]} lines
 */
export function widthOf(lines) {
  const lengths = lines.map((line) => line.trim().length);
  const width = Math.max(...lengths.filter((length) => length <= LONGEST_WRAPPED), 0);
  if (width < SHORTEST_WRAPPED || lengths.some((length) => length > LONGEST_WRAPPED)) return 0;
  // A sentence that goes on in the next line, from a full line: such lines tell that a page ended them.
  const cut = lines.filter(
    (line, at) => lengths[at] >= width * FULL && !endsSentence(line) && startsSmall(lines[at + 1]),
  );
  return cut.length ? width : 0;
}

/**
 * Return what joins a line to the one before it; null if it begins a paragraph.
 * @param {string} before
 * @param {string} after
 * @param {number} width
 */
export function joint(before, after, width) {
  const [first] = after.split(/\s/, 1);
  const hasRoom = before.length + 1 + first.length < width * FULL;
  if (hasRoom && (endsSentence(before) || !startsSmall(after))) return null;
  if (before.endsWith("\u00ad")) return "";
  return /\p{L}-$/u.test(before) && !AND.has(first.toLowerCase()) ? "" : " ";
}

/** @param {string} text */
const endsSentence = (text) => /[.!?…:;]$/.test(text.replace(CLOSERS, ""));

/** @param {string | undefined} text */
const startsSmall = (text) => /^\p{Ll}/u.test(text?.trim().replace(OPENERS, "") ?? "");
