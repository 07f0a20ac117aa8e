// Which characters show; the server's definition is reports/document/characters.py.

const VISIBLE = /[^\p{Cc}\p{Cf}\p{M}\p{Z}\u115f\u1160\u3164\uffa0\u2800]/u;

/**
 * Return whether a text has a character that shows. Spaces, invisible characters and accents alone are nothing.
 * @param {string} text
 */
export const isVisible = (text) => VISIBLE.test(text);
