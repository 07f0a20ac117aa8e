// Brings one text to the server: what is in its box, what the server has of it, and the save that is under way.
import { LocalCopy } from "./local_copy.js";
import { uuid } from "./uuid.js";

const PAUSE = 1_000; // ms after the last keystroke
const LONGEST_TYPING = 5_000; // ms; a text is saved while somebody types on
const LONGEST_WAIT = 30_000; // ms between two attempts
export const STORE_PATIENCE = 1_000; // ms that anything waits for the store

/**
 * @typedef {import("./clock.js").Clock} Clock
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./save_client.js").SaveClient} SaveClient
 * @typedef {"" | "saved" | "saving" | "refused" | "offline" | "trouble" | Exclude<Session, "open">} SaverState
 */

/**
 * Dispatches "state" when the state may have changed, "saved" with the open conflicts when the server has the text,
 * before that "created" with the attempt when the save made a contribution, and "news" with what is around a row.
 */
export class Saver extends EventTarget {
  /** The text grew from what was sent as `base`, not from what the server merged into it. */
  fromSent = false;
  /** @type {Attempt | null} A save whose fate is not known: it is repeated unchanged until an answer comes. */
  attempt = null;
  /** @type {{ html: string, message?: string } | null} Refused by the server; not sent again until it changes. */
  refusal = null;
  /** @type {"" | "offline" | "trouble"} Why the last attempt failed. */
  failure = "";
  failures = 0;
  failedAt = 0;
  /** @type {How} */
  how = "typed";
  savedAt = "";
  /** A closed tab left the text in the store. */
  wasRecovered = false;
  /** The server refused it with the page's form and put it back into its box. */
  wasRefusedByForm = false;
  wasJoined = false; // with what the same person wrote over the same words in another window
  lastChange = -Infinity;
  /** @type {number | null} When the first change came that no attempt contains. */
  firstChange = null;
  /** @type {Promise<boolean> | null} */
  sending = null;
  /** @type {unknown} */
  #timer = null;

  /**
   * @param {object} options
   * @param {TextAddress} options.text
   * @param {number} options.base The revision that the text grew from.
   * @param {string} options.html What is in the box.
   * @param {string | null} [options.savedHtml] What the server has of it; null if that is not known.
   * @param {TextBox} options.box
   * @param {TextPlace} options.place
   * @param {SaveClient} options.client
   * @param {Store} options.store
   */
  constructor({ text, base, html, savedHtml = html, box, place, client, store }) {
    super();
    this.text = text;
    this.base = base;
    this.html = html;
    this.savedHtml = savedHtml;
    this.box = box;
    this.place = place;
    this.client = client;
    this.clock = client.clock;
    this.seen = base; // the newest revision that the box shows with all that others wrote
    this.localCopy = new LocalCopy(store);
    client.addEventListener("session", () => this.#onSession());
    store.addEventListener("lost", () => this.#storeAgain());
  }

  get hasUnsent() {
    return this.attempt !== null || this.html !== this.savedHtml;
  }

  /** Whether the text would be gone with the page. */
  get isOnlyInPage() {
    return this.hasUnsent && !this.localCopy.isStored;
  }

  get isRefused() {
    return this.refusal !== null && this.refusal.html === this.html;
  }

  /** Whether there is something that the server may take: what it refused it refuses again. */
  get canSend() {
    return this.hasUnsent && (this.attempt !== null || !this.isRefused);
  }

  /** Whether somebody is typing: what others wrote must not be shown in the middle of a word. */
  get isTyping() {
    return this.clock.now() - this.lastChange < PAUSE;
  }

  /** @returns {SaverState} */
  get state() {
    if (!this.hasUnsent) return this.savedAt ? "saved" : "";
    if (this.client.session !== "open") return this.client.session;
    if (this.isRefused) return "refused";
    return this.failure || "saving";
  }

  /**
   * Note what its writer made of the text, store it and plan to send it.
   * @param {string} html
   * @param {boolean} [pasted]
   */
  changed(html, pasted = false) {
    this.html = html;
    if (pasted) this.how = "pasted";
    this.lastChange = this.clock.now();
    this.firstChange ??= this.lastChange;
    this.#updateCopy();
    this.#notify();
    this.#schedule();
  }

  /**
   * Go on from the record of a closed tab as if it had been typed here. `localCopy` has claimed the record. Return false
   * while the box cannot show it. Nothing here may wait: it would overwrite what is typed meanwhile.
   * @param {UnsentRecord} record
   * @param {LocalCopy} localCopy
   */
  restore(record, localCopy) {
    const { base, from_sent: fromSent = false, attempt = null, html, how } = record;
    const isSaved = !attempt && html === this.savedHtml;
    if (!isSaved && !this.box.show(html)) return false;
    this.localCopy = localCopy;
    if (isSaved) {
      this.#updateCopy();
      return true;
    }
    const seen = record.seen ?? (fromSent ? base - 1 : base);
    Object.assign(this, { base, seen, fromSent, attempt, how, wasRecovered: true });
    this.html = this.box.html;
    if (this.text.contribution === null) this.box.restoreMetadata(attempt ?? record);
    this.#notify();
    this.send();
    return true;
  }

  #updateCopy() {
    const written = this.localCopy.write(this.hasUnsent ? this.record() : null);
    Promise.race([written, this.clock.pause(STORE_PATIENCE)]).then(() => this.#notify());
    return written;
  }

  /** The browser's data were cleared: until the browser confirms the record again, the text is only in the page. */
  #storeAgain() {
    this.localCopy.reset();
    this.#notify();
    this.clock.pause(STORE_PATIENCE).then(() => this.#updateCopy()); // a browser that clears data refuses a new store
  }

  /** @returns {UnsentRecord} */
  record() {
    const { base, seen, fromSent, attempt, html, how } = this;
    const metadata = this.text.contribution === null ? this.box.metadata() : {};
    const revisions = { base, seen, from_sent: fromSent };
    return { ...this.place, ...this.text, ...metadata, ...revisions, attempt, html, how, at: this.clock.date() };
  }

  /** Send after a pause in typing, or after a failure later and later. */
  #schedule() {
    this.clock.cancel(this.#timer);
    if (!this.canSend || this.sending || this.client.session !== "open") return;
    const due = this.failures
      ? this.failedAt + Math.min(LONGEST_WAIT, 1_000 * 2 ** (this.failures - 1))
      : Math.min(this.lastChange + PAUSE, (this.firstChange ?? Infinity) + LONGEST_TYPING);
    this.#timer = this.clock.after(() => this.send(), Math.max(0, due - this.clock.now()));
  }

  /**
   * Send what is not sent yet, one request at a time. Return whether the server has it.
   * @returns {Promise<boolean>}
   */
  send() {
    this.sending ??= this.#sendOnce().finally(() => {
      this.sending = null;
      this.#schedule();
      this.#notify();
    });
    return this.sending;
  }

