// Keeps the stored record of one text equal to the text. Every change is handed to the browser at once and in order,
// without waiting for the confirmation of the change before: while somebody types fast, confirmations come late.

let copies = 0;

export class LocalCopy {
  /** @type {UnsentRecord | KeptRecord | null} What the store should hold; null: nothing. */
  #latest = null;
  /** @type {UnsentRecord | KeptRecord | null | undefined} What the browser was given last; undefined: it refused that. */
  #submitted = null;
  /** @type {UnsentRecord | KeptRecord | null} What the browser confirmed to hold. */
  #confirmed = null;
  /** @type {Promise<void> | null} Fulfilled once the browser has the latest record. */
  #submitting = null;
  /** @type {Promise<void> | undefined} Settled once the browser confirmed or refused what it was given last. */
  #confirming;

  /** @param {import("./store.js").Store} store */
  constructor(store) {
    copies += 1;
    this.store = store;
    this.key = store.keyFor(copies);
  }

  /** Whether the latest record is confirmed to be on this computer. */
  get isStored() {
    return this.#latest !== null && this.#confirmed === this.#latest;
  }

  /**
   * Store `record`, or delete the record with null. The promise never rejects; `isStored` says whether it worked.
   * @param {UnsentRecord | KeptRecord | null} record
   * @returns {Promise<void>}
   */
  write(record) {
    this.#latest = record;
    this.#submitting ??= this.#submit();
    return this.#submitting.then(() => this.#confirming);
  }

  async #submit() {
    await null; // `write` must set #submitting before this function clears it
    while (this.#submitted !== this.#latest) {
      const record = this.#latest;
      try {
        const { written } = record ? await this.store.put(this.key, record) : await this.store.remove(this.key);
        this.#submitted = record;
        this.#confirming = this.#confirm(record, written);
      } catch {
        if (record === this.#latest) break; // this browser stores nothing
      }
    }
    this.#submitting = null;
  }

  /**
   * @param {UnsentRecord | KeptRecord | null} record
   * @param {Promise<void>} written
   */
  async #confirm(record, written) {
    try {
      await written;
      this.#confirmed = record;
    } catch {
      if (this.#submitted === record) this.#submitted = undefined; // the disk is full: the next write tries again
    }
  }

  /** Note that the store lost what it held. */
  reset() {
    this.#submitted = this.#confirmed = null;
  }

  /**
   * Take over the record of a closed tab. Return false if another tab was quicker. Reject if the store cannot be opened.
   * @param {StoredRecord | StoredKeptRecord} record
   */
  async claim(record) {
    if (!(await this.store.claim(record.key, this.key))) return false;
    this.#latest = this.#submitted = this.#confirmed = record;
    return true;
  }
}
