// How long what is pasted may be. Its length is known before anything parses it.

const LARGEST_HTML = 5_000_000; // characters with tags, without pictures; a text within the limit has a tenth of that
const DEEPEST = 300; // elements in each other; no document of an office program has a fifth of that
// Elements whose end a program need not write.
const NEVER_CLOSED =
  /^(area|br|col|colgroup|dd|dt|embed|hr|img|input|li|link|meta|option|p|source|t[dhr]|tbody|tfoot|thead|wbr|.:.*)$/i;
const HEAVY = ["style", "script", "xml", "head"];

/**
 * Return how many characters of text a clipboard has, from above for HTML. Nothing is parsed.
 * @param {{ html: string, text: string }} clipboard
 */
export function lengthOf({ html, text }) {
  let words = withoutComments(html);
  for (const name of HEAVY) words = without(words, new RegExp(`<${name}\\b`, "i"), new RegExp(`</${name}\\s*>`, "i"));
  words = words.replace(/<[^<>]*>/g, "").replace(/&\w{1,8};/g, " ");
  return Math.max(text.length, words.replace(/\s+/g, " ").length);
}

/**
 * Return whether a browser can take long to parse this HTML, although the text in it is short enough.
 * @param {string} html
 */
export function isHeavy(html) {
  const words = withoutPictureData(html);
  return words.length > LARGEST_HTML || isDeep(words);
}

/**
 * Return whether elements are in each other so often that a parser takes time quadratic in it.
 * @param {string} html
 */
function isDeep(html) {
  let depth = 0;
  for (const [, closing, name] of html.matchAll(/<(\/?)([a-z][a-z0-9:]*)/gi)) {
    if (NEVER_CLOSED.test(name)) continue;
    depth = Math.max(0, depth + (closing ? -1 : 1));
    if (depth > DEEPEST) return true;
  }
  return false;
}

/**
 * Remove pictures that are part of the HTML: a program writes them as addresses of millions of characters.
 * @param {string} html
 */
export const withoutPictureData = (html) => html.replace(/\bdata:[\w+.-]+\/[\w+.;=,%/-]+/gi, "data:");

/** @param {string} html */
const withoutComments = (html) => without(html, /<!--/, /-->/);

/**
 * Remove what begins with `opening` and ends with `closing`; what is never closed stays. By splitting, not with one
 * pattern: a lazy one takes quadratic time where much is opened and never closed.
 * @param {string} html
 * @param {RegExp} opening
 * @param {RegExp} closing
 */
export function without(html, opening, closing) {
  const [first, ...others] = html.split(opening);
  const kept = others.map((part) => {
    const end = closing.exec(part);
    return end ? part.slice(end.index + end[0].length) : part;
  });
  return first + kept.join("");
}
