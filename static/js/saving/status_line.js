// The line under each text that says what is true of it, and the page's one voice for screen readers, which speaks
// when the kind of state changes.
const LOOKS = {
  saving: { sign: "pen" },
  saved: { sign: "done" },
  refused: { sign: "warn", style: "stop" },
};
const WAITING = { sign: "kept", style: "kept" };
const OF_ONE_TEXT = new Set(["refused", "conflict", "writing"]); // said for each text, not once a page
const SETTLES = 300; // until the store has answered, too

/** The sentences of the page, in its language: template[data-word]. */
export function say(word, values = {}) {
  const found = document.getElementById("save-words").content.querySelector(`[data-word="${word}"]`).cloneNode(true);
  const walker = document.createTreeWalker(found, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    node.data = node.data.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }
  return found;
}

const sign = (name) => Object.assign(document.createElement("span"), { className: `sign ${name}`, ariaHidden: "true" });

let lastKind = "";

/** Tells those who do not see the page. */
export function announce(kind, text) {
  if (kind === lastKind && !OF_ONE_TEXT.has(kind)) return;
  lastKind = kind;
  document.getElementById("save-announcer").textContent = text;
}

export class SaveLine {
  constructor(line, saver) {
    Object.assign(this, { line, saver });
    this.links = [...line.querySelectorAll(".links")];
    this.written = { className: line.className, nodes: [...line.childNodes] }; // by the server
    this.conflict = null; // the panel of two versions above the text
    saver.addEventListener("state", () => this.show());
  }

  show() {
    const { state } = this.saver;
    if (!state && !this.conflict) {
      this.putBack();
      return;
    }
    const { sign: shape, style = "" } = LOOKS[state] ?? WAITING;
    const sentences = state ? this.sentences(state) : [];
    const looks = JSON.stringify([shape, style, sentences.map((one) => one.outerHTML), this.conflict?.id]);
    if (looks === this.looks) return;
    this.looks = looks;
    this.line.className = `save ${style}`.trim();
    const words = [...sentences, ...this.choice(), ...this.links];
    this.line.replaceChildren(...words.flatMap((one) => [one, " "])); // without a space two would be read as one
    if (state) this.line.prepend(sign(shape));
    this.speak(state);
  }

  /** Nothing was saved from this page, nothing is unsent: what the server wrote there is still true. */
  putBack() {
    if (!this.looks) return;
    this.looks = this.spoken = "";
    this.line.className = this.written.className;
    this.line.replaceChildren(...this.written.nodes);
  }

  sentences(state) {
    const { saver } = this;
    const found = saver.wasFound ? [say(saver.box.foundWord)] : [];
    if (state === "saving") return [say("saving"), ...found];
    if (state === "saved") return [say("saved", { time: saver.savedAt }), ...found];
    const kept = saver.keeper.holdsAll;
    if (state === "offline" && kept) return [say("offline-kept"), ...found];
    const reason = state === "refused" ? refusal(saver.refusal) : say(state);
    return [reason, say(kept ? "kept" : "not-kept"), ...found];
  }

  choice() {
    if (!this.conflict) return [];
    const link = say("choose");
    link.querySelector("a").href = `#${this.conflict.id}`;
    return [link];
  }

  speak(state) {
    if (!state || state === "saving" || state === this.spoken) return;
    this.spoken = state;
    setTimeout(() => {
      const told = [...this.line.children].filter((child) => !this.links.includes(child));
      announce(state, told.map((child) => child.textContent.trim()).filter(Boolean).join(" "));
    }, SETTLES);
  }

  /** Who else writes here: a line of its own, silent unless one writes here oneself. */
  showWriters(names) {
    const who = names.join(", ");
    if (who === (this.writers ?? "")) return;
    this.writers = who;
    this.writing?.remove();
    if (!who) return;
    const words = say("writing", { who });
    this.writing = Object.assign(document.createElement("p"), { className: "save writing" });
    this.writing.append(sign("pen"), words);
    this.line.after(this.writing);
    if (this.saver.box.isInUse) announce("writing", words.textContent);
  }
}

function refusal({ message }) {
  if (message === undefined) return say("too-long");
  return Object.assign(document.createElement("span"), { textContent: message });
}
