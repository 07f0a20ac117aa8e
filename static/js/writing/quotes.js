// A quote: the words of a passage, whole words only, and what stands around them.

/** @typedef {{ words: string, before: string, after: string }} Quote */

const CONTEXT = 60; // characters around a quote that help to find it again; passages.py reads no more

/**
 * Return the quote of text[start:end]; null if there is nothing in it.
 * @param {string} text Folded: one blank for each run of white space.
 * @param {number} start
 * @param {number} end
 * @returns {Quote | null}
 */
export function quoteAround(text, start, end) {
  const isLetter = (/** @type {number} */ at) => /[\p{L}\p{N}]/u.test(text[at] ?? "");
  let [from, to] = [start, end];
  while (from > 0 && isLetter(from - 1) && isLetter(from)) from -= 1;
  while (to < text.length && isLetter(to - 1) && isLetter(to)) to += 1;
  while (from < to && text[from] === " ") from += 1;
  while (to > from && text[to - 1] === " ") to -= 1;
  if (from >= to) return null;
  const before = text.slice(Math.max(0, from - CONTEXT), from);
  return { words: text.slice(from, to), before, after: text.slice(to, to + CONTEXT) };
}
