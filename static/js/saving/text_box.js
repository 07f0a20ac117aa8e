// The box of a text as its saver knows it: an editor on the page, or, for a found text that has no box here, nothing.
import { contents } from "../editor/editor.js";
import { putText } from "../editor/replace_text.js";
import { say } from "./status_line.js";

export class EditorBox {
  foundWord = "recovered";

  constructor(textarea) {
    this.textarea = textarea;
    this.prefix = textarea.name.replace(/-body$/, "");
  }

  get html() {
    return contents(this.textarea.editor);
  }

  get frame() {
    return this.textarea.closest(".editor");
  }

  get isInUse() {
    return this.frame.contains(document.activeElement);
  }

  /** Shows another text; false while a letter is being composed, which that would disturb. */
  put(html) {
    const { editor } = this.textarea;
    if (editor.view.composing) return false;
    putText(editor, html);
    return true;
  }

  focus() {
    this.textarea.editor.view.focus();
  }

  field(name) {
    return this.textarea.form.elements[`${this.prefix}-${name}`];
  }

  /** What an empty box asks for besides the text. */
  describe() {
    return { passage_language: this.field("language")?.value ?? "", authority: this.field("authority")?.value ?? "" };
  }

  /** The same of a text that was found; what is chosen on the page already stays. */
  describeAs({ passage_language: language, authority }) {
    for (const [name, value] of Object.entries({ language, authority })) {
      const field = this.field(name);
      if (field && value && !field.value) field.value = value;
    }
  }

  /** Whether the text is dashes alone, where “nothing to report” is ticked or said with the pressed button. */
  saysNothing(submitter) {
    const choice = this.textarea.closest(".section")?.querySelector("input[type=checkbox][name$='-nothing']");
    const isSaid = choice?.checked || submitter?.name === "nothing";
    return Boolean(isSaid) && /^[-–—\s]*$/.test(this.textarea.editor.getText());
  }

  /** The empty box of a section goes on as the contribution that its first save made. */
  becomeContribution({ text, attempt }) {
    this.created = { prefix: `c${text.contribution}`, ...attempt };
    this.textarea.dataset.text = JSON.stringify(text);
    const heading = this.textarea.closest(".contribution")?.querySelector("header h3:has(.state)");
    heading?.replaceChildren(say("contribution"));
    heading?.classList.add("visually-hidden");
  }

  /** What the page's own form sends of this text: not what is at the server, nor what is still on its way by itself. */
  fillIn(data, saver) {
    const { prefix, created } = this;
    if (!data.has(`${prefix}-body`)) return;
    const isOnItsWay = saver.hasUnsent && !saver.isRefused && saver.keeper.holdsAll;
    const isThere = !saver.hasUnsent && saver.text.contribution !== null;
    if (isOnItsWay || isThere) data.delete(`${prefix}-body`);
    data.set(`${prefix}-base`, saver.seen);
    if (saver.attempt && saver.text.contribution === null) data.set(`${prefix}-save_id`, saver.attempt.id);
    if (!created) return;
    data.set(`initial-${prefix}-authority`, created.authority);
    data.set(`initial-${prefix}-language`, created.passage_language);
    for (const [name, value] of [...data]) {
      const [, initial, rest] = new RegExp(`^(initial-)?${prefix}-(.*)$`).exec(name) ?? [];
      if (rest === undefined) continue;
      data.delete(name);
      data.set(`${initial ?? ""}${created.prefix}-${rest}`, value);
    }
  }
}

/** For a text that was found in the store and has no box on this page to stand in: it is only sent. */
export class NoBox {
  foundWord = "sent-on";
  isInUse = false;
  html = "";

  constructor({ passage_language, authority }) {
    this.about = { passage_language, authority };
  }

  put(html) {
    this.html = html;
    return true;
  }

  describe() {
    return this.about;
  }

  describeAs() {}
}
