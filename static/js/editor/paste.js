// Reads HTML from the clipboard, of any program, as paragraphs, list items and tables of plain, bold, italic, raised and
// linked text. Tags are lost, words are not, except those that are struck through: they are a deletion.
import { parseHtml } from "../dom.js";
import { isVisible } from "./characters.js";
import { isLinkAddress } from "./link.js";
import { BREAK, htmlOf } from "./paste_blocks.js";
import { kindOfNumbers, markOf } from "./paste_numbers.js";
import { isGrid, tableHtml } from "./paste_table.js";

/**
 * @typedef {import("./paste_blocks.js").Block} Block
 * @typedef {import("./paste_blocks.js").Run} Run
 * @typedef {{ strong: boolean, em: boolean, raised: string, href: string, pre: boolean }} Style
 * @typedef {{ numbered: boolean, next: number, numbers: string, hasText: boolean }} List
 */

const OWN =
  /^<(?:\/?(?:html|head|body|meta|p|ul|ol|li|strong|em|sup|sub|a|br|table|thead|tbody|tr|th|td)(?:\s(?!style)[^>]*)?|!--.*--)>$/i;
const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^'"<>])*>/gi;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be found
const CONTROLS = /[\0-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]/g;
const BLOCKS = new Set(
  (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form " +
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
  ).split(" "),
);
const LEFT_OUT = new Set(
  (
    "audio canvas del head iframe img input link meta noscript object s script select strike style svg template " +
    "textarea title video xml"
  ).split(" "),
);
const UNSEEN = /display:\s*none|mso-hide:\s*all|text-decoration(-line)?:[^;]*line-through/i;
const HEADING = /^(h[1-6]|th)$/;

/**
 * Remove the characters that no text may contain. A vertical tab is Word's line break inside a paragraph.
 * @param {string} text
 */
export const cleanPastedText = (text) => text.replace(CONTROLS, "").replace(/[\v\f]/g, "\n");

/**
 * Return plain HTML for the editor to insert. What was copied from another editor of the portal stays as it is.
 * @param {string} html
 */
export function cleanPastedHtml(html) {
  if (html.includes("data-pm-slice") && !html.match(/<[^>]*>/g)?.some((tag) => !OWN.test(tag))) return html;
  // The page's security policy reports these attributes even in a document that is only parsed.
  const inert = cleanPastedText(html)
    .replace(/<style\b.*?<\/style\s*>/gis, "")
    .replace(TAG, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, " data-$1="));
  return read(parseHtml(inert));
}

/**
 * @param {HTMLElement} element
 * @returns {string}
 */
function read(element) {
  const reader = new BlockReader();
  reader.readChildren(element);
  reader.endBlock();
  return htmlOf(reader.blocks);
}

/** Walks through a document once and collects runs of text until a paragraph ends. */
class BlockReader {
  /** @type {Block[]} */
  blocks = [];
  /** @type {Run[]} */
  #runs = [];
  /** @type {List[]} The lists around this place, outermost first. */
  #lists = [];
  /** @type {Style} */
  #style = { strong: false, em: false, raised: "", href: "", pre: false };
  /** @type {{ mark: string, level: number, heading: boolean } | null} The list paragraph of Word that is being read. */
  #word = null;
  #inMark = false;

  /** @param {Node} node */
  readChildren(node) {
    for (const child of node.childNodes) {
      if (child instanceof Text) this.#readText(child.data);
      else if (child instanceof Comment) this.#readComment(child.data);
      else if (child instanceof HTMLElement) this.#readElement(child);
      else if (child instanceof Element && !LEFT_OUT.has(child.localName)) this.readChildren(child); // MathML
    }
  }

  /** @param {string} text */
  #readText(text) {
    if (this.#inMark && this.#word) this.#word.mark += text;
    else this.#runs.push({ ...this.#style, text: this.#style.pre ? text : text.replace(/\n/g, " ") });
  }

