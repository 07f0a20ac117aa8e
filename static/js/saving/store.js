// Keeps texts in this browser's IndexedDB until the server has them. Each record is encrypted with a key that only the
// pages of its owner contain, so that nobody else who uses this browser can read it. Storing needs no request. A change
// of password changes the key; the pages then have the previous keys too, and bring records over to the new one.
import { TAB, tabIsKnown } from "./tabs.js";

const TEXTS = "texts";

/** @typedef {{ key: string, user: number, iv: BufferSource, data: ArrayBuffer }} Row A record as the database holds it. */

/** Dispatches "lost" when nothing of what was stored is there any more: the browser's data were cleared. */
export class Store extends EventTarget {
  /** @type {Promise<[IDBDatabase, CryptoKey[], void]> | null} */
  #opening = null;

  /**
   * @param {{ user: number, key: string, previousKeys?: string }} options The keys are in base64, the previous ones with
   * blanks between them.
   */
  constructor({ user, key, previousKeys = "" }) {
    super();
    this.user = user;
    this.keys = [key, ...previousKeys.split(" ").filter(Boolean)];
  }

  /**
   * Open the store, once; a later call tries again if that failed. Reject where the browser stores nothing.
   * @returns {Promise<[IDBDatabase, CryptoKey[], void]>} The keys: the one to encrypt with, then the previous ones.
   */
  open() {
    const keys = Promise.all(this.keys.map(importKey));
    this.#opening ??= Promise.all([openDatabase(() => this.#lose()), keys, tabIsKnown]).catch((error) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  #lose() {
    this.#opening = null;
    this.dispatchEvent(new Event("lost"));
  }

  /**
   * Return the key of a record of this tab. `number` tells the tab's texts apart.
   * @param {number} number
   */
  keyFor(number) {
    return `${this.user}/${TAB}/${number}`;
  }

  /**
   * Hand a record to the browser, which has it from then on. `written` settles once the browser confirms it.
   * @param {string} key
   * @param {UnsentRecord | KeptRecord} record
   * @returns {Promise<{ written: Promise<void> }>} In an object, or awaiting this would await `written` too.
   */
  async put(key, record) {
    const [database, secrets] = await this.open();
    const encrypted = await encrypt(new TextEncoder().encode(JSON.stringify(record)), secrets[0]);
    return { written: write(database, (texts) => texts.put({ key, user: this.user, ...encrypted })) };
  }

  /**
   * Delete a record.
   * @param {string} key
   * @returns {Promise<{ written: Promise<void> }>}
   */
  async remove(key) {
    const [database] = await this.open();
    return { written: write(database, (texts) => texts.delete(key)) };
  }

  /**
   * Give a record of a closed tab a key of this tab. Return false if another tab was quicker.
   * @param {string} oldKey
   * @param {string} key
   */
  async claim(oldKey, key) {
    const [database] = await this.open();
    let isFound = false;
    await write(database, (texts) => {
      const request = texts.get(oldKey);
      request.onsuccess = () => {
        if (!request.result) return;
        isFound = true;
        texts.delete(oldKey); // first, to make room where the disk is full
        texts.put({ ...request.result, key });
      };
      return false;
    });
    return isFound;
  }

  /**
   * Return this person's records of texts and of kept boxes, the oldest first, and how many more there are that no key
   * opens. Records of a previous key are encrypted with the new one.
   * @returns {Promise<{ records: StoredRecord[], kept: StoredKeptRecord[], unreadable: number }>}
   */
  async all() {
    const [database, secrets] = await this.open();
    const texts = database.transaction(TEXTS).objectStore(TEXTS);
    const range = IDBKeyRange.bound(`${this.user}/`, `${this.user}/\uffff`);
    const rows = await resultOf(/** @type {IDBRequest<Row[]>} */ (texts.getAll(range)));
    const tried = await Promise.all(rows.map((row) => decrypt(row, secrets)));
    const read = tried.filter(/** @returns {one is ReadRow} */ (one) => one !== null);
    await Promise.allSettled(read.filter(({ isOld }) => isOld).map((one) => bringOver(database, one, secrets[0])));
    const all = read.map(toRecord).sort((one, other) => one.at - other.at);
    const records = /** @type {StoredRecord[]} */ (all.filter((record) => !("box" in record)));
    const kept = /** @type {StoredKeptRecord[]} */ (all.filter((record) => "box" in record));
    return { records, kept, unreadable: rows.length - all.length };
  }
}

/** @typedef {{ row: Row, plain: ArrayBuffer, isOld: boolean }} ReadRow A row with its text; `isOld`: of a previous key. */

/**
 * Return a row with its text, or null if none of these keys opens it. Such a row stays: an old key may return.
 * @param {Row} row
 * @param {CryptoKey[]} secrets
 * @returns {Promise<ReadRow | null>}
 */
async function decrypt(row, secrets) {
  for (const [number, secret] of secrets.entries()) {
    try {
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, secret, row.data);
      return { row, plain, isOld: number > 0 };
    } catch {
      // the next key may open it
    }
  }
  return null;
}

/**
 * @param {BufferSource} plain
 * @param {CryptoKey} secret
 */
async function encrypt(plain, secret) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, secret, plain) };
}

/**
 * Encrypt a row of a previous key with this one, unless its tab has written it again meanwhile.
 * @param {IDBDatabase} database
 * @param {ReadRow} read
 * @param {CryptoKey} secret
 */
async function bringOver(database, { row, plain }, secret) {
  const encrypted = await encrypt(plain, secret);
  await write(database, (texts) => {
    const request = texts.get(row.key);
    request.onsuccess = () => {
      if (request.result && isSame(request.result.iv, row.iv)) texts.put({ ...row, ...encrypted });
    };
    return false;
  });
}

/**
 * Whether two rows have the same random start, which only copies of one row have.
 * @param {BufferSource} one
 * @param {BufferSource} other
 */
const isSame = (one, other) => `${bytesOf(one)}` === `${bytesOf(other)}`;

/** @param {BufferSource} source */
const bytesOf = (source) => new Uint8Array(ArrayBuffer.isView(source) ? source.buffer : source);

/**
 * @param {ReadRow} read
 * @returns {StoredRecord | StoredKeptRecord}
 */
function toRecord({ row: { key }, plain }) {
  return { ...JSON.parse(new TextDecoder().decode(plain)), key, tab: key.split("/")[1] };
}

/** @param {string} key */
async function importKey(key) {
  const bytes = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** @param {() => void} onLost */
async function openDatabase(onLost) {
  const request = indexedDB.open("unsent", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(TEXTS, { keyPath: "key" });
  const database = await resultOf(request);
  database.onclose = onLost; // the browser closes a database whose data it clears
  database.onversionchange = () => {
    database.close();
    onLost();
  };
  return database;
}

/**
 * Return the result of a request to the database as a promise.
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
const resultOf = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * Change the database. The promise is fulfilled once the change outlives the page and the browser. "relaxed" does not
 * wait for the disk, which can take most of a second and blocks other tabs: a power cut may lose the last seconds.
 * The change is committed at once, for a busy page commits late by itself, unless `change` returns false.
 * @param {IDBDatabase} database
 * @param {(texts: IDBObjectStore) => unknown} change
 * @returns {Promise<void>}
 */
function write(database, change) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(TEXTS, "readwrite", { durability: "relaxed" });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
    if (change(transaction.objectStore(TEXTS)) !== false) transaction.commit();
  });
}
