// Asks the server regularly what others did on the same page. Their newer texts are shown where nothing here is unsent,
// a line says who else is writing, paragraphs that two people changed get a panel with both versions, and comments that
// changed are handed to the panel beside the text (writing/comments.js).
import { findAll } from "../dom.js";
import { findText } from "./page_text.js";

const EVERY = 10_000; // ms

/** @typedef {import("./page_text.js").PageText} PageText */

export class Poller {
  #isAsking = false;
  #mustAskAgain = false;
  /** The newest message of a comment that the page came with or that an answer brought. What this person says on the
   * page does not count: a colleague may have said something before it. */
  #said = Math.max(0, ...findAll(document, "[data-said]", HTMLElement).map(({ dataset }) => Number(dataset.said)));

  /**
   * @param {object} options
   * @param {import("./save_client.js").SaveClient} options.client
   * @param {string} options.nowUrl
   * @param {() => PageText[]} options.texts The texts that have a box on the page.
   * @param {import("./conflicts.js").ConflictPanels} options.panels
   */
  constructor({ client, nowUrl, texts, panels }) {
    this.client = client;
    this.nowUrl = nowUrl;
    this.texts = texts;
    this.panels = panels;
  }

  /** Ask from now on every few seconds, and whenever somebody comes back to the page. */
  start() {
    setInterval(() => this.ask(), EVERY);
    addEventListener("focus", () => this.ask());
    document.addEventListener("visibilitychange", () => this.ask());
  }

  /** Ask now, or once more after the question that is under way: its answer may be older than what happened here. */
  async ask() {
    if (document.visibilityState === "hidden" || this.client.session !== "open") return;
    this.#mustAskAgain = this.#isAsking;
    if (this.#isAsking) return;
    this.#isAsking = true;
    const { changes } = this.panels;
    const answer = await this.client.get(
      `${this.nowUrl}?known=${encodeURIComponent(this.#known())}&said=${this.#said}`,
    );
    this.#isAsking = false;
    if (answer?.texts) this.#show(answer, changes);
    if (this.#mustAskAgain) this.ask();
  }

  /**
   * @param {UpdatesAnswer} answer
   * @param {number} changes How often the panels had changed when the question was asked.
   */
  #show(answer, changes) {
    for (const text of answer.texts) {
      const saver = findText(this.texts(), text)?.saver;
      if (!saver || saver.isTyping) continue;
      saver.showNewer(text);
      const note = document.querySelector(`[data-machine="${text.contribution}:${text.language}"]`);
      if (note instanceof HTMLElement && saver.seen === text.number) note.hidden = !text.machine;
      if (text.row && saver.seen === text.number) saver.dispatchEvent(new CustomEvent("news", { detail: text.row }));
    }
    for (const { saver, line } of this.texts()) {
      const { contribution, language } = saver.text;
      if (contribution === null || language) continue;
      const here = answer.writing.filter((one) => one.contribution === contribution);
      line.showWriters(here.map(({ who }) => who));
    }
    if (answer.changed?.length) document.dispatchEvent(new Event("original:changed"));
    if (changes === this.panels.changes) this.panels.showOnly(answer.conflicts); // else this answer is outdated
    if (answer.comments.length) {
      this.#said = Math.max(...answer.comments.map(({ newest }) => newest));
      document.dispatchEvent(new CustomEvent("comments:news", { detail: answer.comments }));
    }
  }

  /** The revisions that the page shows, as the server's view `now` reads them. */
  #known() {
    const known = this.texts().filter(({ saver }) => saver.text.contribution !== null);
    return known
      .map(({ saver: { text, seen } }) => {
        const row = text.row ? `:${text.row.place}:${text.row.original}` : "";
        return `${text.contribution}:${text.language}:${seen}${row}`;
      })
      .join(",");
  }
}
