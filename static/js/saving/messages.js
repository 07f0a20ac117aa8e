// The sentences about saving, in the page's language, and the page's one live region for screen readers.
import { byId, find } from "../dom.js";

/** Kinds that are announced for each text; the others once, until another kind is announced. */
const ANNOUNCED_PER_TEXT = new Set(["refused", "conflict", "writing"]);

/**
 * Return a copy of the sentence `name` from the page's template, with `values` in place of {placeholders}.
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 * @returns {HTMLElement}
 */
export function message(name, values = {}) {
  const { content } = byId("save-words", HTMLTemplateElement);
  const element = /** @type {HTMLElement} */ (find(content, `[data-word="${name}"]`, HTMLElement).cloneNode(true));
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = /** @type {Text} */ (walker.currentNode);
    text.data = text.data.replace(/\{(\w+)\}/g, (whole, placeholder) => String(values[placeholder] ?? whole));
  }
  return element;
}

let lastKind = "";

/**
 * Tell people who use a screen reader. The same kind is not repeated: ten texts that are offline are one announcement.
 * @param {string} kind
 * @param {string} text
 */
export function announce(kind, text) {
  if (kind === lastKind && !ANNOUNCED_PER_TEXT.has(kind)) return;
  lastKind = kind;
  byId("save-announcer", HTMLElement).textContent = text;
}
