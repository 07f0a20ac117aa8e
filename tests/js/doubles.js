// Doubles of what the browser gives to the scripts that save: a clock, the network, IndexedDB and a box with text.
// Everything of the portal is the real code.
import { Clock } from "../../static/js/saving/clock.js";
import { SaveClient } from "../../static/js/saving/save_client.js";
import { Saver } from "../../static/js/saving/saver.js";
import { Store } from "../../static/js/saving/store.js";
import { tabIsKnown } from "../../static/js/saving/tabs.js";

export const USER = 7;
export const KEY = btoa("k".repeat(32));
export const PLACE = { place: "Belgium, 2014, 2.1", url: "/2.1/#a", save_url: "/save/", report: "BE/2014" };

await tabIsKnown;

// Encrypting is the one thing that takes real time. It is counted, so that a test can wait until all of it is done.
let encrypting = 0;
for (const name of /** @type {const} */ (["encrypt", "decrypt", "importKey"])) {
  const original = /** @type {(...given: any[]) => Promise<any>} */ (crypto.subtle[name]).bind(crypto.subtle);
  Object.defineProperty(crypto.subtle, name, {
    value: (/** @type {any[]} */ ...given) => {
      encrypting += 1;
      return original(...given).finally(() => {
        encrypting -= 1;
      });
    },
  });
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** Wait until everything has happened that happens without the clock going on. */
export async function settle() {
  for (let idle = 0; idle < 5; idle += 1) {
    await nextTurn();
    if (encrypting) idle = 0;
  }
}

export class FakeClock extends Clock {
  /** @type {{ at: number, callback: () => void }[]} */
  #timers = [];
  #now = 60_000;
  startDate = 1_700_000_000_000;
  /** @type {number[]} How long each request could take, in ms. */
  timeouts = [];

  now() {
    return this.#now;
  }

  date() {
    return this.startDate + this.#now;
  }

  /**
   * @param {() => void} callback
   * @param {number} delay
   */
  after(callback, delay) {
    const timer = { at: this.#now + delay, callback };
    this.#timers.push(timer);
    return timer;
  }

  /** @param {any} timer */
  cancel(timer) {
    this.#timers = this.#timers.filter((one) => one !== timer);
  }

  /** @param {number} delay */
  timeout(delay) {
    this.timeouts.push(delay);
    const controller = new AbortController();
    this.after(() => controller.abort(), delay);
    return controller.signal;
  }

  /**
   * Let time pass, with all that happens meanwhile.
   * @param {number} time
   */
  async advance(time) {
    const end = this.#now + time;
    await settle();
    for (;;) {
      const [next] = this.#timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
      if (!next) break;
      this.cancel(next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
      await settle();
    }
    this.#now = end;
  }
}

/**
 * @typedef {object} FakeRequest A request as the server got it.
 * @property {string} url
 * @property {any} body
 * @property {RequestInit} options
 * @property {number} at
 * @property {(status: number, answer: unknown) => void} respond With JSON, or with the text that `answer` is.
 * @property {() => void} fail As a broken connection does.
 */

/** The network. `handle` answers each request at once; a request that it does not answer waits for the test. */
export class FakeNetwork {
  /** @type {FakeRequest[]} */
  requests = [];
  /** @type {(request: FakeRequest) => void} */
  handle = () => {};

  /** @param {Clock} clock */
  constructor(clock) {
    this.clock = clock;
  }

  get saves() {
    return this.requests.filter(({ url }) => url === PLACE.save_url);
  }

  /** @type {typeof fetch} */
  fetch = (url, options = {}) =>
    new Promise((resolve, reject) => {
      const fail = () => reject(new TypeError("Failed to fetch"));
      const request = {
        url: String(url),
        body: options.body ? JSON.parse(String(options.body)) : null,
        options,
        at: this.clock.now(),
        respond: (/** @type {number} */ status, /** @type {unknown} */ answer) => {
          const text = typeof answer === "string" ? answer : JSON.stringify(answer);
          resolve(new Response(text, { status }));
        },
        fail,
      };
      options.signal?.addEventListener("abort", fail);
      this.requests.push(request);
      this.handle(request);
    });
}

/** The portal as far as saving needs it: each id is stored once, under the next number. */
export class FakePortal {
  /** @type {Map<string, SavedAnswer>} By the save's id. */
  answers = new Map();
  /** @type {string[]} What was stored, in order. */
  texts = [];
  number = 0;

  /** @param {any} body */
  save({ id, html, contribution }) {
    const known = this.answers.get(id);
    if (known) return known;
    this.number += 1;
    this.texts.push(html);
    const answer = saved({ contribution: contribution ?? 12, number: this.number, html });
    this.answers.set(id, answer);
    return answer;
  }
}

/**
 * Return the server's answer to a save.
 * @param {Partial<SavedAnswer>} values
 * @returns {SavedAnswer}
 */
export function saved(values = {}) {
  const usual = { contribution: 12, number: 1, html: "", merged: false, time: "14:03", conflicts: [] };
  return { outcome: "saved", ...usual, ...values };
}

/** IndexedDB with one object store. The tabs of one browser share it. */
export class FakeIndexedDB {
  /** @type {Map<string, any>} */
  rows = new Map();
  /** A browser that stores nothing refuses to open it. */
  isForbidden = false;
  isFull = false; // then nothing can be changed
  /** @type {(() => void)[] | null} Confirmations that wait, or null while they come at once. */
  held = null;
  /** @type {any[]} */
  #open = [];
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  open() {
    /** @type {any} */
    const request = {};
    queueMicrotask(() => {
      if (this.isForbidden) {
        request.error = new DOMException("forbidden", "SecurityError");
        request.onerror();
        return;
      }
      request.result = this.#database();
      request.onupgradeneeded();
      request.onsuccess();
    });
    return request;
  }

  #database() {
    const database = {
      createObjectStore: () => {},
      transaction: () => {
        if (this.#open.includes(database)) return this.#transaction();
        throw new DOMException("closed", "InvalidStateError");
      },
      close: () => {},
    };
    this.#open.push(database);
    return database;
  }

  /** One transaction follows the other. */
  #transaction() {
    /** @type {Map<string, any>} */
    let changed;
    /** @type {() => void} */
    let end;
    const begin = this.#last.then(() => {
      changed = new Map(this.rows);
    });
    this.#last = new Promise((resolve) => {
      end = () => resolve(undefined);
    });
    let pending = 0;
    let isWriting = false;
    /** @type {any} */
    const transaction = { error: null, commit: () => {} };
    const finish = () => {
      if (isWriting && this.isFull) {
        transaction.error = new DOMException("full", "QuotaExceededError");
        transaction.onabort?.();
      } else {
        this.rows = changed;
        transaction.oncomplete?.();
      }
      end();
    };
    const request = (/** @type {() => unknown} */ act) => {
      /** @type {any} */
      const made = {};
      pending += 1;
      begin.then(() => {
        made.result = act();
        made.onsuccess?.();
        pending -= 1;
        if (pending) return;
        if (this.held) this.held.push(finish);
        else queueMicrotask(finish);
      });
      return made;
    };
    const texts = {
      put: (/** @type {any} */ row) => {
        isWriting = true;
        return request(() => changed.set(row.key, structuredClone(row)));
      },
      delete: (/** @type {string} */ key) => {
        isWriting = true;
        return request(() => changed.delete(key));
      },
      get: (/** @type {string} */ key) => request(() => changed.get(key)),
      getAll: (/** @type {{ lower: string, upper: string }} */ { lower, upper }) =>
        request(() => [...changed.values()].filter(({ key }) => lower <= key && key <= upper)),
    };
    transaction.objectStore = () => texts;
    return transaction;
  }

  /** Confirm what was held back. */
  release() {
    const finished = this.held ?? [];
    this.held = null;
    for (const finish of finished) finish();
  }

  /** Clear the browser's data. */
  clear() {
    this.rows = new Map();
    for (const database of this.#open.splice(0)) database.onclose();
  }
}

