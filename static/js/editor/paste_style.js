// The style of pasted text, from the tags and inline styles of any program.
import { isLinkAddress } from "./link.js";

/** @typedef {{ strong: boolean, em: boolean, raised: string, href: string, pre: boolean }} Style */

const HEADING = /^(h[1-6]|th)$/;

/**
 * Return the style inside an element, where `outer` is the style around it.
 * @param {HTMLElement} element
 * @param {string} css Its inline style.
 * @param {Style} outer
 */
export function styleOf(element, css, outer) {
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
