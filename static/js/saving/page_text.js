/**
 * A text of the page: its saver and its status line, and where its conflicts go, unless it has no box here.
 * @typedef {object} PageText
 * @property {import("./saver.js").Saver} saver
 * @property {import("./status_line.js").StatusLine} line
 * @property {{ box: import("./text_box.js").EditorBox, conflicts: HTMLElement, lang: string }} [shown]
 */

/**
 * Return the text of this contribution in this language, if the page has it; of a translation in rows, the row there.
 * @param {PageText[]} texts
 * @param {{ contribution: number, language: string, place?: number }} address
 * @returns {PageText | undefined}
 */
export function findText(texts, { contribution, language, place }) {
  return texts.find(
    ({ saver: { text } }) =>
      text.contribution === contribution && text.language === language && text.row?.place === place,
  );
}
