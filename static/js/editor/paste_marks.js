// The signs before list items: bullets and numbers. The table is that of the readers of files
// (reports/readers/paragraphs.py), so that a text pasted and the same text uploaded become the same lists.

export const SPACES = "[ \\t\\u00a0]";

// U+F0B7 and the others from U+F000 on are bullets of Word in the fonts Symbol and Wingdings.
const SIGNS = "•●▪▫◦■□‣⁃·➢➤►▸▶✓✔❖◆◇○∙\uf0b7\uf0a7\uf0d8\uf0fc\uf076";
// Word's hollow bullet is an "o", and Wingdings' other bullets are letters. Only a tab tells them from text.
const LETTERS = "oØü§vqà";

/** A bullet that no text begins with, and what is between it and its text. */
const BULLET = `(?:[${SIGNS}]${SPACES}*|[${LETTERS}](?:[ \\u00a0]*\\t${SPACES}*| {3,}))(?=\\S)`;

/** A paragraph of HTML that begins with a bullet. An asterisk or a long dash may be a footnote or speech. */
export const TYPED_MARK = new RegExp(`^\\s*(?:${BULLET}|-${SPACES}+(?=\\S))`);

/** A line of plain text: its indent, its mark. A dash without a space is a mark only before a capital. */
export const LINE_MARK = new RegExp(
  `^(?<indent>\\s*)(?:(?<mark>${BULLET})|(?<dash>[*–—-])${SPACES}+(?=\\S)|(?<tight>-)(?=[A-ZÀ-ÖØ-Þ«“‘])` +
    `|(?<number>\\d{1,3})[.)]${SPACES}+(?=\\S))`,
);

/**
 * Return whether what Word draws before an item is a bullet.
 * @param {string} mark
 */
export function isBullet(mark) {
  if (mark.length === 1) return LETTERS.includes(mark) || !/[\p{L}\p{N}]/u.test(mark);
  return mark.length === 2 && !/[\p{L}\p{N}]/u.test(mark);
}
