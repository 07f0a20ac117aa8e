// A paragraph that two people changed at the same time: both versions side by side above its text, and the choice.
import { find, findAll } from "../dom.js";
import { mount } from "../editor/editor.js";
import { replaceText } from "../editor/replace_text.js";
import { areaOf, buildPanel, fillPanel, htmlOf, isEdited, reader, showWhen, warn } from "./conflict_panel.js";
import { LocalCopy } from "./local_copy.js";
import { announce, message } from "./messages.js";
import { findText } from "./page_text.js";
import { STORE_PATIENCE } from "./saver.js";

/** States of a text in which another try cannot help: its status line says what can. */
const NOT_BY_RETRYING = ["refused", "signed-out", "other-user", "second-factor"];

/**
 * @typedef {Required<import("./page_text.js").PageText>} ShownText
 * @typedef {object} Panel
 * @property {HTMLElement} element
 * @property {LocalCopy} localCopy Of the combined text, once somebody edited it.
 * @property {ShownText} text
 * @property {Conflict} conflict
 * @property {boolean} isSettled Somebody else chose; the panel stays for the combined text in it.
 * @property {boolean} isBusy A choice is on its way.
 */

export class ConflictPanels {
  /** How often the panels changed by a save or a choice of this page. */
  changes = 0;
  /** @type {Map<number, Panel>} By the conflict's id. */
  #panels = new Map();

  /**
   * @param {object} options
   * @param {import("./save_client.js").SaveClient} options.client
   * @param {import("./store.js").Store} options.store
   * @param {string} options.saveUrl
   * @param {() => import("./page_text.js").PageText[]} options.texts The texts that have a box on the page.
   * @param {() => void} options.onNewPanel Called for each new panel: the store may hold what was typed into it.
   */
  constructor({ client, store, saveUrl, texts, onNewPanel }) {
    this.client = client;
    this.store = store;
    this.saveUrl = saveUrl;
    this.texts = texts;
    this.onNewPanel = onNewPanel;
    store.addEventListener("lost", () => this.#storeAgain());
  }

  /** Whether a combined text would be gone with the page. A settled conflict gets no panel on the next page. */
  get areOnlyInPage() {
    const edited = [...this.#panels.values()].filter(({ element }) => isEdited(areaOf(element)));
    return edited.some(({ localCopy, isSettled }) => isSettled || !localCopy.isStored);
  }

  /**
   * Show these conflicts, which are all that are open. The others have been settled.
   * @param {Conflict[]} conflicts
   */
  showOnly(conflicts) {
    const open = new Set(conflicts.map(({ id }) => id));
    for (const id of this.#panels.keys()) if (!open.has(id)) this.#markSettled(id);
    this.show(conflicts);
  }

  /**
   * Show these conflicts: with new panels, or with new versions in the panels that they have.
   * @param {Conflict[]} conflicts
   */
  show(conflicts) {
    for (const conflict of conflicts) {
      const text = /** @type {ShownText | undefined} */ (findText(this.texts(), conflict));
      const known = this.#panels.get(conflict.id);
      const isUnchanged = known && !known.isSettled && JSON.stringify(known.conflict) === JSON.stringify(conflict);
      if (!text || isUnchanged) continue;
      const panel = known ?? this.#build(conflict, text);
      this.#panels.set(conflict.id, Object.assign(panel, { text, conflict, isSettled: false }));
      fillPanel(panel.element, conflict, text.shown.lang);
      this.#linkFromLine(text);
      if (known) continue;
      announce("conflict", find(panel.element, "[data-title]", HTMLElement).textContent ?? "");
      this.onNewPanel();
    }
  }

  /**
   * Somebody settled the conflict: remove its panel, unless it holds a combined text that is nowhere else.
   * @param {number} id
   */
  #markSettled(id) {
    const panel = this.#panels.get(id);
    if (!panel) return; // the regular answer may come before the answer to this page's own choice
    if (!isEdited(areaOf(panel.element))) {
      this.#remove(id);
    } else if (!panel.isSettled && !panel.isBusy) {
      panel.isSettled = true;
      showWhen(panel.element, "settled");
      this.#linkFromLine(panel.text);
      announce("conflict", find(panel.element, "[data-shown-when=settled]", HTMLElement).textContent ?? "");
    }
  }

  /** @param {number} id */
  #remove(id) {
    const panel = this.#panels.get(id);
    if (!panel) return;
    this.#panels.delete(id);
    panel.localCopy.write(null);
    panel.element.remove();
    this.#linkFromLine(panel.text);
  }

  /**
   * Store a combined text on this computer, as every text that somebody types.
   * @param {Panel} panel
   */
  #updateCopy({ element, localCopy, conflict, text: { saver } }) {
    const area = areaOf(element);
    if (!isEdited(area)) {
      localCopy.write(null);
      return;
    }
    const { place, text, base } = saver;
    const at = saver.clock.date();
    localCopy.write({ ...place, ...text, base, conflict: conflict.id, html: htmlOf(area), how: "typed", at });
  }

