// Passages in the texts that this person reads and does not write: there is no editor, so they are found in the page.
import { quoteAround } from "./quotes.js";

const BLOCKS = "p, li, td, th";

/** @param {string} contribution @returns {HTMLElement | null} */
export const readTextOf = (contribution) =>
  document.querySelector(`.text-column [data-contribution="${CSS.escape(contribution)}"] > .prose`);

/**
 * Return the folded text below an element, and for each of its characters the node and the place in it.
 * @param {HTMLElement} root
 */
function foldedText(root) {
  let text = "";
  /** @type {{ node: Text, at: number }[]} */
  const places = [];
  /** @type {Element | null | undefined} */
  let block = null;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (
    let node = /** @type {Text | null} */ (walker.nextNode());
    node;
    node = /** @type {Text | null} */ (walker.nextNode())
  ) {
    const own = node.parentElement?.closest(BLOCKS);
    const isApart = own !== block || node.previousSibling?.nodeName === "BR";
    block = own;
    for (const [at, unit] of (isApart ? ` ${node.data}` : node.data).split("").entries()) {
      const isSpace = /\s/u.test(unit);
      if (isSpace && (!text || text.endsWith(" "))) continue;
      text += isSpace ? " " : unit;
      places.push({ node, at: Math.max(0, isApart ? at - 1 : at) });
    }
  }
  return { text, places };
}

/** A passage in such a text. The text does not change while the page is open. */
export class ReadMark {
  place = null;
  editor = null;

  /**
   * @param {string} comment
   * @param {HTMLElement} root
   * @param {{ words: string, occurrence: number }} passage
   */
  constructor(comment, root, { words, occurrence }) {
    this.comment = comment;
    const { text, places } = foldedText(root);
    let at = text.indexOf(words);
    for (let number = 0; at >= 0 && number < occurrence; number += 1) at = text.indexOf(words, at + 1);
    /** @type {Range[]} */
    this.ranges = [];
    if (at < 0) return;
    const range = document.createRange();
    const last = places[at + words.length - 1];
    range.setStart(places[at].node, places[at].at);
    range.setEnd(last.node, last.at + 1);
    this.ranges.push(range);
  }

  find() {}

  follow() {}

  /** @param {globalThis.Node} node @param {number} offset */
  covers(node, offset) {
    return this.ranges.some((range) => range.isPointInRange(node, offset));
  }
}

/**
 * Return what is selected in a text that is only read; null without such a selection.
 * @returns {{ quote: import("./quotes.js").Quote, contribution: string, section: string } | null}
 */
export function selectedInReadText() {
  const selection = getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const inside = range.commonAncestorContainer;
  const root = (inside instanceof Element ? inside : inside.parentElement)?.closest("[data-contribution] > .prose");
  if (!(root instanceof HTMLElement)) return null;
  const { text, places } = foldedText(root);
  const isIn = (/** @type {{ node: Text, at: number }} */ { node, at }) =>
    range.comparePoint(node, at) === 0 && !(node === range.endContainer && at === range.endOffset);
  const first = places.findIndex(isIn);
  const quote = first < 0 ? null : quoteAround(text, first, places.length - [...places].reverse().findIndex(isIn));
  const { contribution = "" } = /** @type {HTMLElement} */ (root.parentElement).dataset;
  return quote && { quote, contribution, section: root.closest(".section")?.id ?? "" };
}
