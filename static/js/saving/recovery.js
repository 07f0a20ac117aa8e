// Takes up the texts that closed tabs left in the store: they are shown in their boxes and sent, or only sent where
// their box is taken.
import { mount } from "../editor/editor.js";
import { LocalCopy } from "./local_copy.js";
import { belongsToOpenTab, onTabClosed, openTabs, TAB } from "./tabs.js";
import { saverWithoutBox } from "./without_box.js";

export class Recovery {
  /** @type {Promise<void>} */
  #last = Promise.resolve();
  /** @type {Set<string>} The tabs whose closing this page waits for. */
  #watched = new Set();

  /**
   * @param {object} options
   * @param {import("./store.js").Store} options.store
   * @param {import("./save_client.js").SaveClient} options.client
   * @param {string} options.report The page's report, as records name it.
   * @param {HTMLTextAreaElement[]} options.textareas The page's texts, each with its saver once it has an editor.
   * @param {import("./conflicts.js").ConflictPanels} options.panels
   * @param {(saver: import("./saver.js").Saver) => void} options.addWithoutBox Show the status of a text that has no box.
   */
  constructor({ store, client, report, textareas, panels, addWithoutBox }) {
    this.store = store;
    this.client = client;
    this.report = report;
    this.textareas = textareas;
    this.panels = panels;
    this.addWithoutBox = addWithoutBox;
    this.sections = new Set(textareas.map((textarea) => addressOf(textarea).section));
  }

  /** Look for records that no open tab sends. One look follows the other. */
  check() {
    this.#last = this.#last.then(() => this.#checkOnce()).catch(() => {});
    return this.#last;
  }

  async #checkOnce() {
    const { records } = await this.store.all();
    const open = await openTabs();
    for (const record of records) {
      if (record.tab === TAB || record.report !== this.report || !this.sections.has(record.section)) continue;
      if (belongsToOpenTab(record, open)) this.#watch(record.tab);
      else await this.#restore(record).catch(() => {}); // a record that fails does not hold up the others
    }
  }

  /** @param {string} tab */
  #watch(tab) {
    if (this.#watched.has(tab)) return;
    this.#watched.add(tab);
    onTabClosed(tab, () => {
      setTimeout(() => this.check()); // once this page has released the lock of that tab
    });
  }

  /** @param {StoredRecord} record */
  async #restore(record) {
    if (record.conflict) {
      await this.panels.restore(record);
      return;
    }
    const localCopy = new LocalCopy(this.store);
    if (!(await localCopy.claim(record))) return; // another tab was quicker
    const textarea = this.textareas.find((one) => hasAddress(one, record));
    if (textarea && !textarea.editor) open(textarea);
    const saver = textarea?.saver;
    if (saver && !saver.hasUnsent && !saver.sending && saver.restore(record, localCopy)) return;
    if (saver?.wasRefusedByForm && withoutSpace(record.html) === withoutSpace(saver.html)) {
      localCopy.write(null); // the server put the text back into its box, and its saver stores it
      return;
    }
    const loose = saverWithoutBox(record, this.client, this.store);
    this.addWithoutBox(loose);
    loose.restore(record, localCopy);
  }
}

/** @param {string} html The server brings white space into its normal form. */
const withoutSpace = (html) => html.replace(/\s+/g, "");

/**
 * @param {HTMLTextAreaElement} textarea
 * @returns {TextAddress}
 */
const addressOf = ({ saver, dataset }) => saver?.text ?? JSON.parse(dataset.text ?? "");

/**
 * @param {HTMLTextAreaElement} textarea
 * @param {TextAddress} record
 */
function hasAddress(textarea, { section, contribution, language, row }) {
  const text = addressOf(textarea);
  const isText = text.section === section && text.contribution === contribution && text.language === language;
  return isText && text.row?.place === row?.place && text.row?.original === row?.original;
}

/**
 * Open the folds around a text and make its editor.
 * @param {HTMLTextAreaElement} textarea
 */
function open(textarea) {
  let fold = textarea.closest("details");
  while (fold) {
    fold.open = true;
    fold = fold.parentElement?.closest("details") ?? null;
  }
  mount(textarea);
}
