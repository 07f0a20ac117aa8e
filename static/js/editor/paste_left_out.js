// What a text of the portal cannot have, or must not: each kind is named below the text where it was pasted.
import { isVisible } from "./characters.js";

/**
 * @typedef {"pictures" | "objects" | "colours" | "underlining" | "headings" | "struck" | "hidden" | "comments"
 *   | "links" | "fields" | "merged" | "tables" | "wrappers" | "furniture" | "signature" | "formatting"} Kind
 */

/** @type {[Kind, string][]} Elements that go with all that is in them. */
const ELEMENTS = [
  ["pictures", "img picture svg canvas"],
  ["objects", "audio embed iframe object video"],
  ["struck", "del s strike"],
  ["fields", "button input select textarea"],
];
/** @type {Map<string, Kind | "">} "": nobody misses it. */
const GOES = new Map([
  ..."head link meta noscript script style template title xml"
    .split(" ")
    .map((name) => /** @type {const} */ ([name, ""])),
  ...ELEMENTS.flatMap(([kind, names]) => names.split(" ").map((name) => /** @type {const} */ ([name, kind]))),
]);
/** @type {[Kind, RegExp][]} What inline styles say of an element that goes. */
const STYLES = [
  ["struck", /text-decoration(-line)?:[^;]*line-through/i],
  ["comments", /mso-element:\s*comment|mso-special-character:\s*comment/i],
  ["furniture", /mso-element:\s*(header|footer)/i],
  ["hidden", /display:\s*none|mso-hide:\s*all/i],
];
/** @type {[Kind, RegExp][]} The same of its class and id, as Word, Google Docs and mail programs give them. */
const NAMES = [
  ["comments", /\b(MsoCommentReference|MsoCommentText|msocom\w+|cmnt(_ref)?\d+)\b/],
  ["signature", /\b(gmail_signature|moz-signature|(x_)?Signature|ms-outlook-mobile-signature)\b/],
];
const HEADING = /^h[1-6]$/;
// A text in black or grey on white is what everybody sees, whatever its program calls it.
const NEUTRAL =
  /^(auto|black|currentcolor|canvas\w*|\w*gr[ae]y|inherit|initial|none|silver|transparent|unset|var|white\w*|windowtext|window)\b/i;
const COLOUR = /(?<![\w-])(?:color|background(?:-color)?|mso-highlight)\s*:\s*([^;]+)/gi;
const PALE = 64; // the difference between the channels of a colour that looks grey
const SMALLEST_PICTURE = 3; // pixels; mail programs use smaller ones to see that a mail was opened

/** @type {Set<Kind | "">} Kinds that are missed only where there was text. */
const TEXTS = new Set(["struck", "hidden", "signature", "furniture"]);

/**
 * Return of which kind an element is that goes with all that is in it: "" if nobody misses it, null if it stays.
 * @param {Element} element
 * @param {string} css Its inline style.
 */
export function removalOf(element, css) {
  const kind = kindOf(element, css);
  return kind && TEXTS.has(kind) && !isVisible(element.textContent ?? "") ? "" : kind;
}

/**
 * @param {Element} element
 * @param {string} css
 * @returns {Kind | "" | null}
 */
function kindOf(element, css) {
  const kind =
    GOES.get(element.localName) ?? kindIn(STYLES, css) ?? kindIn(NAMES, `${element.className} ${element.id}`);
  if (kind === "pictures" && isPixel(element)) return "";
  if (kind !== undefined) return kind;
  if (element.getAttribute("showingplchdr")) return ""; // the placeholder of an empty control of Word
  if (isGoogleComment(element)) return "comments";
  return element instanceof HTMLElement && element.hidden ? "hidden" : null;
}

/**
 * @param {[Kind, RegExp][]} table
 * @param {string} text
 */
const kindIn = (table, text) => table.find(([, pattern]) => pattern.test(text))?.[0];

/** @param {Element} element */
const isPixel = (element) => Number(element.getAttribute("width") ?? SMALLEST_PICTURE) < SMALLEST_PICTURE;

/**
 * The paragraph of a comment in a document that Google Docs published, or the letter that refers to it.
 * @param {Element} element
 */
function isGoogleComment(element) {
  const link = element.localName === "a" ? element : element.localName === "p" ? element.firstElementChild : null;
  const address = link?.getAttribute("href") ?? "";
  return element === link ? /#cmnt\d/.test(address) : /#cmnt_ref\d/.test(address);
}

/**
 * Return what an element loses whose text stays.
 * @param {HTMLElement} element
 * @param {string} css
 * @returns {Kind[]}
 */
export function lossesOf(element, css) {
  const name = element.localName;
  /** @type {Kind[]} */
  const losses = [];
  if (HEADING.test(name)) losses.push("headings");
  const isUnderlined = name === "u" || /text-decoration(-line)?:[^;]*underline/i.test(css);
  if (!isUnderlined && !isColoured(element, css)) return losses;
  if (element.closest("a[href]") || element.querySelector("a[href]") || !isVisible(element.textContent ?? "")) {
    return losses; // a link has its look
  }
  if (isUnderlined) losses.push("underlining");
  if (isColoured(element, css)) losses.push("colours");
  return losses;
}

/**
 * @param {HTMLElement} element
 * @param {string} css
 */
function isColoured(element, css) {
  if (element.localName === "mark") return true;
  const values = [...css.matchAll(COLOUR)].map(([, value]) => value);
  const attributes = [element.getAttribute("color"), element.getAttribute("bgcolor")];
  return [...values, ...attributes].some((value) => value && isColour(value.trim()));
}

/** @param {string} value */
function isColour(value) {
  if (NEUTRAL.test(value)) return false;
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})\b/i.exec(value)?.[1];
  const size = (digits?.length ?? 0) / 3;
  const hex = digits
    ? [0, 1, 2].map((at) => parseInt(digits.slice(at * size, (at + 1) * size).repeat(3 - size), 16))
    : [];
  const numbers =
    /^rgba?\(([^)]*)\)/i
      .exec(value)?.[1]
      .split(/[\s,/]+/)
      .map(Number) ?? [];
  if (numbers[3] === 0) return false; // transparent
  const channels = digits ? hex : numbers.slice(0, 3);
  if (channels.length < 3) return /^[a-z]+\b(?!\()/i.test(value);
  return Math.max(...channels) - Math.min(...channels) > PALE;
}
