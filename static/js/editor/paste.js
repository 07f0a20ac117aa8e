// What a clipboard becomes in the editor: HTML of any program, or plain text. Nothing here knows the page.
import { parseHtml } from "../dom.js";
import { htmlOf } from "./paste_blocks.js";
import { BlockReader } from "./paste_reader.js";
import { without, withoutPictureData } from "./paste_size.js";
import { htmlOfText } from "./paste_text.js";

/** @typedef {{ html: string, leftOut: import("./paste_left_out.js").Kind[] }} Cleaned */

const OWN_TAGS = "html|head|body|meta|p|ul|ol|li|strong|em|sup|sub|a|br|table|thead|tbody|tr|th|td";
const OWN = new RegExp(`^<(?:/?(?:${OWN_TAGS})(?:\\s(?!style)[^>]*)?|!--.*--)>$`, "i");
const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^'"<>])*>/gi;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be found
const CONTROLS = /[\0-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]/g;

/**
 * Replace the characters that no text may contain. A vertical tab is Word's line break inside a paragraph, as the line
 * separator of Unicode is.
 * @param {string} text
 */
export const cleanPastedText = (text) =>
  text
    .replace(/[\f\x85]/g, "\n")
    .replace(/\v/g, "\u2028")
    .replace(CONTROLS, "");

/**
 * Return plain HTML for the editor to insert, and what of the clipboard it leaves out. What was copied from another
 * editor of the portal stays as it is.
 * @param {string} html
 * @param {{ isInTable?: boolean }} [place] In a cell of a table there is no other one: its rows become paragraphs.
 * @returns {Cleaned}
 */
export function cleanPastedHtml(html, place = {}) {
  const isFree = !place.isInTable || !/<table\b/i.test(html);
  if (isFree && html.includes("data-pm-slice") && !html.match(/<[^<>]*>/g)?.some((tag) => !OWN.test(tag))) {
    return { html, leftOut: [] };
  }
  const reader = new BlockReader();
  const body = parseHtml(inert(html));
  const lines = linesOfPdf(body);
  if (lines) return { html: htmlOfText(lines), leftOut: [] };
  reader.takesTables = isFree;
  reader.hasComments = /<meta[^<>]*LibreOffice/i.test(html);
  reader.readChildren(body);
  reader.endBlock();
  return { html: htmlOf(reader.blocks), leftOut: [...reader.leftOut] };
}

/**
 * Return HTML without what the page's security policy reports even in a document that is only parsed.
 * @param {string} html
 */
const inert = (html) =>
  without(withoutPictureData(cleanPastedText(html)), /<style\b/i, /<\/style\s*>/i).replace(TAG, (tag) =>
    tag.replace(/([\s/"'])(style|on\w+)\s*=/gi, "$1 data-$2="),
  );

/**
 * Return what was copied from a PDF in Firefox as lines of text; "" for anything else.
 * @param {HTMLElement} body
 */
function linesOfPdf(body) {
  const breaks = body.querySelectorAll("br[role=presentation]");
  for (const one of breaks) one.replaceWith("\n");
  return breaks.length ? (body.textContent ?? "") : "";
}
