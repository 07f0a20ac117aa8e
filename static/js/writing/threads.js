// The comments in the panel: a thread is put into its list as the server has it now.
import { find, findAll, parseHtml } from "../dom.js";

/**
 * Put a thread into its list, instead of the one that is there. Return what is shown now.
 * @param {HTMLElement} panel
 * @param {CommentAsShown} comment
 */
export function putThread(panel, { html, section, open }) {
  const beside = find(panel, `[data-beside="${CSS.escape(section)}"]`, HTMLElement);
  const thread = /** @type {HTMLElement} */ (document.importNode(find(parseHtml(html), ".thread", HTMLElement), true));
  const before = document.getElementById(thread.id);
  const settled = find(beside, "[data-settled]", HTMLElement);
  const isInUse = before !== null && isWrittenIn(before);
  if (isInUse) {
    bringUpToDate(before, thread);
  } else {
    before?.remove();
    (thread.classList.contains("settled") ? settled : find(beside, "[data-threads]", HTMLElement)).append(thread);
    thread.querySelector("textarea")?.dispatchEvent(new CustomEvent("box:added", { bubbles: true }));
  }
  settled.hidden = !settled.querySelector(".thread");
  find(settled, "[data-number]", HTMLElement).textContent = String(findAll(settled, ".thread", HTMLElement).length);
  find(beside, "[data-no-comments]", HTMLElement).hidden = open > 0;
  find(beside, "[data-open]", HTMLElement).dataset.open = String(open);
  return isInUse ? before : thread;
}

/** @param {HTMLElement} thread Whether somebody has typed a reply in it, or is about to. */
const isWrittenIn = (thread) =>
  Boolean(thread.querySelector("textarea")?.value) || thread.contains(document.activeElement);

/**
 * Show what is new in a thread around its form, which stays as it is: somebody writes in it.
 * @param {HTMLElement} thread
 * @param {HTMLElement} now The thread as the server has it.
 */
function bringUpToDate(thread, now) {
  const form = thread.querySelector("form");
  for (const { name, value } of now.attributes) if (name.startsWith("data-")) thread.setAttribute(name, value);
  for (const child of [...thread.children]) if (child !== form) child.remove();
  for (const child of [...now.children].filter(({ tagName }) => tagName !== "FORM")) {
    if (form) form.before(child);
    else thread.append(child);
  }
}
