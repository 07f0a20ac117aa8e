// What has not reached the server yet, kept in this browser. Each record is encrypted with a key that stands on the
// pages of its owner only, so that nobody else who uses this browser can read it. No request is needed to keep a text.
import { TAB, announced } from "./tabs.js";

const TEXTS = "texts";

export class Store extends EventTarget {
  /**
   * `key`: the page's own, so that it stays this person's, whoever signs in in this browser later. The event "lost"
   * tells that nothing of what was stored is there any more.
   */
  constructor({ user, key }) {
    super();
    Object.assign(this, { user, key });
  }

  /** Opens the store, once; what failed is tried again the next time. Rejects where a browser keeps nothing. */
  open() {
    this.opening ??= Promise.all([openDatabase(() => this.lose()), imported(this.key), announced]).catch((error) => {
      this.forget();
      throw error;
    });
    return this.opening;
  }

  forget() {
    this.opening = null;
  }

  lose() {
    this.forget();
    this.dispatchEvent(new Event("lost"));
  }

  /** The key of a record of this tab; `number` tells its texts apart. */
  keyOf(number) {
    return `${this.user}/${TAB}/${number}`;
  }

  /** Hands a record to the browser, which keeps it from then on; `written` is settled once it says so. */
  async put(key, content) {
    const [database, secret] = await this.open();
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(content));
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, secret, plain);
    return { written: written(database, (texts) => texts.put({ key, user: this.user, iv, data })) };
  }

  async remove(key) {
    const [database] = await this.open();
    return { written: written(database, (texts) => texts.delete(key)) };
  }

  /** Makes a record of a closed tab this tab's own; false if another tab was quicker. */
  async claim(oldKey, key) {
    const [database] = await this.open();
    let found = false;
    await written(database, (texts) => {
      texts.get(oldKey).onsuccess = ({ target: { result } }) => {
        if (!result) return;
        found = true;
        texts.delete(oldKey); // first: where there is no room left it makes some
        texts.put({ ...result, key });
      };
      return false;
    });
    return found;
  }

  /** This person's `records`, oldest first, each with its `key` and `tab`, and how many are `unreadable`. */
  async all() {
    const [database, secret] = await this.open();
    const texts = database.transaction(TEXTS).objectStore(TEXTS);
    const rows = await answerTo(texts.getAll(IDBKeyRange.bound(`${this.user}/`, `${this.user}/\uffff`)));
    const records = (await Promise.all(rows.map((row) => this.read(row, secret)))).filter(Boolean);
    return { records: records.sort((one, other) => one.at - other.at), unreadable: rows.length - records.length };
  }

  async read({ key, iv, data }, secret) {
    try {
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, secret, data);
      return { ...JSON.parse(new TextDecoder().decode(plain)), key, tab: key.split("/")[1] };
    } catch {
      return null; // encrypted with a key of another time: it stays, and nobody can read it
    }
  }
}

async function imported(key) {
  const bytes = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function openDatabase(whenLost) {
  const request = indexedDB.open("unsent", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(TEXTS, { keyPath: "key" });
  const database = await answerTo(request);
  database.onclose = whenLost; // the browser threw it away, or its data were cleared
  database.onversionchange = () => {
    database.close();
    whenLost();
  };
  return database;
}

const answerTo = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * Settled once the change outlives the page and the browser. Not "strict": that waits for the disk, which can take most
 * of a second, and holds up the other tabs; whoever pulls the plug may lose what was typed in the last seconds offline.
 * A change is committed at once, so that it does not wait until a busy page has time again, unless `change` says false.
 */
function written(database, change) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(TEXTS, "readwrite", { durability: "relaxed" });
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
    if (change(transaction.objectStore(TEXTS)) !== false) transaction.commit();
  });
}