  /** Send until nothing is left or an attempt fails. Return whether the server has everything. */
  async flush() {
    while (this.hasUnsent && (await this.send()));
    return !this.hasUnsent;
  }

  async #sendOnce() {
    this.clock.cancel(this.#timer);
    if (this.client.session !== "open" || !this.canSend) return false;
    this.attempt ??= this.#createAttempt();
    // The attempt is stored before it is sent: a tab that finds it there repeats it under the same id.
    await Promise.race([this.#updateCopy(), this.clock.pause(STORE_PATIENCE)]);
    const answer = await this.client.post(this.place.save_url, { user: this.client.user, ...this.attempt });
    return this.#handleAnswer(answer);
  }

  /** @returns {Attempt} */
  #createAttempt() {
    const { base, fromSent, html, how } = this;
    this.firstChange = null;
    this.how = "typed";
    const metadata = { passage_language: "", authority: "" };
    if (this.text.contribution === null) Object.assign(metadata, this.box.metadata());
    return { id: uuid(), ...this.text, ...this.text.row, base, from_sent: fromSent, html, how, ...metadata };
  }

  /** @param {SaveAnswer} answer */
  #handleAnswer(answer) {
    const { attempt } = this;
    if (!attempt) return false; // its writer threw the text away meanwhile
    const isSaved = answer.outcome === "saved" || answer.outcome === "unchanged";
    this.failure = answer.outcome === "offline" || answer.outcome === "trouble" ? answer.outcome : "";
    this.failures = this.failure ? this.failures + 1 : 0;
    if (this.failure) this.failedAt = this.clock.now();
    if (isSaved) {
      this.#handleSaved(attempt, answer);
    } else if (answer.outcome === "refused" || answer.outcome === "closed") {
      Object.assign(this, { refusal: { html: attempt.html, message: answer.message }, attempt: null });
      if (answer.row) this.dispatchEvent(new CustomEvent("news", { detail: answer.row }));
    }
    this.#updateCopy();
    return isSaved;
  }

  /**
   * @param {Attempt} attempt
   * @param {SavedAnswer} answer
   */
  #handleSaved(attempt, { outcome, contribution, number, html, merged, joined, unwrapped, time, conflicts, row }) {
    const typedOn = this.html !== attempt.html;
    const isFirst = this.text.contribution === null;
    // "unchanged" brings the current text. If that is a colleague's, nothing in this box grew from it.
    const mayBeOthers = number !== attempt.base || attempt.from_sent;
    const hasOthers = unwrapped || (outcome === "saved" ? merged : mayBeOthers && html !== attempt.html);
    this.attempt = this.refusal = null;
    this.savedHtml = attempt.html;
    this.savedAt = time;
    this.wasJoined ||= Boolean(joined);
    if (isFirst) this.text = { ...this.text, contribution };
    if (!hasOthers) this.#setBase(number);
    else if (!typedOn && !this.isTyping && this.box.show(html)) this.#noteShown(number);
    else if (outcome === "saved") Object.assign(this, { base: number, fromSent: true });
    if (isFirst) this.dispatchEvent(new CustomEvent("created", { detail: attempt }));
    this.dispatchEvent(new CustomEvent("saved", { detail: { conflicts, unwrapped, row } }));
  }

  /** @param {number} number */
  #setBase(number) {
    Object.assign(this, { base: number, seen: number, fromSent: false });
  }

  /** @param {number} number */
  #noteShown(number) {
    this.html = this.savedHtml = this.box.html;
    this.#setBase(number);
  }

  /**
   * Show a newer text of the server, unless something here is unsent.
   * @param {{ number: number, html: string }} text
   */
  showNewer({ number, html }) {
    if (this.hasUnsent || this.sending || number <= this.seen || !this.box.show(html)) return;
    this.#noteShown(number);
  }

  /** Give a refused text an id and store it, for the page's form to submit it too: whichever comes first is one save. */
  async prepareForForm() {
    this.attempt ??= this.#createAttempt();
    await Promise.race([this.#updateCopy(), this.clock.pause(STORE_PATIENCE)]);
  }

  /** Throw the unsent text away, from the store too. */
  discard() {
    Object.assign(this, { attempt: null, savedHtml: this.html });
    return this.#updateCopy();
  }

  #onSession() {
    this.#notify();
    if (this.client.session === "open" && this.hasUnsent) this.retry();
  }

  /** Send now: the connection may be back, or the page may be closed. */
  retry() {
    if (this.canSend) this.send();
  }

  #notify() {
    this.dispatchEvent(new Event("state"));
  }
}
