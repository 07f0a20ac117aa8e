// Where the passages of comments are in the texts of the page: found by their words, and followed while somebody writes.
// The texts get no marks: the browser paints the places (CSS Custom Highlight API).
import { findAll } from "../dom.js";
import { quoteAround } from "./quotes.js";

/**
 * @typedef {import("../../django_prose_editor/editor.js").Editor} Editor
 * @typedef {import("../../django_prose_editor/editor.js").Node} Node
 * @typedef {{ from: number, to: number }} Place Positions in the editor's document.
 * @typedef {import("./quotes.js").Quote} Quote
 * @typedef {import("./read_texts.js").ReadMark} ReadMark
 */

/**
 * Return the text of an editor as passages.py folds it, one blank for each run of white space and between blocks, and
 * for each of its characters the position in the document.
 * @param {Node} doc
 */
function foldedText(doc) {
  let text = "";
  /** @type {number[]} */
  const positions = [];
  doc.descendants((node, position) => {
    if (!node.isText) {
      if (text && !text.endsWith(" ")) {
        text += " ";
        positions.push(position);
      }
      return;
    }
    for (const [at, unit] of (node.text ?? "").split("").entries()) {
      const isSpace = /\s/u.test(unit);
      if (isSpace && (!text || text.endsWith(" "))) continue;
      positions.push(position + at);
      text += isSpace ? " " : unit;
    }
  });
  return { text, positions };
}

/**
 * Return where the text has these words for the `occurrence`-th time, counted from 0; where there are fewer, the last.
 * @param {string} text
 * @param {string} words
 * @param {number} occurrence
 */
function indexOf(text, words, occurrence) {
  let found = words ? text.indexOf(words) : -1;
  for (let number = 0; found >= 0 && number < occurrence; number += 1) {
    const next = text.indexOf(words, found + 1);
    if (next < 0) break;
    found = next;
  }
  return found;
}

/**
 * @param {Editor} editor
 * @param {string} words
 * @param {number} occurrence
 * @returns {Place | null}
 */
export function placeIn(editor, words, occurrence) {
  const { text, positions } = foldedText(editor.state.doc);
  const at = indexOf(text, words, occurrence);
  return at < 0 ? null : { from: positions[at], to: positions[at + words.length - 1] + 1 };
}

/**
 * Return the selected words of an editor, whole words only, with what is around them; null without a selection.
 * @param {Editor} editor
 * @returns {Quote | null}
 */
export function selectedQuote(editor) {
  const { from, to } = editor.state.selection;
  const { text, positions } = foldedText(editor.state.doc);
  const first = positions.findIndex((position) => position >= from);
  const after = positions.findIndex((position) => position >= to);
  if (from === to || first < 0) return null;
  return quoteAround(text, first, after < 0 ? text.length : after);
}

/** A passage in a text of the page. `place` is null while its words are not in the text. */
export class Mark {
  /** @type {Place | null} */
  place = null;

  /**
   * @param {string} comment
   * @param {Editor} editor
   * @param {{ words: string, occurrence: number }} passage
   */
  constructor(comment, editor, { words, occurrence }) {
    this.comment = comment;
    this.editor = editor;
    this.words = words;
    this.occurrence = occurrence;
    this.find();
  }

  find() {
    this.place = placeIn(this.editor, this.words, this.occurrence);
  }

  /**
   * Follow a change of the text.
   * @param {import("../../django_prose_editor/editor.js").Mapping} mapping
   */
  follow(mapping) {
    if (!this.place) return;
    const place = { from: mapping.map(this.place.from, 1), to: mapping.map(this.place.to, -1) };
    this.place = place.from < place.to ? place : null;
  }

  /** @param {number} position */
  has(position) {
    return this.place !== null && this.place.from <= position && position <= this.place.to;
  }

  /** @returns {Range[]} */
  get ranges() {
    const { view } = this.editor;
    if (!this.place || this.place.to > view.state.doc.content.size) return []; // the text was replaced by a shorter one
    const [start, end] = [view.domAtPos(this.place.from, 1), view.domAtPos(this.place.to, -1)];
    const range = document.createRange();
    range.setStart(start.node, start.offset);
    range.setEnd(end.node, end.offset);
    return [range];
  }
}

/**
 * Return the textarea of a text that has an editor.
 * @param {string} contribution
 * @param {string} language
 */
export function textareaOf(contribution, language) {
  return findAll(document, "textarea[data-text]", HTMLTextAreaElement).find((one) => {
    const text = addressOf(one);
    return one.editor && String(text.contribution) === contribution && text.language === language;
  });
}

/**
 * @param {HTMLTextAreaElement} textarea
 * @returns {TextAddress}
 */
export const addressOf = (textarea) => textarea.saver?.text ?? JSON.parse(textarea.dataset.text ?? "{}");

/**
 * Paint the places, and stronger the one that was chosen. Browsers without highlights show the quotes in the panel only.
 * @param {(Mark | ReadMark)[]} marks
 * @param {string} chosen
 */
export function paint(marks, chosen) {
  if (!CSS.highlights) return;
  const of = (/** @type {(Mark | ReadMark)[]} */ some) => new Highlight(...some.flatMap(({ ranges }) => ranges));
  CSS.highlights.set("comment", of(marks.filter(({ comment }) => comment !== chosen)));
  CSS.highlights.set("comment-chosen", of(marks.filter(({ comment }) => comment === chosen)));
}
