// Reads HTML from the clipboard, whoever put it there, as paragraphs and list items of plain, bold, italic and linked
// text. Only tags are lost: no word of the text is.
import { isLinkAddress } from "./link.js";
import { BREAK, htmlOf } from "./paste_blocks.js";

const OWN = /^<(?:\/?(?:html|head|body|meta|p|ul|ol|li|strong|em|a|br)(?:\s(?!style)[^>]*)?|!--.*--)>$/i;
const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^'"<>])*>/gi;
const CONTROLS = /[\0-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]/g;
const BLOCKS = new Set(
  ("address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form " +
  "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul").split(" "),
);
const LEFT_OUT = new Set(
  ("audio canvas del head iframe img input link meta noscript object script select style svg template textarea title " +
  "video xml").split(" "),
);
const HEADING = /^(h[1-6]|th)$/;

/** What no text may hold goes; Word's line break inside a paragraph becomes one. */
export const cleanPastedText = (text) => text.replace(CONTROLS, "").replace(/[\v\f]/g, "\n");

/** Plain HTML for the editor to take over. What another of our editors copied stays as it is. */
export function cleanPastedHtml(html) {
  if (html.includes("data-pm-slice") && !html.match(/<[^>]*>/g)?.some((tag) => !OWN.test(tag))) return html;
  // The page's security policy objects to these attributes, even in a document that is only read.
  const inert = cleanPastedText(html)
    .replace(/<style\b[^]*?<\/style\s*>/gi, "")
    .replace(TAG, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, " data-$1="));
  const reading = new Reading();
  reading.children(new DOMParser().parseFromString(inert, "text/html").body);
  reading.end();
  return htmlOf(reading.blocks);
}

/** Walks through a page once, collecting runs of text until a paragraph ends. */
class Reading {
  blocks = [];
  runs = [];
  lists = [];
  style = { strong: false, em: false, href: "", pre: false };
  word = null; // the list paragraph of Word that is being read: its mark and level
  inMark = false;

  children(node) {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) this.text(child.data);
      else if (child.nodeType === Node.COMMENT_NODE) this.comment(child.data);
      else if (child.nodeType === Node.ELEMENT_NODE) this.element(child);
    }
  }

  text(text) {
    if (this.inMark && this.word) this.word.mark += text;
    else this.runs.push({ ...this.style, text: this.style.pre ? text : text.replace(/\n/g, " ") });
  }

  /** Word brackets what it draws before a list item in conditional comments. */
  comment(text) {
    if (text === "[if !supportLists]") this.inMark = true;
    else if (text === "[endif]") this.inMark = false;
  }

  element(element) {
    const name = element.localName;
    const css = element.dataset.style ?? "";
    if (LEFT_OUT.has(name) || /display:\s*none|mso-hide:\s*all/i.test(css)) return;
    if (name === "br") {
      if (element.className !== "Apple-interchange-newline") this.lineBreak();
      return;
    }
    const before = { style: this.style, inMark: this.inMark };
    this.style = styleOf(element, name, css, this.style);
    if (/mso-list:\s*ignore/i.test(css)) this.inMark = true;
    if (BLOCKS.has(name)) this.block(element, name, css);
    else this.children(element);
    Object.assign(this, before);
  }

  block(element, name, css) {
    this.end();
    if (name === "ul" || name === "ol") {
      this.lists.push({ numbered: name === "ol", next: Number(element.getAttribute("start") ?? 1), hasText: false });
      this.children(element);
      this.end();
      this.lists.pop();
      return;
    }
    if (name === "li" && this.lists.length) this.lists.at(-1).hasText = false;
    const level = /mso-list:[^;]*level(\d+)/i.exec(css)?.[1];
    if (!this.lists.length && (level || /^MsoList/.test(element.className))) {
      this.word = { mark: "", level: Number(level ?? 1), heading: HEADING.test(name) };
    }
    this.children(element);
    this.end();
  }

  /** Two breaks in a row part paragraphs. */
  lineBreak() {
    const last = this.runs.findLast((run) => /[^ \t\n\r]/.test(run.text) || run.text === BREAK);
    if (last?.text === BREAK && !this.lists.length) this.end();
    else this.runs.push({ ...this.style, text: BREAK });
  }

  end() {
    const { runs, word } = this;
    this.runs = [];
    this.word = null;
    if (!runs.some((run) => /[^\s]/.test(run.text))) return;
    const list = this.lists.at(-1);
    if (!list) {
      this.blocks.push(word ? { runs, ...word } : { runs });
    } else if (list.hasText) {
      this.blocks.push({ runs, level: this.lists.length, continues: true });
    } else {
      list.hasText = true;
      const mark = list.numbered ? `${list.next}.` : "•";
      list.next += 1;
      this.blocks.push({ runs, mark, level: this.lists.length });
    }
  }
}

function styleOf(element, name, css, outer) {
  const style = { ...outer };
  if (name === "b" || name === "strong") style.strong = true;
  if (name === "i" || name === "em") style.em = true;
  if (name === "pre") style.pre = true;
  if (name === "a") {
    const address = element.getAttribute("href")?.trim() ?? "";
    if (isLinkAddress(address)) style.href = address;
  }
  const weight = /(?<![\w-])font-weight:\s*(\w+)/i.exec(css)?.[1];
  if (weight && !HEADING.test(name)) style.strong = /^(bold|bolder|[6-9]00)$/i.test(weight);
  const slant = /(?<![\w-])font-style:\s*(\w+)/i.exec(css)?.[1];
  if (slant) style.em = /^(italic|oblique)$/i.test(slant);
  const space = /white-space:\s*([\w-]+)/i.exec(css)?.[1];
  if (space) style.pre = space.startsWith("pre") || space.startsWith("break");
  return style;
}
