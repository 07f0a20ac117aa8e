// Brings one field beside the texts to the server: "nothing to report", authority, language, place. A save that comes
// twice changes nothing, so the newest value is simply sent until an answer comes.

const LONGEST_WAIT = 30_000; // ms between two attempts

/** @typedef {boolean | string | number} FieldValue */

/**
 * Dispatches "state" when the state may have changed, "saved" with the answer, and "returned" when the server refused
 * the value: the field then has to show the one before.
 * @implements {LineSource}
 */
export class FieldSaver extends EventTarget {
  savedAt = "";
  wasRecovered = false;
  /** @type {{ message?: string } | null} */
  refusal = null;
  isField = true;
  localCopy = { isStored: false };
  box = { recoveredMessage: "recovered", hasFocus: false };
  /** @type {"" | "offline" | "trouble"} */
  #failure = "";
  #failures = 0;
  /** @type {unknown} */
  #timer = null;
  #isSending = false;

  /**
   * @param {object} options
   * @param {import("./save_client.js").SaveClient} options.client
   * @param {string} options.url
   * @param {string} options.field
   * @param {FieldValue} options.value What the server has.
   * @param {() => { section: string, contribution: number | null }} options.address
   */
  constructor({ client, url, field, value, address }) {
    super();
    this.client = client;
    this.url = url;
    this.field = field;
    this.address = address;
    this.saved = this.value = value;
    client.addEventListener("session", () => {
      this.#notify();
      this.retry();
    });
  }

  get hasUnsent() {
    return this.value !== this.saved;
  }

  get state() {
    if (this.refusal) return "refused";
    if (!this.hasUnsent) return this.savedAt ? "saved" : "";
    if (this.client.session !== "open") return this.client.session;
    return this.#failure || "saving";
  }

  /** @param {FieldValue} value */
  set(value) {
    this.value = value;
    this.refusal = null;
    this.#notify();
    return this.flush();
  }

  /** Send until nothing is left or an attempt fails. Return whether the server has the value. */
  async flush() {
    if (this.#isSending) return false;
    this.#isSending = true;
    while (this.hasUnsent && this.client.session === "open" && (await this.#sendOnce()));
    this.#isSending = false;
    this.#notify();
    return !this.hasUnsent;
  }

  /** Send now: the connection may be back. */
  retry() {
    if (this.hasUnsent) this.flush();
  }

  async #sendOnce() {
    this.client.clock.cancel(this.#timer);
    const { value, field } = this;
    const body = { user: this.client.user, ...this.address(), field, value };
    const answer = await this.client.post(this.url, body);
    if (answer.outcome === "saved") this.#handleSaved(value, /** @type {any} */ (answer));
    else if (answer.outcome === "refused" || answer.outcome === "closed") this.#handleRefused(value, answer);
    else this.#handleFailed(answer.outcome);
    return answer.outcome === "saved";
  }

  /**
   * @param {FieldValue} value
   * @param {{ time: string, order: number[] }} answer
   */
  #handleSaved(value, answer) {
    this.saved = value;
    this.savedAt = answer.time;
    this.#failure = "";
    this.#failures = 0;
    this.dispatchEvent(new CustomEvent("saved", { detail: answer }));
  }

  /**
   * @param {FieldValue} value
   * @param {{ message?: string }} answer
   */
  #handleRefused(value, { message }) {
    this.#failure = "";
    if (value !== this.value) return; // it was changed again meanwhile
    this.refusal = { message };
    this.value = this.saved;
    this.dispatchEvent(new Event("returned"));
  }

  /** @param {string} outcome */
  #handleFailed(outcome) {
    this.#failure = outcome === "offline" || outcome === "trouble" ? outcome : "";
    if (!this.#failure) return; // the session: the client looks after it
    this.#failures += 1;
    const wait = Math.min(LONGEST_WAIT, 1_000 * 2 ** (this.#failures - 1));
    this.#timer = this.client.clock.after(() => this.retry(), wait);
  }

  #notify() {
    this.dispatchEvent(new Event("state"));
  }
}
