// Puts what somebody selects in a passage into the remark's field for a quote, with its language, and highlights in the
// passages what the remarks on this page quote, as long as it is still there.
import { find, findAll } from "../dom.js";

const BLOCKS = "p, li";
const WAIT = 150; // ms after the last change of the selection

const passages = findAll(document, "[data-passage]", HTMLElement);

/** @param {string | null} text */
const withPlainSpaces = (text) => (text ?? "").replace(/\s+/g, " ").trim();

/**
 * Return the words of a range, without what was removed since the submission before.
 * @param {Range} range
 */
function wordsOf(range) {
  const part = document.createElement("div");
  part.append(range.cloneContents());
  for (const removed of part.querySelectorAll("del")) removed.remove();
  for (const block of part.querySelectorAll(BLOCKS)) block.append(" ");
  return withPlainSpaces(part.textContent);
}

/**
 * Return the part of a selection that is in a passage: a triple click selects up to the start of the next paragraph.
 * @param {HTMLElement} passage
 * @param {Range} selected
 */
function rangeIn(passage, selected) {
  const range = selected.cloneRange();
  const whole = new Range();
  whole.selectNodeContents(passage);
  if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) range.setStart(passage, 0);
  if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) range.setEnd(passage, passage.childNodes.length);
  return range;
}

/**
 * @param {HTMLTextAreaElement | HTMLInputElement} quote
 * @param {HTMLInputElement} language
 */
function quoteSelection(quote, language) {
  const selection = getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return;
  const selected = selection.getRangeAt(0);
  for (const passage of passages.filter((one) => selected.intersectsNode(one))) {
    const text = wordsOf(rangeIn(passage, selected));
    if (text) {
      quote.value = text;
      language.value = passage.lang;
      quote.dispatchEvent(new Event("input", { bubbles: true })); // the browser keeps it like what is typed
      return;
    }
  }
}

/**
 * Return the text of a passage with plain spaces, and for each of its characters the node and the place it comes from.
 * @param {HTMLElement} passage
 */
function textWithPlaces(passage) {
  const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
  /** @type {{ node: Text, at: number }[]} */
  const places = [];
  let text = "";
  /** @type {Element | null} */
  let block = null;
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    if (node.parentElement?.closest("del")) continue;
    const here = node.parentElement?.closest(BLOCKS) ?? null;
    if (here !== block && text && !text.endsWith(" ")) {
      text += " ";
      places.push({ node, at: 0 });
    }
    block = here;
    for (let at = 0; at < node.length; at += 1) {
      const isSpace = /\s/.test(node.data[at]);
      if (isSpace && (!text || text.endsWith(" "))) continue;
      text += isSpace ? " " : node.data[at];
      places.push({ node, at });
    }
  }
  return { text, places };
}

/**
 * Return where a quote is in the passages, or null.
 * @param {string} quoted
 */
function findQuote(quoted) {
  for (const passage of passages) {
    const { text, places } = textWithPlaces(passage);
    const start = text.indexOf(quoted);
    if (start < 0) continue;
    const [first, last] = [places[start], places[start + quoted.length - 1]];
    const range = new Range();
    range.setStart(first.node, first.at);
    range.setEnd(last.node, last.at + 1);
    return range;
  }
  return null;
}

function highlightQuotes() {
  const quotes = findAll(document, "[data-quoted]", HTMLElement).map((element) => withPlainSpaces(element.textContent));
  const ranges = quotes.filter(Boolean).map(findQuote);
  const found = ranges.filter(/** @returns {range is Range} */ (range) => range !== null);
  if (found.length) CSS.highlights?.set("quoted", new Highlight(...found));
}

if ("Highlight" in globalThis) highlightQuotes();

const quote = document.querySelector("[data-quote]");
if (quote instanceof HTMLTextAreaElement || quote instanceof HTMLInputElement) {
  const language = find(document, "[data-quote-language]", HTMLInputElement);
  let timer = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(() => quoteSelection(quote, language), WAIT);
  });
}
