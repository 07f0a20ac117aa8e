// The numbers before list items. A list of the portal counts in digits; a letter or Roman number stays in the text.

/** @type {[number, string][]} */
const ROMAN = [
  [1000, "m"],
  [900, "cm"],
  [500, "d"],
  [400, "cd"],
  [100, "c"],
  [90, "xc"],
  [50, "l"],
  [40, "xl"],
  [10, "x"],
  [9, "ix"],
  [5, "v"],
  [4, "iv"],
  [1, "i"],
];

/**
 * Return how a list or an item is numbered: "a", "A", "i" or "I"; "" for digits.
 * @param {HTMLElement} element
 * @param {string} css
 */
export function kindOfNumbers(element, css) {
  const type = element.getAttribute("type") ?? "";
  if (/^[aAiI]$/.test(type)) return type;
  const found = /list-style(?:-type)?:[^;]*?(lower|upper)-(alpha|latin|roman)/i.exec(css);
  if (!found) return "";
  const kind = found[2].toLowerCase() === "roman" ? "i" : "a";
  return found[1].toLowerCase() === "lower" ? kind : kind.toUpperCase();
}

/**
 * Return what stands before an item: "4.", "d)", "iv.".
 * @param {number} number
 * @param {string} kind
 */
export function markOf(number, kind) {
  if (!kind || number < 1 || number > 3999) return `${number}.`;
  const text = kind.toLowerCase() === "a" ? `${letters(number)})` : `${roman(number)}.`;
  return kind === kind.toLowerCase() ? text : text.toUpperCase();
}

/**
 * @param {number} number
 * @returns {string}
 */
function letters(number) {
  const rest = Math.floor((number - 1) / 26);
  return (rest ? letters(rest) : "") + String.fromCharCode(97 + ((number - 1) % 26));
}

/** @param {number} number */
function roman(number) {
  let text = "";
  let left = number;
  for (const [value, sign] of ROMAN) {
    while (left >= value) {
      text += sign;
      left -= value;
    }
  }
  return text;
}
