// Sends recovered texts that have no box on the page, or whose box is taken by newer text.
import { Saver } from "./saver.js";

/**
 * In place of a box: it shows nothing and remembers what the first save of an empty box has to send.
 * @implements {TextBox}
 */
class NoBox {
  recoveredMessage = "sent-on";
  hasFocus = false;
  html = "";

  /** @param {Partial<TextMetadata>} metadata */
  constructor({ passage_language = "", authority = "" }) {
    this.about = { passage_language, authority };
  }

  /** @param {string} html */
  show(html) {
    this.html = html;
    return true;
  }

  metadata() {
    return this.about;
  }

  restoreMetadata() {}
}

/**
 * Return a saver for a record whose text has no box on this page.
 * @param {StoredRecord} record
 * @param {import("./save_client.js").SaveClient} client
 * @param {import("./store.js").Store} store
 */
export function saverWithoutBox(record, client, store) {
  const { section, contribution, language, row, base, html, place, url, save_url, report, name } = record;
  return new Saver({
    text: { section, contribution, language, ...(row && { row }) },
    base,
    html,
    savedHtml: null,
    box: new NoBox(record),
    place: { place, url, save_url, report, name },
    client,
    store,
  });
}
