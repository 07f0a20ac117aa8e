// The line under each text that says what is true of it now.
import { findAll } from "../dom.js";
import { announce, message } from "./messages.js";

/** @typedef {{ icon: string, style: string }} Look An icon of css/signs.css and a style of the line. */

/** @type {Record<string, Look>} */
const LOOKS = {
  saving: { icon: "pen", style: "" },
  saved: { icon: "done", style: "" },
  refused: { icon: "warn", style: "stop" },
};
/** @type {Look} */
const NOT_SAVED = { icon: "kept", style: "kept" };
const ANNOUNCE_AFTER = 300; // ms; by then the store has answered too

/** @param {string} name */
const icon = (name) => Object.assign(document.createElement("span"), { className: `sign ${name}`, ariaHidden: "true" });

export class StatusLine {
  /** @type {HTMLElement | null} The panel with the two versions above the text. */
  conflict = null;
  #shown = "";
  #announced = "";
  #writers = "";
  /** @type {HTMLElement | null} */
  #writersLine = null;

  /**
   * @param {HTMLElement} element
   * @param {LineSource} saver
   */
  constructor(element, saver) {
    this.element = element;
    this.saver = saver;
    this.links = findAll(element, ".links", HTMLElement);
    this.fromServer = { className: element.className, nodes: [...element.childNodes] };
    saver.addEventListener("state", () => this.show());
  }

  show() {
    const { state } = this.saver;
    if (!state && !this.conflict) {
      this.#showAsServerWrote();
      return;
    }
    const look = LOOKS[state] ?? NOT_SAVED;
    const sentences = state ? this.#sentences(state) : [];
    const shown = JSON.stringify([look, sentences.map((one) => one.outerHTML), this.conflict?.id]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.element.className = `save ${look.style}`.trim();
    const words = [...sentences, ...this.#linkToConflict(), ...this.links];
    this.element.replaceChildren(...words.flatMap((one) => [one, " "])); // without a space two are read as one word
    if (state) this.element.prepend(icon(look.icon));
    this.#announce(state);
    this.element.dispatchEvent(new Event("line:change", { bubbles: true })); // for the line about the whole page
  }

  /** Nothing was saved from this page and nothing is unsent: what the server wrote is still true. */
  #showAsServerWrote() {
    if (!this.#shown) return;
    this.#shown = this.#announced = "";
    this.element.className = this.fromServer.className;
    this.element.replaceChildren(...this.fromServer.nodes);
    this.element.dispatchEvent(new Event("line:change", { bubbles: true }));
  }

  /**
   * @param {string} state
   * @returns {HTMLElement[]}
   */
  #sentences(state) {
    const { saver } = this;
    const recovered = saver.wasRecovered ? [message(saver.box.recoveredMessage)] : [];
    if (state === "saving") return [message("saving"), ...recovered];
    if (state === "saved") {
      const joined = saver.wasJoined ? [message("joined")] : [];
      return [message("saved", { time: saver.savedAt }), ...joined, ...recovered];
    }
    const { isStored } = saver.localCopy;
    if (state === "offline" && isStored) return [message("offline-kept"), ...recovered];
    const reason = state === "refused" ? refusal(saver.refusal?.message) : message(state);
    const kept = saver.isField ? [] : [message(isStored ? "kept" : "not-kept")];
    return [reason, ...kept, ...recovered];
  }

  #linkToConflict() {
    if (!this.conflict) return [];
    const sentence = message("choose");
    for (const link of findAll(sentence, "a", HTMLAnchorElement)) link.href = `#${this.conflict.id}`;
    return [sentence];
  }

  /** @param {string} state */
  #announce(state) {
    if (!state || state === "saving" || state === this.#announced) return;
    this.#announced = state;
    setTimeout(() => {
      const sentences = [...this.element.children].filter((child) => !child.matches(".links"));
      announce(
        state,
        sentences
          .map((child) => child.textContent?.trim())
          .filter(Boolean)
          .join(" "),
      );
    }, ANNOUNCE_AFTER);
  }

  /**
   * Say who else is writing in this text, on a line of its own. It is announced only to somebody who writes here too.
   * @param {string[]} names
   */
  showWriters(names) {
    const who = names.join(", ");
    if (who === this.#writers) return;
    this.#writers = who;
    this.#writersLine?.remove();
    if (!who) return;
    const sentence = message("writing", { who });
    this.#writersLine = Object.assign(document.createElement("p"), { className: "save writing" });
    this.#writersLine.append(icon("pen"), sentence);
    this.element.after(this.#writersLine);
    if (this.saver.box.hasFocus) announce("writing", sentence.textContent ?? "");
  }
}

/** @param {string | undefined} reason The server's; a proxy that refuses a long text gives none. */
function refusal(reason) {
  if (reason === undefined) return message("too-long");
  return Object.assign(document.createElement("span"), { textContent: reason });
}