  /**
   * Word puts what it draws before a list item between conditional comments.
   * @param {string} text
   */
  #readComment(text) {
    if (text === "[if !supportLists]") this.#inMark = true;
    else if (text === "[endif]") this.#inMark = false;
  }

  /** @param {HTMLElement} element */
  #readElement(element) {
    const name = element.localName;
    const css = element.dataset.style ?? "";
    if (LEFT_OUT.has(name) || UNSEEN.test(css)) return;
    if (name === "br") {
      if (element.className !== "Apple-interchange-newline") this.#readBreak();
      return;
    }
    const [style, inMark] = [this.#style, this.#inMark];
    this.#style = styleOf(element, css, style);
    if (/mso-list:\s*ignore/i.test(css)) this.#inMark = true;
    if (BLOCKS.has(name)) this.#readBlock(element, css);
    else if (name === "q") this.#readQuotation(element);
    else this.readChildren(element);
    [this.#style, this.#inMark] = [style, inMark];
  }

  /**
   * A browser draws the marks of this element, so they are no text of it.
   * @param {HTMLElement} element
   */
  #readQuotation(element) {
    const [opening, closing] = element.parentElement?.closest("q") ? "‘’" : "“”";
    this.#readText(opening);
    this.readChildren(element);
    this.#readText(closing);
  }

  /**
   * @param {HTMLElement} element
   * @param {string} css
   */
  #readBlock(element, css) {
    const name = element.localName;
    this.endBlock();
    if (isGrid(element)) {
      if (element.caption) this.#readBlock(element.caption, "");
      this.blocks.push({ runs: [], table: tableHtml(element, read) });
      return;
    }
    if (name === "ul" || name === "ol") {
      const next = Number(element.getAttribute("start") ?? 1);
      this.#lists.push({ numbered: name === "ol", next, numbers: kindOfNumbers(element, css), hasText: false });
      this.readChildren(element);
      this.endBlock();
      this.#lists.pop();
      return;
    }
    const list = this.#lists[this.#lists.length - 1];
    if (name === "li" && list) {
      list.hasText = false;
      list.next = Number(element.getAttribute("value") ?? list.next);
      list.numbers = kindOfNumbers(element, css) || list.numbers;
    }
    const level = /mso-list:[^;]*level(\d+)/i.exec(css)?.[1];
    if (!list && (level || element.className.startsWith("MsoList"))) {
      this.#word = { mark: "", level: Number(level ?? 1), heading: HEADING.test(name) };
    }
    this.readChildren(element);
    this.endBlock();
  }

  /** Two breaks in a row separate paragraphs. */
  #readBreak() {
    const last = this.#runs.findLast((run) => /[^ \t\n\r]/.test(run.text) || run.text === BREAK);
    if (last?.text === BREAK && !this.#lists.length) this.endBlock();
    else this.#runs.push({ ...this.#style, text: BREAK });
  }

  /** Make a block of the text since the last one. */
  endBlock() {
    const [runs, word] = [this.#runs, this.#word];
    this.#runs = [];
    this.#word = null;
    if (!runs.some((run) => isVisible(run.text))) return;
    const level = this.#lists.length;
    const list = this.#lists[level - 1];
    if (!list) {
      this.blocks.push(word ? { runs, ...word } : { runs });
    } else if (list.hasText) {
      this.blocks.push({ runs, level, continues: true });
    } else {
      list.hasText = true;
      this.blocks.push({ runs, mark: list.numbered ? markOf(list.next, list.numbers) : "•", level });
      list.next += 1;
    }
  }
}

/**
 * Return the style inside an element, where `outer` is the style around it.
 * @param {HTMLElement} element
 * @param {string} css Its inline style.
 * @param {Style} outer
 */
function styleOf(element, css, outer) {
  const name = element.localName;
  const style = { ...outer };
  if (name === "b" || name === "strong") style.strong = true;
  if (name === "i" || name === "em") style.em = true;
  if (name === "pre") style.pre = true;
  if (name === "sup" || name === "sub") style.raised = name;
  if (name === "a") {
    const address = element.getAttribute("href")?.trim() ?? "";
    if (isLinkAddress(address)) style.href = address;
  }
  const weight = /(?<![\w-])font-weight:\s*(\w+)/i.exec(css)?.[1];
  if (weight && !HEADING.test(name)) style.strong = /^(bold|bolder|[6-9]00)$/i.test(weight);
  const slant = /(?<![\w-])font-style:\s*(\w+)/i.exec(css)?.[1];
  if (slant) style.em = /^(italic|oblique)$/i.test(slant);
  const place = /vertical-align:\s*(super|sub)\b/i.exec(css)?.[1].toLowerCase();
  if (place) style.raised = place === "super" ? "sup" : "sub";
  const space = /white-space:\s*([\w-]+)/i.exec(css)?.[1];
  if (space) style.pre = space.startsWith("pre") || space.startsWith("break");
  return style;
}
