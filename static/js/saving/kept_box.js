// One box whose text a button sends, such as an answer or a comment: what is typed in it is in the browser's store
// until the server has said that it arrived.
import { parseHtml } from "../dom.js";
import { LocalCopy } from "./local_copy.js";
import { STORE_PATIENCE } from "./saver.js";
import { uuid } from "./uuid.js";

const IS_HTML = /^<(p|ul|ol|table)>/; // how the HTML of an editor begins

/**
 * Dispatches "state" when the state may have changed. A status line shows it like a text that is saved.
 * @implements {LineSource}
 */
export class KeptBox extends EventTarget {
  savedAt = "";
  refusal = null;
  /** The text was in the store when the page came. */
  wasRecovered = false;
  /** The form is on its way: the page asks whose session it is, then submits. */
  isSending = false;
  /** It was to be sent without a connection. */
  isOffline = false;
  /** @type {{ id: string, text: string } | null} What was submitted last. */
  sent = null;
  /** @type {string} Where the text belongs: of a form that was refused, the page that it came from. */
  url;

  /**
   * @param {HTMLTextAreaElement} textarea With data-keep, the name of the box in the store.
   * @param {{ store: import("./store.js").Store, client: import("./save_client.js").SaveClient }} options
   */
  constructor(textarea, { store, client }) {
    super();
    this.textarea = textarea;
    this.store = store;
    this.client = client;
    this.name = textarea.dataset.keep ?? "";
    this.base = textarea.defaultValue;
    this.localCopy = new LocalCopy(store);
    this.url = `${location.pathname}${location.search}#${textarea.id}`;
    textarea.addEventListener("input", () => this.#changed());
    textarea.addEventListener("editor:change", () => this.#changed()); // of a rich text: the textarea has its HTML
    client.addEventListener("session", () => this.#notify());
    store.addEventListener("lost", () => this.#storeAgain());
    if (textarea.value !== this.base) this.#changed(); // the browser, going back, filled it, or somebody was quick
  }

  get text() {
    return this.textarea.value;
  }

  get hasUnsent() {
    return this.text !== this.base;
  }

  /** Whether the text would be gone with the page. */
  get isOnlyInPage() {
    return this.hasUnsent && !this.localCopy.isStored;
  }

  get state() {
    if (!this.hasUnsent) return "";
    if (this.client.session !== "open") return this.client.session;
    if (this.isSending) return "sending";
    return this.isOffline ? "offline" : "not-sent";
  }

  get box() {
    return { recoveredMessage: "recovered", hasFocus: document.activeElement === this.textarea };
  }

  /** Whether nobody has typed here since the page came, and nothing was put back. */
  get #isUntouched() {
    return !this.hasUnsent && this.text === this.textarea.defaultValue;
  }

  #changed() {
    this.isOffline = false;
    this.#update();
  }

  #update() {
    const written = this.localCopy.write(this.hasUnsent ? this.#record() : null);
    const inTime = Promise.race([written, this.client.clock.pause(STORE_PATIENCE)]).then(() => this.#notify());
    this.#notify();
    return inTime;
  }

  /** @returns {KeptRecord} */
  #record() {
    const { base, text, url, sent } = this;
    const place = document.title.split(" · ")[0];
    const fields = this.#fields();
    return { box: this.name, name: this.#label(), place, url, base, text, fields, sent, at: this.client.clock.date() };
  }

  /** What the page's script filled in beside the box. */
  #fields() {
    const found = [...(this.textarea.form?.elements ?? [])].filter((one) => one.matches("[data-kept-with]"));
    return Object.fromEntries(
      found.map((one) => [one.getAttribute("name"), /** @type {HTMLInputElement} */ (one).value]),
    );
  }

  /** What the box is called, with the heading of its part of the page. */
  #label() {
    const part = this.textarea.closest("section[aria-labelledby], aside[aria-labelledby]");
    const heading = document.getElementById(part?.getAttribute("aria-labelledby") ?? "");
    const names = [heading?.textContent, this.textarea.labels[0]?.textContent];
    return names
      .map((name) => name?.replace(/\s+/g, " ").trim())
      .filter(Boolean)
      .join(": ");
  }

  /** The browser's data were cleared: until it confirms the record again, the text is only in the page. */
  #storeAgain() {
    this.localCopy.reset();
    this.#notify();
    this.client.clock.pause(STORE_PATIENCE).then(() => this.#update());
  }

  /**
   * Take up what a closed tab left. Return false if the box has another text, which must not be replaced.
   * @param {StoredKeptRecord} record
   */
  async takeUp(record) {
    const isSame = record.text === this.text;
    if (!isSame && !(this.#isUntouched && record.base === this.text)) return false;
    const localCopy = new LocalCopy(this.store);
    if (!(await localCopy.claim(record))) return true; // another tab was quicker
    if (!isSame && this.text !== record.base) {
      this.append(record.text); // somebody was quicker than the store
      await localCopy.write(null);
      return true;
    }
    if (this.localCopy.isStored) await this.localCopy.write(null);
    Object.assign(this, { localCopy, base: record.base, url: record.url, wasRecovered: true });
    this.#fill(record.text);
    this.textarea.dispatchEvent(new CustomEvent("box:recovered", { bubbles: true, detail: record.fields ?? {} }));
    await this.#update();
    return true;
  }

  /**
   * Add a text below what is in the box.
   * @param {string} text
   */
  append(text) {
    const { editor } = this.textarea;
    this.#fill([(editor ? editor.getHTML() : this.text).trimEnd(), text].filter(Boolean).join("\n\n"));
    return this.#update();
  }

  /** @param {string} text */
  #fill(text) {
    this.textarea.value = text;
    this.textarea.dispatchEvent(new CustomEvent("editor:refill", { bubbles: true }));
    open(this.textarea);
  }

  /** Note that the form is submitted now, and with which id the server will say that this text has arrived. */
  async noteSent() {
    this.sent = { id: uuid(), text: this.text };
    await this.#update();
  }

  /** @param {"sending" | "offline" | ""} how */
  show(how) {
    this.isSending = how === "sending";
    this.isOffline = how === "offline";
    this.#notify();
  }

  #notify() {
    this.dispatchEvent(new Event("state"));
  }
}

/** @param {HTMLElement} element Opens the folds around it. */
function open(element) {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) {
    fold.open = true;
  }
}

/**
 * Return a stored text as people read it: without the tags of the HTML that an editor made.
 * @param {string} text
 */
export function readable(text) {
  if (!IS_HTML.test(text)) return text;
  const body = parseHtml(text);
  for (const block of body.querySelectorAll("p, li, tr")) block.append("\n");
  return (body.textContent ?? "").replace(/\n{2,}/g, "\n").trim();
}

/**
 * Remove what the server said has arrived. A text that was changed after it was sent stays.
 * @param {import("./store.js").Store} store
 * @param {string} arrived Ids, with blanks between them.
 */
export async function removeArrived(store, arrived) {
  const ids = new Set(arrived.split(" ").filter(Boolean));
  if (!ids.size) return;
  const { kept } = await store.all();
  for (const { key, sent, text } of kept) {
    if (sent && ids.has(sent.id) && sent.text === text) await (await store.remove(key)).written;
  }
}