  #storeAgain() {
    for (const [id, panel] of this.#panels) {
      panel.localCopy.reset();
      if (!isEdited(areaOf(panel.element))) continue;
      this.client.clock.pause(STORE_PATIENCE).then(() => {
        if (this.#panels.get(id) === panel) this.#updateCopy(panel);
      });
    }
  }

  /**
   * Put a combined text that a closed tab left back into its panel. Without a panel it stays in the store.
   * @param {StoredRecord} record
   */
  async restore(record) {
    const id = record.conflict ?? 0;
    const panel = this.#panels.get(id);
    const localCopy = new LocalCopy(this.store);
    if (!panel || isEdited(areaOf(panel.element)) || !(await localCopy.claim(record))) return;
    const area = areaOf(panel.element);
    if (this.#panels.get(id) !== panel) return; // settled meanwhile
    const fold = area.closest("details");
    if (fold) fold.open = true;
    const editor = mount(area);
    if (!editor || isEdited(area)) return;
    panel.localCopy = localCopy;
    replaceText(editor, record.html);
  }

  /**
   * @param {Conflict} conflict
   * @param {ShownText} text
   * @returns {Panel}
   */
  #build(conflict, text) {
    const element = buildPanel(conflict.id, text.shown.lang);
    /** @type {Panel} */
    const panel = {
      element,
      text,
      conflict,
      localCopy: new LocalCopy(this.store),
      isSettled: false,
      isBusy: false,
    };
    areaOf(element).addEventListener("editor:change", ({ detail }) => {
      if (detail.byUser) this.#updateCopy(panel);
    });
    for (const button of findAll(element, "[data-keep]", HTMLElement)) {
      button.addEventListener("click", () => this.#settle(panel, button.dataset.keep ?? ""));
    }
    find(element, "[data-throw-away]", HTMLElement).addEventListener("click", () => {
      this.#remove(conflict.id);
      panel.text.shown.box.focus();
    });
    document.getElementById(element.id)?.remove(); // the server's panel, which works without scripts
    text.shown.conflicts.append(element);
    return panel;
  }

  /**
   * Send the choice of one version, or of the combined text.
   * @param {Panel} panel
   * @param {string} keep "mine", "theirs" or "edited"
   */
  async #settle(panel, keep) {
    if (panel.isBusy) return;
    const {
      element,
      conflict: { id },
      text: {
        saver,
        shown: { box },
      },
    } = panel;
    const area = areaOf(element);
    const html = keep === "edited" ? htmlOf(area) : area.dataset.html;
    panel.isBusy = true;
    warn(element, "");
    const answer = await this.#send(panel, { keep, html });
    panel.isBusy = false;
    if (!answer || !("conflicts" in answer)) {
      const reason = answer && "message" in answer ? answer.message : undefined;
      const name = NOT_BY_RETRYING.includes(saver.state) ? "line-first" : "not-settled";
      warn(element, reason ?? message(name).textContent ?? "");
      return;
    }
    this.changes += 1;
    saver.showNewer(answer);
    const hadFocus = element.contains(document.activeElement) || document.activeElement === document.body;
    if (answer.conflicts.some((one) => one.id === id)) {
      warn(element, message("grown").textContent ?? "");
    } else if (keep === "edited") {
      area.openedHtml = html;
      this.#markSettled(id); // stays if its writer typed on before the answer came
    } else {
      this.#remove(id);
    }
    this.show(answer.conflicts); // the other version may have grown meanwhile, and is then shown beside the choice
    if (hadFocus && !this.#panels.has(id)) box.focus(); // not if its writer went on in another box
  }

  /**
   * Send a choice, after the text itself. It names the revision whose versions were shown: the server settles no other.
   * Return null if the text could not be saved.
   * @param {Panel} panel
   * @param {object} choice
   */
  async #send(panel, choice) {
    const {
      conflict,
      text: { saver },
    } = panel;
    if (!(await saver.flush())) return null;
    // What a colleague wrote meanwhile is not what was chosen; what this writer wrote meanwhile is.
    const { number } = conflict.mine_by === reader() ? panel.conflict : conflict;
    return this.client.post(`${this.saveUrl}conflicts/${conflict.id}/`, { ...choice, number });
  }

  /**
   * Let the line below a text link to the first conflict that is open.
   * @param {ShownText} text
   */
  #linkFromLine({ line }) {
    const open = [...this.#panels.values()].find(({ text, isSettled }) => text.line === line && !isSettled);
    line.conflict = open?.element ?? null;
    line.show();
  }
}
