// The number of words of each text, as it is now. The server writes the first one (`word_count` in templatetags).
import { findAll } from "../dom.js";

/** @param {string} text */
export const countWords = (text) => text.split(/\s+/u).filter(Boolean).length;

/**
 * Show the number of words of the text that changed.
 * @param {HTMLTextAreaElement} textarea
 * @param {(number: number) => string} inWords
 */
export function showWords(textarea, inWords) {
  const { editor } = textarea;
  const contribution = textarea.closest(".contribution");
  if (!editor || !contribution || contribution.querySelector("textarea") !== textarea) return;
  const words = inWords(countWords(editor.getText()));
  for (const place of findAll(contribution, "[data-words]", HTMLElement)) place.textContent = words;
}

/** Return the number of words of all texts of the page that will be printed. */
export function allWords() {
  let number = 0;
  for (const textarea of findAll(document, "textarea[data-text]", HTMLTextAreaElement)) {
    if (textarea.closest(".translations")) continue;
    number += countWords(textarea.editor?.getText() ?? textarea.value);
  }
  return number;
}