/** Where a saver shows its text. */
export class FakeBox {
  hasFocus = false;
  isComposing = false;
  recoveredMessage = "recovered";
  about = { passage_language: "", authority: "" };

  constructor(html = "") {
    this.html = html;
  }

  /** @param {string} html */
  show(html) {
    if (this.isComposing) return false;
    this.html = html;
    return true;
  }

  metadata() {
    return this.about;
  }

  /** @param {Partial<TextMetadata>} metadata */
  restoreMetadata(metadata) {
    Object.assign(this.about, metadata);
  }
}

/** A browser: everything that the tabs of one person share. */
export class FakeBrowser {
  indexedDB = new FakeIndexedDB();
  clock = new FakeClock();
  network = new FakeNetwork(this.clock);

  constructor() {
    Object.assign(globalThis, {
      indexedDB: this.indexedDB,
      IDBKeyRange: { bound: (/** @type {string} */ lower, /** @type {string} */ upper) => ({ lower, upper }) },
    });
  }

  /** @param {Partial<ConstructorParameters<typeof SaveClient>[0]>} [options] */
  client(options = {}) {
    const { fetch } = this.network;
    const usual = { user: USER, token: "first", tokenUrl: "/token/", fetch, clock: this.clock, isLeaving: () => false };
    return new SaveClient({ ...usual, ...options });
  }

  /**
   * Return a page with one text, whose saver is connected to this browser.
   * @param {{ text?: TextAddress, base?: number, html?: string }} [options]
   */
  page(options = {}) {
    const { text = { section: "2.1.A", contribution: 12, language: "" }, base = 0, html = "" } = options;
    const box = new FakeBox(html);
    const client = this.client();
    const store = new Store({ user: USER, key: KEY });
    const saver = new Saver({ text, base, html, box, place: PLACE, client, store });
    const type = (/** @type {string} */ written) => {
      box.html = written;
      saver.changed(written);
    };
    return { box, client, store, saver, type };
  }
}
