// The panel of one conflict: both versions side by side, buttons to keep one, and a field to combine them. It is a copy
// of the template in components/conflict_panel.html.
import { byId, cloneTemplate, find, findAll, parseHtml } from "../dom.js";
import { contents } from "../editor/editor.js";
import { replaceText } from "../editor/replace_text.js";
import { message } from "./messages.js";

/** Return the name of the person who reads the page. */
export const reader = () => byId("conflict-panel", HTMLTemplateElement).dataset.me;

/**
 * Return a new panel. The editor of the combined text is made when its fold opens.
 * @param {number} id The conflict's.
 * @param {string} lang
 */
export function buildPanel(id, lang) {
  const panel = cloneTemplate("conflict-panel");
  const title = find(panel, "[data-title]", HTMLElement);
  const label = find(panel, "[data-combine]", HTMLElement);
  const format = find(panel, "input", HTMLInputElement);
  const area = areaOf(panel);
  panel.id = `conflict-${id}`;
  title.id = `${panel.id}-title`;
  label.id = `${panel.id}-combine`;
  format.id = `${panel.id}-format`;
  area.id = `${panel.id}-text`;
  area.lang = lang;
  area.dataset.format = format.id;
  area.setAttribute("aria-labelledby", `${title.id} ${label.id}`);
  panel.setAttribute("aria-labelledby", title.id);
  return panel;
}

/**
 * Show the two versions as they are now. A combined text that somebody edited stays as it is.
 * @param {HTMLElement} panel
 * @param {Conflict} conflict
 * @param {string} lang
 */
export function fillPanel(panel, conflict, lang) {
  const part = (/** @type {string} */ name) => find(panel, `[data-${name}]`, HTMLElement);
  part("time").textContent = conflict.time;
  const isOnePerson = conflict.mine_by === conflict.theirs_by; // a Word file, or a version that was restored
  part("mine-who").replaceChildren(isOnePerson ? message("later") : nameOf(conflict.mine_by));
  part("theirs-who").replaceChildren(isOnePerson ? message("earlier") : nameOf(conflict.theirs_by));
  part("keep=mine").replaceChildren(buttonText(conflict.mine_by, isOnePerson ? "use-later" : "", conflict.theirs_by));
  part("keep=theirs").replaceChildren(
    buttonText(conflict.theirs_by, isOnePerson ? "use-earlier" : "", conflict.mine_by),
  );
  showVersion(part("mine"), conflict.mine && conflict.mine_marked, lang);
  showVersion(part("theirs"), conflict.theirs && conflict.theirs_marked, lang);
  showVersion(part("base"), conflict.base, lang);
  showWhen(panel, "open");
  propose(areaOf(panel), conflict.combined);
}

/** @param {string} name */
const nameOf = (name) => (name === reader() ? message("yours") : name);

/**
 * Return what the button says that keeps the version of `name`, or the sentence `fixed`.
 * @param {string} name
 * @param {string} fixed
 * @param {string} other Who wrote the other version.
 */
function buttonText(name, fixed, other) {
  if (fixed) return message(fixed);
  if (name === reader()) return message("use-yours");
  if (other === reader()) return message("use-theirs");
  return message("use-of", { who: name });
}

/** @param {HTMLElement} panel */
export const areaOf = (panel) => find(panel, "textarea", HTMLTextAreaElement);

/** @param {HTMLTextAreaElement} area */
export const htmlOf = ({ editor, dataset }) => (editor ? contents(editor) : (dataset.html ?? ""));

/** @param {HTMLTextAreaElement} area */
export const isEdited = (area) => Boolean(area.editor) && htmlOf(area) !== area.openedHtml;

/**
 * Propose a combined text, as long as nobody edited the one before.
 * @param {HTMLTextAreaElement} area
 * @param {string} html
 */
function propose(area, html) {
  if (isEdited(area)) return;
  area.dataset.html = html;
  if (!area.editor) return;
  replaceText(area.editor, html);
  area.openedHtml = contents(area.editor);
}

/**
 * @param {HTMLElement} panel
 * @param {string} state
 */
export function showWhen(panel, state) {
  for (const part of findAll(panel, "[data-shown-when]", HTMLElement)) part.hidden = part.dataset.shownWhen !== state;
}

/**
 * @param {HTMLElement} panel
 * @param {string} sentence "" hides the warning.
 */
export function warn(panel, sentence) {
  const warning = find(panel, "[role=alert]", HTMLElement);
  warning.textContent = sentence;
  warning.hidden = !sentence;
}

/**
 * @param {HTMLElement} element
 * @param {string} html "" where that side removed the paragraph.
 * @param {string} lang
 */
function showVersion(element, html, lang) {
  element.lang = lang;
  element.replaceChildren(...(html ? parseHtml(html).childNodes : [message("removed")]));
}
